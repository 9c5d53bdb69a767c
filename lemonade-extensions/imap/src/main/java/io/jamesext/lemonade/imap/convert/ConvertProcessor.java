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
package io.jamesext.lemonade.imap.convert;

import java.util.List;
import java.util.Objects;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.select.MessageSet;
import io.jamesext.lemonade.imap.select.ReadableMailbox;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.StatusLine;
import io.jamesext.lemonade.imap.utf8.Utf8Accept;
import reactor.core.publisher.Mono;

/** Runs CONVERT and UID CONVERT. RFC 5259 section 6. No flag changes. */
public final class ConvertProcessor extends AbstractMailboxProcessor<ConvertRequest> implements CapabilityImplementingProcessor {
    private static final List<Capability> CAPABILITIES = List.of(Capability.of("CONVERT"));
    private static final Logger LOGGER = LoggerFactory.getLogger(ConvertProcessor.class);

    private final PartConversions conversions;
    private final ConvertLimits limits;

    /** On James's services, with what converts. */
    public ConvertProcessor(MailboxManager mailboxManager, StatusResponseFactory responses, MetricFactory metrics,
                            PartConversions conversions, ConvertLimits limits) {
        super(ConvertRequest.class, mailboxManager, responses, metrics);
        this.conversions = conversions;
        this.limits = limits;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Void> processRequestReactive(ConvertRequest request, ImapSession session, Responder responder) {
        SelectedFolder folder = Objects.requireNonNull(SelectedFolder.of(session));
        boolean byUid = request.messages().uids();
        if (request.parts() > limits.maxParts()) {
            return refuse(request, responder, "MAXCONVERTPARTS " + limits.maxParts(), "Those are too many parts at once.");
        }
        return Mono.fromCallable(() -> MessageSet.of(folder, request.messages().ranges().toArray(IdRange[]::new), byUid).uids())
            .flatMap(uids -> uids.size() > limits.maxMessages()
                ? refuse(request, responder, "MAXCONVERTMESSAGES " + limits.maxMessages(), "Those are too many messages at once.")
                : convert(request, uids, session, responder))
            // RFC 3501 section 9: a sequence number that the mailbox has not is an error.
            .onErrorResume(MessageRangeException.class, e -> Mono.fromRunnable(() ->
                taggedBad(request, responder, HumanReadableText.INVALID_MESSAGESET)))
            .onErrorResume(RefusedException.class, e -> refuse(request, responder, e.code(), e.text()))
            // RFC 5259 section 9: a temporary internal error.
            .onErrorResume(e -> {
                LOGGER.error("CONVERT failed in {}", folder.getMailboxId(), e);
                return refuse(request, responder, "TEMPFAIL", "A message cannot be read.");
            });
    }

    private Mono<Void> convert(ConvertRequest request, List<MessageUid> uids, ImapSession session, Responder responder) {
        // RFC 5259 section 13: who converts is in the log, to find who abuses it.
        LOGGER.info("CONVERT of {} messages to {} for {}", uids.size(), request.wanted().target().orElse("the default"),
            session.getUserName().asString());
        return ReadableMailbox.of(session, getMailboxManager()).flatMap(mailbox -> {
            ConvertRun run = new ConvertRun(conversions, request,
                new ConvertRun.Mailbox(mailbox, session.getSelected(), session.getMailboxSession()), Utf8Accept.isEnabled(session),
                responder);
            return run.answer(uids)
                // RFC 5259 section 6: no EXPUNGE while CONVERT counts messages.
                .then(Unsolicited.tell(session, responder, Unsolicited.During.reading(request.messages().uids())))
                .then(Mono.fromRunnable(() -> complete(request, run, responder)));
        });
    }

    /** RFC 5259 section 9: "If at least one conversion succeeds, the server MUST return an OK response." */
    private void complete(ConvertRequest request, ConvertRun run, Responder responder) {
        if (!run.allFailed()) {
            okComplete(request, responder);
        } else if (run.failedForGood()) {
            no(request, responder, new HumanReadableText("jamesext.convert.failed", "failed. All conversions failed."));
        } else {
            responder.respond(StatusLine.no(request, "TEMPFAIL", "All conversions failed."));
        }
    }

    private static Mono<Void> refuse(ConvertRequest request, Responder responder, String code, String why) {
        return Mono.fromRunnable(() -> responder.respond(StatusLine.no(request, code, why)));
    }

    @Override
    protected MDCBuilder mdc(ConvertRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "CONVERT");
    }
}
