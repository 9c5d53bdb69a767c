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
package io.jamesext.dmap.mail;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxNameException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/** Opens mailboxes for commands that change them, where James's rights allow that. */
public final class Access {
    private final MailboxManager mailboxManager;

    /** To James's mailboxes. */
    public Access(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    /** A mailbox in which the user has these rights; fails where it is not there, or the user has not. */
    public Mono<MessageManager> open(MailboxPath path, MailboxSession user, Right... needed) {
        return Mono.from(mailboxManager.getMailboxReactive(path, user)).flatMap(mailbox -> require(mailbox, user, needed));
    }

    /** This mailbox, where the user has these rights. */
    public Mono<MessageManager> require(MessageManager mailbox, MailboxSession user, Right... needed) {
        return Mono.fromCallable(() -> {
            if (!mailboxManager.myRights(mailbox.getMailboxEntity(), user).contains(needed)) {
                throw new ProtocolException(Failure.NO_PERMISSION, "permission denied");
            }
            return mailbox;
        });
    }

    /**
     * Where APPEND, COPY and MOVE put messages. Draft sections 7.3.10 and 7.6.6: the refusal has the code TRYCREATE where the mailbox is
     * not there and could be made.
     */
    public Mono<MessageManager> target(String name, DmapSession session) {
        MailboxSession user = session.mailboxSession();
        MailboxPath path = MailboxNames.path(name, user);
        return open(path, user, Right.Insert).onErrorMap(MailboxNotFoundException.class, missing -> creatable(path, user)
            ? session.refusal(Failure.NO_SUCH_MAILBOX, new ResponseCode.Plain("TRYCREATE"), "no such mailbox")
            : new ProtocolException(Failure.BAD_MAILBOX_NAME, "not a possible mailbox name"));
    }

    private static boolean creatable(MailboxPath path, MailboxSession user) {
        try {
            path.assertAcceptable(user.getPathDelimiter());
            return true;
        } catch (MailboxNameException e) {
            return false;
        }
    }
}
