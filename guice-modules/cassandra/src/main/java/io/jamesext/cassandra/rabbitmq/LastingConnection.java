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

import java.time.Duration;

import javax.annotation.PreDestroy;

import org.apache.james.backends.rabbitmq.RabbitMQConfiguration;
import org.apache.james.backends.rabbitmq.RabbitMQConnectionFactory;
import org.apache.james.backends.rabbitmq.RabbitMQManagementAPI;
import org.apache.james.backends.rabbitmq.RabbitMQServerVersion;
import org.apache.james.backends.rabbitmq.SimpleConnectionPool;

import com.google.inject.Inject;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Recoverable;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * The one connection of this node to RabbitMQ. James's pool opens another one when the first is lost, and with it loses the consumers
 * and channels that the driver brings back on the first; so here the first one stays.
 */
final class LastingConnection extends SimpleConnectionPool {
    private static final Configuration ONE_ATTEMPT = Configuration.builder().retries(0).initialDelay(Duration.ofMillis(1));
    /** How often the driver tries to connect again. */
    private static final Duration RECOVERY_INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Configuration patience;
    private final Connection connection;
    private volatile boolean closed;

    /** Connects, and waits until RabbitMQ and its management plugin answer. */
    @Inject
    LastingConnection(RabbitMQConfiguration rabbitMq, Configuration patience, StartUpWait wait, Topology topology)
            throws InterruptedException {
        super(new RabbitMQConnectionFactory(withoutRetries(rabbitMq)), ONE_ATTEMPT);
        this.patience = patience;
        this.connection = wait.until("RabbitMQ at %s (rabbitmq.properties, uri)".formatted(rabbitMq.rabbitMQHosts()),
            () -> super.getResilientConnection().block());
        ((Recoverable) connection).addRecoveryListener(topology);
        wait.until("RabbitMQ's management plugin at %s (rabbitmq.properties, management.uri)".formatted(rabbitMq.getManagementUri()),
            RabbitMQManagementAPI.from(rabbitMq)::listQueues);
    }

    /** Only the driver's own recovery, which never gives up, and {@link StartUpWait}, which says what it does, shall try again. */
    private static RabbitMQConfiguration withoutRetries(RabbitMQConfiguration rabbitMq) {
        return RabbitMQConfiguration.builder()
            .amqpUri(rabbitMq.getUri())
            .managementUri(rabbitMq.getManagementUri())
            .managementCredentials(rabbitMq.getManagementCredentials())
            .hosts(rabbitMq.rabbitMQHosts())
            .useSsl(rabbitMq.useSsl())
            .sslConfiguration(rabbitMq.getSslConfiguration())
            .networkRecoveryIntervalInMs((int) RECOVERY_INTERVAL.toMillis())
            .maxRetries(0)
            .build();
    }

    /** The connection when it is open; while it is not, waits as {@code connection.pool.retries} and {@code .min.delay.ms} say. */
    @Override
    public Mono<Connection> getResilientConnection() {
        return Mono.fromCallable(this::whenOpen)
            .retryWhen(Retry.backoff(patience.getNumRetries(), patience.getInitialDelay())
                .filter(failure -> !closed)
                .scheduler(Schedulers.boundedElastic()));
    }

    @Override
    public Mono<Boolean> tryConnection() {
        return Mono.fromCallable(this::isOpen);
    }

    @Override
    public Mono<RabbitMQServerVersion> version() {
        return Mono.justOrEmpty(connection.getServerProperties().get("version"))
            .map(version -> RabbitMQServerVersion.of(version.toString()));
    }

    /** Also ends the driver's attempts to connect again. */
    @PreDestroy
    @Override
    public void close() {
        closed = true;
        connection.abort((int) CLOSING.toMillis());
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /** James has closed it, so that it will not come back. */
    boolean isClosed() {
        return closed;
    }

    /** The connection, or a failure at once where it is not open. */
    Connection whenOpen() {
        if (!isOpen()) {
            throw new IllegalStateException("The connection with RabbitMQ is not open");
        }
        return connection;
    }
}
