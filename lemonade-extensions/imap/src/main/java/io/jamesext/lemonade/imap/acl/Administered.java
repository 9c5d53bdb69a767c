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

package io.jamesext.lemonade.imap.acl;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxACL.Right;

import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import reactor.core.publisher.Mono;

/** Finds the mailbox of a command that needs the right "a". RFC 4314 section 4. */
final class Administered {
    private Administered() {
    }

    /**
     * The mailbox. RFC 4314 section 6: one that the user cannot see is answered as one that is not there, which is what James does without
     * the right "l".
     */
    static Mono<MessageManager> mailbox(String name, FolderSession session, MailboxManager mailboxManager) {
        return Mono.fromCallable(() -> session.names().path(name))
            .flatMap(path -> Mono.from(mailboxManager.getMailboxReactive(path, session.mailbox())))
            .flatMap(mailbox -> Mono.fromCallable(() -> {
                boolean own = session.names().own(mailbox.getMailboxEntity().generateAssociatedPath());
                if (!own && !mailboxManager.hasRight(mailbox.getMailboxEntity(), Right.Administer, session.mailbox())) {
                    throw new RefusedException("NOPERM", "Not permitted.");
                }
                return mailbox;
            }));
    }
}
