/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.jamesext.cassandra;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.function.Function;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

import com.datastax.dse.driver.api.core.cql.reactive.ReactiveResultSet;
import com.datastax.dse.driver.api.core.cql.reactive.ReactiveRow;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.ExecutionInfo;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.session.Session;
import com.datastax.oss.driver.api.core.type.reflect.GenericType;
import com.datastax.oss.driver.internal.core.session.SessionWrapper;
import com.google.common.util.concurrent.ThreadFactoryBuilder;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A session whose answers come on threads that may wait. The driver's own come on the thread that reads from Cassandra, and James 3.8.1
 * here and there asks Cassandra again and blocks where it hears an answer: the queue's dequeuer when RabbitMQ gives a mail again that
 * was done before a crash, the vault's restore when it reads a content. There the second answer could never be read, and every query of
 * this node would time out.
 */
final class WaitableSession extends SessionWrapper implements CqlSession {
    /**
     * A thread for each answer that finds all others busy. Not Reactor's elastic ones: a subscriber that has heard enough gives its
     * worker back while it still blocks on it, and the next answer would queue behind it.
     */
    private final Scheduler answers = Schedulers.fromExecutorService(Executors.newCachedThreadPool(
        new ThreadFactoryBuilder().setNameFormat("cassandra-answer-%d").setDaemon(true).build()));

    WaitableSession(Session session) {
        super(session);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <RequestT extends Request, ResultT> ResultT execute(RequestT request, GenericType<ResultT> type) {
        ResultT result = super.execute(request, type);
        if (result instanceof ReactiveResultSet rows) {
            return (ResultT) new Rows(rows, answers);
        }
        if (result instanceof CompletionStage<?> answer) {
            return (ResultT) answer.thenApplyAsync(Function.identity(), answers::schedule);
        }
        return result;
    }

    private record Rows(ReactiveResultSet set, Scheduler answers) implements ReactiveResultSet {
        @Override
        public void subscribe(Subscriber<? super ReactiveRow> subscriber) {
            Flux.from(set).publishOn(answers).subscribe(subscriber);
        }

        @Override
        public Publisher<? extends ColumnDefinitions> getColumnDefinitions() {
            return Flux.from(set.getColumnDefinitions()).publishOn(answers);
        }

        @Override
        public Publisher<? extends ExecutionInfo> getExecutionInfos() {
            return Flux.from(set.getExecutionInfos()).publishOn(answers);
        }

        @Override
        public Publisher<Boolean> wasApplied() {
            return Flux.from(set.wasApplied()).publishOn(answers);
        }
    }
}
