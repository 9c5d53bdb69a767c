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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Recoverable;
import com.rabbitmq.client.RecoveryListener;

import reactor.rabbitmq.BindingSpecification;
import reactor.rabbitmq.ExchangeSpecification;
import reactor.rabbitmq.QueueSpecification;

/**
 * What James declared on RabbitMQ, to declare it again when RabbitMQ was restarted.
 *
 * <p>The driver would do that by itself, had it seen the declarations; reactor-rabbitmq sends them past it.
 */
final class Topology implements RecoveryListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(Topology.class);

    private record Binding(String exchange, String queue, String routingKey) {
        static Binding of(BindingSpecification specification) {
            return new Binding(specification.getExchange(), specification.getQueue(), specification.getRoutingKey());
        }
    }

    private interface Declaration {
        void on(Channel channel) throws IOException;
    }

    private final Map<String, Declaration> exchanges = new ConcurrentHashMap<>();
    private final Map<String, Declaration> queues = new ConcurrentHashMap<>();
    private final Map<Binding, Declaration> bindings = new ConcurrentHashMap<>();

    void declared(ExchangeSpecification exchange) {
        exchanges.put(exchange.getName(), channel -> channel.exchangeDeclare(exchange.getName(), exchange.getType(), exchange.isDurable(),
            exchange.isAutoDelete(), exchange.isInternal(), exchange.getArguments()));
    }

    void declared(QueueSpecification queue) {
        queues.put(queue.getName(), channel -> channel.queueDeclare(queue.getName(), queue.isDurable(), queue.isExclusive(),
            queue.isAutoDelete(), queue.getArguments()));
    }

    void bound(BindingSpecification binding) {
        bindings.put(Binding.of(binding), channel -> channel.queueBind(binding.getQueue(), binding.getExchange(),
            binding.getRoutingKey(), binding.getArguments()));
    }

    void unbound(BindingSpecification binding) {
        bindings.remove(Binding.of(binding));
    }

    void deleted(QueueSpecification queue) {
        queues.remove(queue.getName());
        bindings.keySet().removeIf(binding -> binding.queue().equals(queue.getName()));
    }

    @Override
    public void handleRecoveryStarted(Recoverable connection) {
        LOGGER.warn("The connection with RabbitMQ is lost; connecting again");
    }

    /** Runs when the connection is there again, before the driver consumes again from the queues that it knows. */
    @Override
    public void handleTopologyRecoveryStarted(Recoverable connection) {
        List.of(exchanges, queues, bindings).forEach(declarations -> declare((Connection) connection, declarations));
    }

    @Override
    public void handleRecovery(Recoverable connection) {
        LOGGER.info("RabbitMQ is back; {} exchanges, {} queues and {} bindings declared again", exchanges.size(), queues.size(),
            bindings.size());
    }

    /** Never throws, for an exception here would end the driver's recovery; RabbitMQ closes the channel of a declaration it refuses. */
    private static void declare(Connection connection, Map<?, Declaration> declarations) {
        Optional<Channel> channel = Optional.empty();
        for (Map.Entry<?, Declaration> declaration : declarations.entrySet()) {
            try {
                channel = channel.filter(Channel::isOpen).or(() -> open(connection));
                declaration.getValue().on(channel.orElseThrow());
            } catch (IOException | RuntimeException e) {
                LOGGER.error("RabbitMQ did not take the declaration of {} again", declaration.getKey(), e);
            }
        }
        channel.filter(Channel::isOpen).ifPresent(Topology::close);
    }

    private static Optional<Channel> open(Connection connection) {
        try {
            return connection.openChannel();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException | TimeoutException | RuntimeException e) {
            LOGGER.debug("A channel was closed already", e);
        }
    }
}
