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
package io.jamesext.kernel.server;

import org.apache.james.core.Username;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.apache.james.util.ReactorUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.operation.Operation;
import io.jamesext.kernel.operation.Reply;
import io.jamesext.kernel.operation.Session;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** From a frame to its replies: finds the operation, checks the state, parses, runs, times and logs; once for all operations. */
public final class Dispatcher<F, S extends Session, R extends Reply> {
    private static final Logger LOGGER = LoggerFactory.getLogger(Dispatcher.class);

    private static final int MAX_LOGGED_VERB = 40;

    private final Protocol<F, S, R> protocol;
    private final MetricFactory metrics;

    Dispatcher(Protocol<F, S, R> protocol, MetricFactory metrics) {
        this.protocol = protocol;
        this.metrics = metrics;
    }

    /**
     * The replies; nothing happens before they are asked for. Fails with what {@link MailboxFailures#of} makes a refusal of.
     *
     * @param connectionId stands in every log line
     */
    public Flux<R> dispatch(F frame, S session, String connectionId) {
        return Flux.defer(() -> {
            String verb = protocol.verb(frame);
            MDCBuilder mdc = mdc(verb, session, connectionId);
            return Mono.fromCallable(() -> Blocking.survive(() -> measured(find(verb, session), frame, session)))
                .flatMapMany(replies -> replies)
                .doOnError(error -> log(error, verb, mdc, connectionId))
                .contextWrite(ReactorUtils.context(protocol.name(), mdc));
        }).subscribeOn(Blocking.SCHEDULER);
    }

    private Operation<F, ?, S, R> find(String verb, S session) {
        Operation<F, ?, S, R> operation = protocol.operations().find(verb)
            .orElseThrow(() -> new ProtocolException(Failure.UNKNOWN_COMMAND, "unknown command"));
        if (!operation.allowedIn().contains(session.state())) {
            throw new ProtocolException(Failure.WRONG_STATE, "the command cannot be used in this state");
        }
        return operation;
    }

    private <Q> Flux<R> measured(Operation<F, Q, S, R> operation, F frame, S session) {
        Q request = operation.parse(frame);
        return Flux.from(metrics.decoratePublisherWithTimerMetric(protocol.name() + "-" + operation.name(),
            Flux.<R>from(operation.run(request, session))));
    }

    private void log(Throwable error, String verb, MDCBuilder mdc, String connectionId) {
        ProtocolException failure = MailboxFailures.of(error);
        MDCBuilder.withMdc(mdc, () -> {
            if (failure.failure() == Failure.INTERNAL) {
                LOGGER.error("{} {}: {} failed", protocol.name(), connectionId, printable(verb), error);
            } else {
                LOGGER.debug("{} {}: {} refused: {} {}", protocol.name(), connectionId, printable(verb), failure.failure(), failure.text());
            }
        });
    }

    /** A verb comes from the client: nothing in it may forge a log line. */
    private static String printable(String verb) {
        return CharMatcher.inRange('!', '~').retainFrom(Ascii.truncate(verb, MAX_LOGGED_VERB, "..."));
    }

    private MDCBuilder mdc(String verb, S session, String connectionId) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.PROTOCOL, protocol.name())
            .addToContext(MDCBuilder.SESSION_ID, connectionId)
            .addToContext(MDCBuilder.ACTION, printable(verb))
            .addToContextIfPresent(MDCBuilder.USER, session.user().map(Username::asString));
    }
}
