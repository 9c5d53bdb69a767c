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
package io.jamesext.ximss.op.mailbox;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.MailboxNames;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes a mailbox, and with {@code children} those below it. XIMSS, "Mailbox Management", mailboxRemove.
 *
 * <pre>{@code <mailboxRemove id="" mailbox="" children=""? />}</pre>
 */
public final class MailboxRemove implements XimssOperation<MailboxRemove.Request> {
    /** The attributes. */
    public record Request(String mailbox, boolean children) {
    }

    private final MailboxManager mailboxManager;
    private final Mailboxes mailboxes;

    /** On James's mailboxes. */
    public MailboxRemove(MailboxManager mailboxManager, Mailboxes mailboxes) {
        this.mailboxManager = mailboxManager;
        this.mailboxes = mailboxes;
    }

    @Override
    public String name() {
        return "mailboxRemove";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("mailbox"), element.attribute("children").isPresent());
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        MailboxPath path = MailboxNames.path(request.mailbox, mailboxSession);
        if (MailboxNames.isInbox(path)) {
            throw new ProtocolException(Failure.CONFLICT, "INBOX stays");
        }
        // It comes first: where this user may not remove it, nothing is.
        Mono<Void> removed = mailboxManager.deleteMailboxReactive(path, mailboxSession);
        return (request.children ? removed.then(removeBelow(path, mailboxSession)) : removed).thenMany(Flux.empty());
    }

    private Mono<Void> removeBelow(MailboxPath path, MailboxSession session) {
        return Flux.defer(() -> mailboxes.below(path, session)).collectList()
            .flatMapMany(Flux::fromIterable)
            .concatMap(child -> mailboxManager.deleteMailboxReactive(child, session)
                .onErrorResume(MailboxNotFoundException.class, goneMeanwhile -> Mono.empty()))
            .then();
    }
}
