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

import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CloseRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.lemonade.imap.select.ReadOnly;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs CLOSE: expunges without a word and leaves the mailbox; one that was opened by EXAMINE, or where the user may not expunge, is only
 * left. RFC 3501 section 6.4.2, RFC 4314 section 4, RFC 7162 section 3.2.8.
 */
public final class CloseProcessor extends AbstractMailboxProcessor<CloseRequest> {
    private final ExpungeLog log;

    public CloseProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics, ExpungeLog log) {
        super(CloseRequest.class, mailboxes, responses, metrics);
        this.log = log;
    }

    @Override
    protected Mono<Void> processRequestReactive(CloseRequest request, ImapSession session, Responder responder) {
        Mono<Void> expunge = ReadOnly.is(session)
            ? Mono.empty()
            // A mailbox that was deleted meanwhile has nothing to expunge.
            : getSelectedMailboxReactive(session).onErrorResume(MailboxNotFoundException.class, e -> Mono.empty())
                .flatMap(manager -> expunge(manager, session));
        return expunge
            .then(Mono.defer(session::deselect))
            .then(Mono.fromRunnable(() -> {
                ReadOnly.set(session, false);
                // RFC 7162 section 3.2.8: never with HIGHESTMODSEQ.
                okComplete(request, responder);
            }));
    }

    private Mono<Void> expunge(MessageManager manager, ImapSession session) {
        return Mono.fromCallable(() -> getMailboxManager().myRights(manager.getMailboxEntity(), session.getMailboxSession()))
            .filter(rights -> rights.contains(Right.PerformExpunge))
            .flatMapMany(rights -> Flux.from(manager.expungeReactive(MessageRange.all(), session.getMailboxSession())))
            .collectList()
            .filter(gone -> !gone.isEmpty())
            .flatMap(gone -> log.add(manager.getId(), gone));
    }

    @Override
    protected MDCBuilder mdc(CloseRequest request) {
        return MDCBuilder.ofValue(MDCBuilder.ACTION, "CLOSE");
    }
}
