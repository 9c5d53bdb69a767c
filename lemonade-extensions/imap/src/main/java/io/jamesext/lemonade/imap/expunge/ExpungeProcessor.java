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

package io.jamesext.lemonade.imap.expunge;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.ExpungeRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.lemonade.imap.select.Condstore;
import io.jamesext.lemonade.imap.select.MessageSet;
import io.jamesext.lemonade.imap.select.ReadOnly;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs EXPUNGE and UID EXPUNGE. RFC 3501 section 6.4.3, RFC 4315 section 2.1, RFC 7162 sections 3.2.7 and 3.2.9. */
public final class ExpungeProcessor extends AbstractMailboxProcessor<ExpungeRequest> implements CapabilityImplementingProcessor {
    private final ExpungeLog log;

    public ExpungeProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics, ExpungeLog log) {
        super(ExpungeRequest.class, mailboxes, responses, metrics);
        this.log = log;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return List.of(ImapConstants.SUPPORTS_UIDPLUS);
    }

    @Override
    protected Mono<Void> processRequestReactive(ExpungeRequest request, ImapSession session, Responder responder) {
        if (ReadOnly.is(session)) {
            responder.respond(ReadOnly.refusal(request));
            return Mono.empty();
        }
        return Mono.fromCallable(() -> ranges(request, Objects.requireNonNull(SelectedFolder.of(session))))
            .flatMap(ranges -> getSelectedMailboxReactive(session)
                .flatMap(manager -> Mono.fromCallable(() -> mayExpunge(manager, session))
                    .flatMap(may -> may
                        ? expunge(request, session, responder, manager, ranges)
                        : Mono.fromRunnable(() -> responder.respond(StatusLine.no(request, "NOPERM", "You may not expunge here."))))))
            .onErrorResume(MessageRangeException.class, e -> Mono.fromRunnable(() ->
                taggedBad(request, responder, HumanReadableText.INVALID_MESSAGESET)))
            .onErrorResume(MailboxNotFoundException.class, e -> Mono.fromRunnable(() ->
                responder.respond(StatusLine.no(request, "NONEXISTENT", "The mailbox is gone."))));
    }

    private static List<MessageRange> ranges(ExpungeRequest request, SelectedFolder folder) throws MessageRangeException {
        return request.getUidSet() == null
            ? List.of(MessageRange.all())
            : MessageSet.ranges(folder, List.of(request.getUidSet()), true);
    }

    /** RFC 4314 section 4: EXPUNGE needs "e". */
    private boolean mayExpunge(MessageManager manager, ImapSession session) throws Exception {
        return getMailboxManager().myRights(manager.getMailboxEntity(), session.getMailboxSession()).contains(Right.PerformExpunge);
    }

    private Mono<Void> expunge(ExpungeRequest request, ImapSession session, Responder responder, MessageManager manager,
                               List<MessageRange> ranges) {
        List<MessageUid> gone = new ArrayList<>();
        return Flux.fromIterable(ranges)
            .concatMap(range -> manager.expungeReactive(range, session.getMailboxSession()))
            .doOnNext(gone::add)
            .then(Mono.defer(() -> gone.isEmpty() ? Mono.empty() : log.add(manager.getId(), gone)))
            .then(Mono.defer(() -> gone.isEmpty() ? Mono.just(Optional.<String>empty()) : Condstore.expungedCode(session, manager)))
            .flatMap(code -> Unsolicited.tell(session, responder, Unsolicited.During.OTHER)
                .then(Mono.fromRunnable(() -> complete(request, responder, code))));
    }

    private void complete(ExpungeRequest request, Responder responder, Optional<String> code) {
        code.ifPresentOrElse(text -> responder.respond(StatusLine.ok(request, text)), () -> okComplete(request, responder));
    }

    @Override
    protected MDCBuilder mdc(ExpungeRequest request) {
        return MDCBuilder.ofValue(MDCBuilder.ACTION, "EXPUNGE");
    }
}
