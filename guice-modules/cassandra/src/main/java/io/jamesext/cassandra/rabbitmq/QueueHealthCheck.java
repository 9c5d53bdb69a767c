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
package io.jamesext.cassandra.rabbitmq;

import java.util.function.Function;

import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the state of one queue says. A queue that only grows is not seen by the check of the connection. */
final class QueueHealthCheck implements HealthCheck {
    private final ComponentName name;
    private final String queue;
    private final LastingConnection connection;
    private final Function<AMQP.Queue.DeclareOk, Result> judgement;

    private QueueHealthCheck(ComponentName name, String queue, LastingConnection connection,
            Function<AMQP.Queue.DeclareOk, Result> judgement) {
        this.name = name;
        this.queue = queue;
        this.connection = connection;
        this.judgement = judgement;
    }

    /** Unhealthy when nobody consumes from the queue. */
    static HealthCheck consumers(String component, String queue, LastingConnection connection) {
        ComponentName name = new ComponentName(component);
        return new QueueHealthCheck(name, queue, connection, state -> state.getConsumerCount() > 0 ? Result.healthy(name)
            : Result.unhealthy(name, "Nobody consumes from " + queue));
    }

    /** Degraded when something is in the queue, which nobody consumes from. */
    static HealthCheck empty(String component, String queue, LastingConnection connection) {
        ComponentName name = new ComponentName(component);
        return new QueueHealthCheck(name, queue, connection, state -> state.getMessageCount() == 0 ? Result.healthy(name)
            : Result.degraded(name, "%d messages in %s".formatted(state.getMessageCount(), queue)));
    }

    @Override
    public ComponentName componentName() {
        return name;
    }

    @Override
    public Publisher<Result> check() {
        // Does not wait for a RabbitMQ that is away: whoever asks wants to know now.
        return Mono.fromCallable(() -> state(connection.whenOpen()))
            .subscribeOn(Schedulers.boundedElastic())
            .map(judgement)
            .onErrorResume(failure -> Mono.just(Result.unhealthy(name, "Cannot ask RabbitMQ for " + queue, failure)));
    }

    private AMQP.Queue.DeclareOk state(Connection open) throws Exception {
        try (Channel channel = Topology.channel(open)) {
            return channel.queueDeclarePassive(queue);
        }
    }
}
