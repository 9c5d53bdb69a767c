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

package io.jamesext.lemonade.imap.fetch;

import java.util.List;
import java.util.Objects;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.response.VanishedResponse;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.select.Condstore;
import io.jamesext.lemonade.imap.select.MessageSet;
import io.jamesext.lemonade.imap.select.ReadOnly;
import io.jamesext.lemonade.imap.select.ReadableMailbox;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.StatusLine;
import io.jamesext.lemonade.imap.utf8.Utf8Accept;
import reactor.core.publisher.Mono;

/** Runs FETCH and UID FETCH. RFC 3501 sections 6.4.5 and 6.4.8, RFC 7162 sections 3.1.4 and 3.2.6. */
public final class FetchProcessor extends AbstractMailboxProcessor<FetchRequest> implements CapabilityImplementingProcessor {
    /** RFC 3516 section 4.1 and RFC 8970 section 1. */
    private static final List<Capability> CAPABILITIES = List.of(Capability.of("BINARY"), Capability.of("PREVIEW"));
    private static final Logger LOGGER = LoggerFactory.getLogger(FetchProcessor.class);

    private final MessageAnswers answers;
    private final ExpungeLog expunged;

    /** On James's services, with what is kept of messages' structures and of expunged messages. */
    public FetchProcessor(MailboxManager mailboxManager, StatusResponseFactory statusResponseFactory, MetricFactory metricFactory,
                          MessageAnswers answers, ExpungeLog expunged) {
        super(FetchRequest.class, mailboxManager, statusResponseFactory, metricFactory);
        this.answers = answers;
        this.expunged = expunged;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Void> processRequestReactive(FetchRequest request, ImapSession session, Responder responder) {
        if (request.modifiers().vanished() && !Condstore.qresync(session)) {
            // RFC 7162 section 3.2.6.
            return Mono.fromRunnable(() -> taggedBad(request, responder, HumanReadableText.QRESYNC_NOT_ENABLED));
        }
        SelectedFolder folder = Objects.requireNonNull(SelectedFolder.of(session));
        boolean byUid = request.messages().uids();
        return Mono.fromCallable(() -> MessageSet.ranges(folder, request.messages().ranges(), byUid, request.modifiers().page()))
            .flatMap(ranges -> ReadableMailbox.of(session, getMailboxManager())
                .flatMap(mailbox -> enableCondstore(request, session, responder)
                    .then(vanished(request, folder, responder))
                    .then(Mono.fromCallable(() -> run(request, session, mailbox, responder)))
                    .flatMap(run -> run.answer(ranges)
                        // RFC 3501 section 7.4.1: no EXPUNGE while FETCH counts messages.
                        .then(Unsolicited.tell(session, responder, Unsolicited.During.reading(byUid)))
                        .then(Mono.fromRunnable(() -> complete(request, run, responder))))))
            // RFC 3501 section 9: a sequence number that the mailbox has not is an error.
            .onErrorResume(MessageRangeException.class, e -> Mono.fromRunnable(() ->
                taggedBad(request, responder, HumanReadableText.INVALID_MESSAGESET)))
            .onErrorResume(RefusedException.class, e -> Mono.fromRunnable(() ->
                responder.respond(StatusLine.no(request, e.code(), e.text()))))
            .onErrorResume(MailboxException.class, e -> Mono.fromRunnable(() -> {
                LOGGER.error("FETCH failed in {}", folder.getMailboxId(), e);
                no(request, responder, HumanReadableText.GENERIC_FAILURE_DURING_PROCESSING);
            }))
            .then();
    }

    private FetchRun run(FetchRequest request, ImapSession session, MessageManager mailbox, Responder responder) throws MailboxException {
        // RFC 4314 section 4: without the right "s", and in a mailbox that EXAMINE has opened, nothing becomes \Seen.
        boolean maySee = !ReadOnly.is(session) && getMailboxManager()
            .hasRight(mailbox.getMailboxEntity(), MailboxACL.Right.WriteSeenFlag, session.getMailboxSession());
        FetchRun.Options options = new FetchRun.Options(maySee, Condstore.aware(session), Utf8Accept.isEnabled(session));
        return new FetchRun(answers, request, options, new FetchRun.Mailbox(mailbox, session.getSelected(), session.getMailboxSession()),
            responder);
    }

    /** RFC 7162 section 3.1: asking for mod-sequences switches CONDSTORE on. */
    private static Mono<Void> enableCondstore(FetchRequest request, ImapSession session, Responder responder) {
        boolean asks = request.modifiers().changedSince().isPresent() || request.items().contains(FetchItem.Attribute.MODSEQ);
        return asks ? Condstore.enable(session, responder) : Mono.empty();
    }

    /** RFC 7162 section 3.2.6: what is gone is told before what has changed. */
    private Mono<Void> vanished(FetchRequest request, SelectedMailbox selected, Responder responder) {
        if (!request.modifiers().vanished()) {
            return Mono.empty();
        }
        return expunged.after(selected.getMailboxId(), ModSeq.of(request.modifiers().changedSince().orElseThrow()))
            .filter(uid -> MessageSet.names(request.messages().ranges(), uid))
            .collectList()
            .doOnNext(uids -> {
                if (!uids.isEmpty()) {
                    responder.respond(new VanishedResponse(uidRanges(MessageRange.toRanges(uids)), true));
                }
            })
            .then();
    }

    private void complete(FetchRequest request, FetchRun run, Responder responder) {
        if (run.metUnknownEncoding()) {
            // RFC 3516 section 4.3. The other messages have been answered.
            responder.respond(new StatusLine(request.getTag(), StatusResponse.Type.NO, "UNKNOWN-CTE", request.getCommand(),
                "The content has an unknown transfer encoding."));
        } else {
            okComplete(request, responder);
        }
    }

    @Override
    protected MDCBuilder mdc(FetchRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "FETCH");
    }
}
