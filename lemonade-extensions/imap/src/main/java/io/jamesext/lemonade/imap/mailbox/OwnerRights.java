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

package io.jamesext.lemonade.imap.mailbox;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxACL.Right;

import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import reactor.core.publisher.Mono;

/**
 * What a mailbox's ACL leaves to its owner: an operator may have taken rights away. James lets the owner create, delete and rename all the
 * same.
 */
final class OwnerRights {
    private OwnerRights() {
    }

    /** Fails unless the owner has the right. RFC 4314 section 4. */
    static Mono<Void> require(Right right, MessageManager mailbox, FolderSession session, MailboxManager mailboxManager) {
        return Mono.fromCallable(() -> mailboxManager.hasRight(mailbox.getMailboxEntity(), right, session.mailbox()))
            .flatMap(granted -> granted ? Mono.empty()
                : Mono.error(new RefusedException("NOPERM", "The mailbox's ACL does not permit that.")));
    }
}
