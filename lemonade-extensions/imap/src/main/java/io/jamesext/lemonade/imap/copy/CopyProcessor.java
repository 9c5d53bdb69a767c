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

import java.util.Objects;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.kernel.flags.FlagUpdates;
import io.jamesext.lemonade.imap.select.MessageSet;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.publisher.Mono;

/** Runs COPY and UID COPY. RFC 3501 section 6.4.7, RFC 4314 section 4, RFC 4315 section 3. */
public final class CopyProcessor extends AbstractMailboxProcessor<CopyRequest> {
    private final FlagUpdates flags;

    public CopyProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics, FlagUpdates flags) {
        super(CopyRequest.class, mailboxes, responses, metrics);
        this.flags = flags;
    }

    @Override
    protected Mono<Void> processRequestReactive(CopyRequest request, ImapSession session, Responder responder) {
        SelectedFolder folder = Objects.requireNonNull(SelectedFolder.of(session));
        return Mono.fromCallable(() -> MessageSet.of(folder, request.getIdSet(), request.isUseUids()))
            .flatMap(messages -> Transfer.begin(request, session, getMailboxManager(), Right.Read)
                .flatMap(transfer -> transfer.find(messages, folder, request.isUseUids()))
                .flatMap(transfer -> transfer.run(messages, (range, source, target) -> getMailboxManager()
                        .copyMessagesReactive(range, source.getId(), target.getId(), session.getMailboxSession()), flags)
                    .onErrorResume(e -> transfer.undo().then(Mono.error(e)))
                    .then(Unsolicited.tell(session, responder, Unsolicited.During.OTHER))
                    .then(Mono.fromCallable(() -> answer(request, responder, transfer)))))
            .onErrorResume(Transfer.Refused.class, e -> Mono.fromRunnable(() -> responder.respond(e.answer(request))))
            .onErrorResume(MessageRangeException.class, e -> Mono.fromRunnable(() ->
                taggedBad(request, responder, HumanReadableText.INVALID_MESSAGESET)))
            .then();
    }

    private boolean answer(CopyRequest request, Responder responder, Transfer transfer) throws Exception {
        if (transfer.isEmpty()) {
            okComplete(request, responder);
        } else {
            responder.respond(StatusLine.ok(request, transfer.copyUid()));
        }
        return true;
    }

    @Override
    protected MDCBuilder mdc(CopyRequest request) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, "COPY")
            .addToContext("mailbox", request.getMailboxName());
    }
}
