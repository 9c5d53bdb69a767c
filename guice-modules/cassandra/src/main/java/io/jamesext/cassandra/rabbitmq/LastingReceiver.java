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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.rabbitmq.client.ShutdownSignalException;

import reactor.core.publisher.Flux;
import reactor.rabbitmq.AcknowledgableDelivery;
import reactor.rabbitmq.ConsumeOptions;
import reactor.rabbitmq.Receiver;
import reactor.rabbitmq.ReceiverOptions;
import reactor.util.retry.Retry;

/** Consumes from a queue until James stops it: also when RabbitMQ ended it, as it does when a queue is deleted or moves to another host. */
final class LastingReceiver extends Receiver {
    private static final Logger LOGGER = LoggerFactory.getLogger(LastingReceiver.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final LastingConnection connection;

    LastingReceiver(LastingConnection connection) {
        super(new ReceiverOptions().connectionMono(connection.getResilientConnection()));
        this.connection = connection;
    }

    @Override
    public Flux<AcknowledgableDelivery> consumeManualAck(String queue, ConsumeOptions options) {
        options.exceptionHandler((context, failure) -> forgetLostDelivery(queue, failure));
        return super.consumeManualAck(queue, options)
            .doOnError(failure -> LOGGER.warn("Cannot consume from {}; trying again", queue, failure))
            .retryWhen(Retry.backoff(Long.MAX_VALUE, PAUSE).maxBackoff(LONGEST_PAUSE).transientErrors(true)
                .filter(failure -> !connection.isClosed()))
            .repeatWhen(ends -> ends.takeWhile(end -> !connection.isClosed()).delayElements(PAUSE));
    }

    /**
     * A delivery goes with the connection it came by: RabbitMQ hands it out again, whatever James answers now. The mail queue drops it then
     * where its view says that the mail was processed.
     */
    private static void forgetLostDelivery(String queue, Exception failure) {
        if (!(failure instanceof ShutdownSignalException)) {
            throw new IllegalStateException("Cannot acknowledge what came from " + queue, failure);
        }
        LOGGER.info("RabbitMQ went away before it was told of something processed from {}", queue);
    }
}
