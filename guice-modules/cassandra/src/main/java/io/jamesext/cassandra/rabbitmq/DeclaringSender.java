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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.rabbitmq.BindingSpecification;
import reactor.rabbitmq.ChannelPool;
import reactor.rabbitmq.ExchangeSpecification;
import reactor.rabbitmq.OutboundMessage;
import reactor.rabbitmq.OutboundMessageResult;
import reactor.rabbitmq.QueueSpecification;
import reactor.rabbitmq.ResourceManagementOptions;
import reactor.rabbitmq.SendOptions;
import reactor.rabbitmq.Sender;
import reactor.rabbitmq.SenderOptions;

/** Sends to RabbitMQ and declares there, and remembers in the {@link Topology} what it declared. */
final class DeclaringSender extends Sender {
    private static final Logger LOGGER = LoggerFactory.getLogger(DeclaringSender.class);
    /** RabbitMQ confirms in milliseconds; a confirmation that was under way when it was restarted never comes. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(10);

    /** The channel of all declarations. RabbitMQ closes it with each declaration that it refuses. */
    private static final class DeclarationChannel {
        private Optional<Channel> last = Optional.empty();

        synchronized Channel of(Connection connection) {
            last = last.filter(Channel::isOpen).or(() -> open(connection));
            return last.orElseThrow();
        }

        private static Optional<Channel> open(Connection connection) {
            try {
                return connection.openChannel();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Topology topology;

    DeclaringSender(Mono<Connection> connection, ChannelPool channels, Topology topology) {
        super(new SenderOptions()
            .connectionMono(connection)
            .channelPool(channels)
            .resourceManagementChannelMono(connection.map(new DeclarationChannel()::of)));
        this.topology = topology;
    }

    /**
     * A stream that lasts as long as James must neither keep a channel of the pool nor end with the first message that cannot be sent: it
     * is sent message by message, and what is lost is logged. One message alone fails as it does upstream.
     */
    @Override
    public Mono<Void> send(Publisher<OutboundMessage> messages, @Nullable SendOptions options) {
        if (messages instanceof Mono) {
            return super.send(messages, options);
        }
        return Flux.from(messages)
            .concatMap(message -> super.send(Mono.just(message), options)
                .onErrorResume(failure -> {
                    LOGGER.warn("A message to {} is lost", message.getExchange(), failure);
                    return Mono.empty();
                }))
            .then();
    }

    @Override
    public <M extends OutboundMessage> Flux<OutboundMessageResult<M>> sendWithTypedPublishConfirms(Publisher<M> messages,
            @Nullable SendOptions options) {
        return super.sendWithTypedPublishConfirms(messages, options).timeout(CONFIRMATION);
    }

    @Override
    public Mono<AMQP.Queue.DeclareOk> declareQueue(QueueSpecification queue, @Nullable ResourceManagementOptions options) {
        return super.declareQueue(queue, options).doOnNext(done -> topology.declared(queue));
    }

    @Override
    public Mono<AMQP.Queue.DeleteOk> deleteQueue(QueueSpecification queue, boolean ifUnused, boolean ifEmpty,
            @Nullable ResourceManagementOptions options) {
        return super.deleteQueue(queue, ifUnused, ifEmpty, options).doOnNext(done -> topology.deleted(queue));
    }

    @Override
    public Mono<AMQP.Exchange.DeclareOk> declareExchange(ExchangeSpecification exchange, @Nullable ResourceManagementOptions options) {
        return super.declareExchange(exchange, options).doOnNext(done -> topology.declared(exchange));
    }

    @Override
    public Mono<AMQP.Queue.BindOk> bind(BindingSpecification binding, @Nullable ResourceManagementOptions options) {
        return super.bind(binding, options).doOnNext(done -> topology.bound(binding));
    }

    @Override
    public Mono<AMQP.Queue.UnbindOk> unbind(BindingSpecification binding, @Nullable ResourceManagementOptions options) {
        return super.unbind(binding, options).doOnNext(done -> topology.unbound(binding));
    }
}
