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
package io.jamesext.ximss.op.service;

import java.time.Duration;
import java.util.regex.Pattern;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.MailboxWatch;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes how the session behaves. It is behind the text's end, and is what clients of CommuniGate send. {@code idleTimeout} is how long
 * the client may be silent, in seconds: at least {@link #MIN_IDLE_SECONDS}, and at most what the server allows without it.
 * {@code reportMailboxChanges} has the changes of the account's mailboxes told.
 *
 * <pre>{@code
 * <setSessionOption id="" name="idleTimeout" value="seconds" />
 * <setSessionOption id="" name="reportMailboxChanges" value="yes|no" />
 * }</pre>
 */
public final class SetSessionOption implements XimssOperation<SetSessionOption.Request> {
    /** Less would close sessions of clients on a slow wire. */
    private static final int MIN_IDLE_SECONDS = 30;
    /** Where the server closes none. */
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final String IDLE_TIMEOUT = "idleTimeout";
    private static final String REPORT_MAILBOX_CHANGES = "reportMailboxChanges";
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** The attributes. */
    public record Request(String name, String value) {
    }

    private final MailboxWatch.Sources sources;
    private final Duration maxIdle;

    /**
     * On James's mailboxes and their events.
     *
     * @param idleTimeout the server's; zero when it closes no session
     */
    public SetSessionOption(MailboxWatch.Sources sources, Duration idleTimeout) {
        this.sources = sources;
        this.maxIdle = idleTimeout.isZero() ? LONGEST : idleTimeout;
    }

    @Override
    public String name() {
        return "setSessionOption";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("name"), element.required("value"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return switch (request.name) {
            case IDLE_TIMEOUT -> {
                session.connection().idleTimeout(idle(request.value));
                yield Flux.empty();
            }
            case REPORT_MAILBOX_CHANGES -> report(request.value, session).thenMany(Flux.empty());
            default -> throw new ProtocolException(Failure.NOT_SUPPORTED, "there is no such session option here");
        };
    }

    private Duration idle(String value) {
        long seconds = SECONDS.matcher(value).matches() ? Long.parseLong(value) : 0;
        if (seconds < Math.min(MIN_IDLE_SECONDS, maxIdle.toSeconds()) || seconds > maxIdle.toSeconds()) {
            throw new ProtocolException(Failure.SYNTAX,
                "idleTimeout is a number of seconds from " + MIN_IDLE_SECONDS + " to " + maxIdle.toSeconds());
        }
        return Duration.ofSeconds(seconds);
    }

    private Mono<Void> report(String value, XimssSession session) {
        return switch (value) {
            case "yes" -> session.watch(sources);
            case "no" -> session.watchNoMore();
            default -> throw new ProtocolException(Failure.SYNTAX, "reportMailboxChanges is yes or no");
        };
    }
}
