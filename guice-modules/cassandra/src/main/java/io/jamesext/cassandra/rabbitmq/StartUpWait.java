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
import java.util.concurrent.Callable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.base.Throwables;
import com.rabbitmq.client.PossibleAuthenticationFailureException;

import feign.FeignException;

/**
 * Waits at start for a server that does not answer yet, so that James and RabbitMQ can be started in any order.
 *
 * @param attempts how often it is tried before the start fails
 * @param pause between two attempts
 */
record StartUpWait(int attempts, Duration pause) {
    /** Ten minutes: as long as an operator would wait, and short enough that a wrong address is noticed. */
    static final StartUpWait DEFAULT = new StartUpWait(120, Duration.ofSeconds(5));

    private static final Logger LOGGER = LoggerFactory.getLogger(StartUpWait.class);

    /**
     * What the attempt answers as soon as it succeeds.
     *
     * @param what the server, its address and the key that it comes from, for the log
     */
    <T> T until(String what, Callable<T> attempt) throws InterruptedException {
        for (int number = 1; ; number++) {
            try {
                return attempt.call();
            } catch (Exception e) {
                Throwable cause = Throwables.getRootCause(e);
                if (refuses(cause)) {
                    throw new IllegalStateException(what + " refuses management.user with management.password", e);
                }
                if (number >= attempts) {
                    throw new IllegalStateException("%s did not answer in %d attempts".formatted(what, attempts), e);
                }
                LOGGER.warn("{} does not answer (attempt {} of {}): {}. Next attempt in {} ms", what, number, attempts, cause.toString(),
                    pause.toMillis());
                Thread.sleep(pause.toMillis());
            }
        }
    }

    private static boolean refuses(Throwable cause) {
        return cause instanceof PossibleAuthenticationFailureException || cause instanceof FeignException.Unauthorized;
    }
}
