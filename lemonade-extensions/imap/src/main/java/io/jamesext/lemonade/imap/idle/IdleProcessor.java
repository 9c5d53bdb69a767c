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


package io.jamesext.lemonade.imap.idle;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.IdleRequest;
import org.apache.james.imap.message.response.ContinuationResponse;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.frame.FramedSession;
import io.jamesext.lemonade.imap.frame.Slots;
import io.jamesext.lemonade.imap.notify.Announcer;
import io.jamesext.lemonade.imap.pace.Pace;
import io.jamesext.lemonade.imap.select.Unsolicited;
import reactor.core.publisher.Mono;

/**
 * IDLE, RFC 2177 section 4: {@code idle = "IDLE" CRLF "DONE"}. News are told one after the other, each look at the mailbox telling all
 * that there is; one that is under way when DONE comes is told to its end, and what comes later waits for the next command.
 */
public final class IdleProcessor extends AbstractMailboxProcessor<IdleRequest> implements CapabilityImplementingProcessor {
    private static final String DONE = "DONE";
    private static final List<Capability> CAPABILITY = List.of(ImapConstants.SUPPORTS_IDLE);

    private final Announcer announcer;
    private volatile Optional<Duration> signOfLife = Optional.empty();

    /** With what tells the news: RFC 5465 section 4 has IDLE tell what NOTIFY asks for. */
    public IdleProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics, Announcer announcer) {
        super(IdleRequest.class, mailboxes, responses, metrics);
        this.announcer = announcer;
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        super.configure(configuration);
        signOfLife = Optional.of(configuration.idleTimeIntervalAsDuration()).filter(interval -> configuration.isEnableIdle());
    }

    @Override
    protected Mono<Void> processRequestReactive(IdleRequest request, ImapSession session, Responder responder) {
        return Mono.defer(() -> {
            Bell bell = new Bell();
            FramedSession client = FramedSession.of(session);
            client.listen(bell::ring);
            // What has happened between the last command and this one rings too, for nobody was listening.
            bell.ring();
            responder.respond(new ContinuationResponse(HumanReadableText.IDLING));
            responder.flush();
            return Mono.zip(tellNews(bell, session, responder).thenReturn(bell),
                    client.nextLine().doOnNext(line -> bell.stop()))
                .doOnNext(ended -> answer(request, responder, ended.getT2()))
                .doFinally(signal -> client.ignore())
                .then();
        });
    }

    private Mono<Void> tellNews(Bell bell, ImapSession session, Responder responder) {
        Mono<Bell.Ring> next = signOfLife
            .map(interval -> bell.next().timeout(interval, Mono.fromSupplier(() -> stillHere(responder))))
            .orElseGet(bell::next);
        return next
            .delayUntil(ring -> ring == Bell.Ring.LOOK
                ? Slots.within(announcer.tell(session, responder, Unsolicited.During.IDLE))
                    .then(Mono.fromRunnable(responder::flush))
                    .then(Pace.written())
                : Mono.empty())
            .repeat()
            .takeUntil(ring -> ring == Bell.Ring.STOP)
            .then();
    }

    /** Keeps address translators from forgetting the connection, and us from closing it as idle. */
    private Bell.Ring stillHere(Responder responder) {
        responder.respond(getStatusResponseFactory().untaggedOk(HumanReadableText.HEARTBEAT));
        return Bell.Ring.LOOK;
    }

    private void answer(IdleRequest request, Responder responder, String line) {
        if (line.equalsIgnoreCase(DONE)) {
            okComplete(request, responder);
        } else {
            taggedBad(request, responder, HumanReadableText.ILLEGAL_ARGUMENTS);
        }
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITY;
    }

    @Override
    protected MDCBuilder mdc(IdleRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "IDLE");
    }
}
