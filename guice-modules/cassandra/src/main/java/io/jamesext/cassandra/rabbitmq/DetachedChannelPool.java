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

import java.util.function.BiConsumer;

import org.apache.james.backends.rabbitmq.ReactorRabbitMQChannelPool;
import org.apache.james.metrics.api.MetricFactory;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;

import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

/**
 * James's channel pool, away from the thread that reads the connection. The pool opens and closes channels on the thread of whoever borrows
 * or returns one, and waits for RabbitMQ's answer there. With a confirmation that is the thread which would have to read the answer: no
 * event and no mail would leave this node for a minute, and what was under way would fail.
 */
final class DetachedChannelPool extends ReactorRabbitMQChannelPool {
    DetachedChannelPool(Mono<Connection> connection, Configuration configuration, MetricFactory metrics) {
        super(connection, configuration, metrics);
    }

    @Override
    public Mono<? extends Channel> getChannelMono() {
        return super.getChannelMono().subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public BiConsumer<SignalType, Channel> getChannelCloseHandler() {
        BiConsumer<SignalType, Channel> giveBack = super.getChannelCloseHandler();
        return (signal, channel) -> Schedulers.boundedElastic().schedule(() -> giveBack.accept(signal, channel));
    }
}
