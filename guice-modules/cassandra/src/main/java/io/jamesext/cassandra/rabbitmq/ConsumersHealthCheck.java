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

import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Somebody consumes from a queue. A queue that only grows is not seen by the check of the connection. */
final class ConsumersHealthCheck implements HealthCheck {
    private final ComponentName name;
    private final String queue;
    private final LastingConnection connection;

    ConsumersHealthCheck(String name, String queue, LastingConnection connection) {
        this.name = new ComponentName(name);
        this.queue = queue;
        this.connection = connection;
    }

    @Override
    public ComponentName componentName() {
        return name;
    }

    @Override
    public Publisher<Result> check() {
        return connection.getResilientConnection()
            .flatMap(open -> Mono.fromCallable(() -> consumers(open)).subscribeOn(Schedulers.boundedElastic()))
            .map(consumers -> consumers > 0 ? Result.healthy(name) : Result.unhealthy(name, "Nobody consumes from " + queue))
            .onErrorResume(failure -> Mono.just(Result.unhealthy(name, "Cannot ask RabbitMQ for " + queue, failure)));
    }

    private int consumers(Connection open) throws Exception {
        try (Channel channel = open.createChannel()) {
            return channel.queueDeclarePassive(queue).getConsumerCount();
        }
    }
}
