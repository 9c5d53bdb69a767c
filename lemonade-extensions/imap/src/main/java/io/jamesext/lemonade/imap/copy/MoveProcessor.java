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

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.flags.FlagUpdates;
import io.jamesext.lemonade.imap.select.Condstore;
import io.jamesext.lemonade.imap.select.MessageSet;
import io.jamesext.lemonade.imap.select.ReadOnly;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.StatusLine;
import io.jamesext.lemonade.imap.status.UntaggedStatus;
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
            responder.respond(ReadOnly.refusal(request));
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
                    .onErrorResume(e -> tellMoved(session, responder, transfer).then(Mono.error(e)))
                    .then(tellMoved(session, responder, transfer))
                    .doOnNext(code -> complete(request, responder, code))))
            .onErrorResume(Transfer.Refused.class, e -> Mono.fromRunnable(() -> responder.respond(e.answer(request))))
            .onErrorResume(MessageRangeException.class, e -> Mono.fromRunnable(() ->
                taggedBad(request, responder, HumanReadableText.INVALID_MESSAGESET)))
            .then();
    }

    /** RFC 6851 section 4.3: COPYUID before the EXPUNGE of the same message. Section 4.4: the code of the tagged OK. */
    private Mono<Optional<String>> tellMoved(ImapSession session, Responder responder, Transfer transfer) {
        Mono<Optional<String>> moved = Mono.defer(() -> transfer.isEmpty()
            ? Mono.just(Optional.empty())
            : Mono.fromCallable(transfer::copyUid)
                .doOnNext(uids -> responder.respond(UntaggedStatus.ok(uids, "Moved.")))
                .then(log.add(transfer.source().getId(), transfer.transferred()))
                .then(Condstore.expungedCode(session, transfer.source())));
        return moved.delayUntil(code -> Unsolicited.tell(session, responder, Unsolicited.During.OTHER));
    }

    private void complete(MoveRequest request, Responder responder, Optional<String> code) {
        code.ifPresentOrElse(text -> responder.respond(StatusLine.ok(request, text)), () -> okComplete(request, responder));
    }

    @Override
    protected MDCBuilder mdc(MoveRequest request) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, "MOVE")
            .addToContext("mailbox", request.getMailboxName());
    }
}
