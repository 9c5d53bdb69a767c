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
package io.jamesext.dmap.op.authenticated;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxPath;
import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.mail.Access;
import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/**
 * Removes a mailbox with its messages; the mailboxes below it and the subscription to it stay. Draft section 7.3.4:
 * {@code "DELETE" SP mailbox}. A new mailbox of the same name has another UIDVALIDITY, as James gives it.
 */
public final class Delete implements DmapOperation<OneMailbox> {
    private final MailboxManager mailboxManager;
    private final Access access;

    /** On James's mailboxes. */
    public Delete(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
        this.access = new Access(mailboxManager);
    }

    @Override
    public String name() {
        return "DELETE";
    }

    @Override
    public OneMailbox parse(DmapReader arguments) {
        return OneMailbox.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(OneMailbox request, DmapSession session) {
        MailboxSession user = session.mailboxSession();
        MailboxPath path = MailboxNames.path(request.mailbox(), user);
        if (path.isInbox()) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "INBOX cannot be deleted");
        }
        return access.open(path, user, Right.DeleteMailbox)
            .then(Mono.defer(() -> mailboxManager.deleteMailboxReactive(path, user)))
            .onErrorResume(MailboxNotFoundException.class, missing -> explain(path, missing, session))
            .then(Mono.empty());
    }

    /** Draft section 7.3.4: a name that has inferiors and is no mailbox is refused too; the code is RFC 9051's. */
    private Mono<Void> explain(MailboxPath path, MailboxNotFoundException missing, DmapSession session) {
        return Subtree.mailboxes(path, mailboxManager, session.mailboxSession())
            .flatMap(below -> Mono.error(below.isEmpty() ? missing
                : session.refusal(Failure.NOT_SUPPORTED, new ResponseCode.Plain("HASCHILDREN"), "there are mailboxes below that name")));
    }
}
