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
package io.jamesext.lemonade.imap.select;

import java.util.Objects;

import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL.Right;

import io.jamesext.lemonade.imap.folder.RefusedException;
import reactor.core.publisher.Mono;

/** The selected mailbox, for commands that read its messages. */
public final class ReadableMailbox {
    private ReadableMailbox() {
    }

    /**
     * That mailbox as it is now. RFC 4314 section 4: who may not read it any more is refused; fails with {@link RefusedException} then, and
     * where somebody has deleted it.
     */
    public static Mono<MessageManager> of(ImapSession session, MailboxManager mailboxes) {
        SelectedFolder folder = Objects.requireNonNull(SelectedFolder.of(session));
        return Mono.from(mailboxes.getMailboxReactive(folder.getMailboxId(), session.getMailboxSession()))
            .onErrorMap(MailboxNotFoundException.class, e -> new RefusedException("NONEXISTENT", "The mailbox is gone."))
            .flatMap(mailbox -> Mono.fromCallable(() -> {
                if (!mailboxes.hasRight(mailbox.getMailboxEntity(), Right.Read, session.getMailboxSession())) {
                    throw new RefusedException("NOPERM", "You may not read the mailbox any more.");
                }
                return mailbox;
            }));
    }
}
