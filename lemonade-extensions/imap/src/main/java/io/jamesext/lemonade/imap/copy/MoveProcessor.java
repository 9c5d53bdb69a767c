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

package io.jamesext.lemonade.imap.copy;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.expunge.ExpungeLog;
import io.jamesext.lemonade.imap.select.Condstore;
import io.jamesext.lemonade.imap.select.MessageSet;
import io.jamesext.lemonade.imap.select.ReadOnly;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.StatusLine;
import io.jamesext.lemonade.imap.status.UntaggedStatus;
import io.jamesext.lemonade.imap.store.FlagUpdates;
import reactor.core.publisher.Mono;

/** Runs MOVE and UID MOVE. RFC 6851, RFC 4314 section 4, RFC 7162 section 3.2. */
public final class MoveProcessor extends AbstractMailboxProcessor<MoveRequest> implements CapabilityImplementingProcessor {
    private final ExpungeLog log;
    private final FlagUpdates flags;

    public MoveProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics, ExpungeLog log,
                         FlagUpdates flags) {
        super(MoveRequest.class, mailboxes, responses, metrics);
        this.log = log;
        this.flags = flags;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return List.of(ImapConstants.SUPPORTS_MOVE);
    }

    @Override
    protected Mono<Void> processRequestReactive(MoveRequest request, ImapSession session, Responder responder) {
        if (ReadOnly.is(session)) {
            responder.respond(StatusLine.no(request, "READ-ONLY", "The mailbox is selected read-only."));
            return Mono.empty();
        }
        SelectedFolder folder = Objects.requireNonNull(SelectedFolder.of(session));
        return Mono.fromCallable(() -> MessageSet.of(folder, request.getIdSet(), request.isUseUids()))
            // RFC 6851 section 4.2: the rights of STORE \Deleted, COPY and EXPUNGE.
            .flatMap(messages -> Transfer.begin(request, session, getMailboxManager(), Right.Read, Right.DeleteMessages,
                    Right.PerformExpunge)
                .flatMap(transfer -> transfer.find(messages, folder, request.isUseUids()))
                .flatMap(transfer -> transfer.run(messages, (range, source, target) -> getMailboxManager()
                        .moveMessagesReactive(range, source.getId(), target.getId(), session.getMailboxSession()), flags)
                    // RFC 6851 section 3.3: those that were moved before a failure are told of too.
                    .onErrorResume(e -> tell(session, responder, transfer).then(Mono.error(e)))
                    .then(tell(session, responder, transfer))
                    .then(Mono.defer(() -> complete(request, session, responder, transfer)))))
            .onErrorResume(Transfer.Refused.class, e -> Mono.fromRunnable(() -> responder.respond(e.answer(request))))
            .onErrorResume(MessageRangeException.class, e -> Mono.fromRunnable(() ->
                taggedBad(request, responder, HumanReadableText.INVALID_MESSAGESET)));
    }

    /** RFC 6851 section 4.3: COPYUID before the EXPUNGE of the same message. */
    private Mono<Void> tell(ImapSession session, Responder responder, Transfer transfer) {
        return Mono.defer(() -> transfer.isEmpty() ? Mono.empty() : Mono.fromCallable(transfer::copyUid)
                .doOnNext(code -> responder.respond(UntaggedStatus.ok(code, "Moved.")))
                .then(log.add(transfer.source().getId(), transfer.transferred())))
            .then(Unsolicited.tell(session, responder, Unsolicited.During.OTHER));
    }

    /** RFC 6851 section 4.4: HIGHESTMODSEQ after a move, to who understands it. */
    private Mono<Void> complete(MoveRequest request, ImapSession session, Responder responder, Transfer transfer) {
        if (transfer.isEmpty() || !Condstore.qresync(session)) {
            okComplete(request, responder);
            return Mono.empty();
        }
        return Mono.fromCallable(() -> transfer.source().getMetaDataReactive(MailboxMetaData.RecentMode.IGNORE,
                session.getMailboxSession(), EnumSet.of(MailboxMetaData.Item.HighestModSeq)))
            .flatMap(metaData -> metaData)
            .doOnNext(metaData -> responder.respond(StatusLine.ok(request, "HIGHESTMODSEQ " + metaData.getHighestModSeq().asLong())))
            .then();
    }

    @Override
    protected MDCBuilder mdc(MoveRequest request) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, "MOVE")
            .addToContext("mailbox", request.getMailboxName());
    }
}
