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
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.lemonade.imap.folder.FolderSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** RENAME of INBOX: its messages move to a new mailbox, and it stays, with the mailboxes below it. RFC 3501 section 6.3.5. */
final class RenameInbox {
    private final MailboxManager mailboxManager;

    RenameInbox(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    Mono<Void> run(MailboxPath to, FolderSession session) {
        MailboxPath inbox = MailboxPath.inbox(session.mailbox());
        return Mono.from(mailboxManager.createMailboxReactive(to, session.mailbox()))
            .switchIfEmpty(Mono.error(() -> new MailboxExistsException(to.asString())))
            .then(copyAnnotations(inbox, to, session))
            .thenMany(Flux.from(mailboxManager.moveMessagesReactive(MessageRange.all(), inbox, to, session.mailbox())))
            .then();
    }

    /** RFC 5464 section 4.1: the annotations of INBOX are copied; what it is for is its own. */
    private Mono<Void> copyAnnotations(MailboxPath inbox, MailboxPath to, FolderSession session) {
        return Flux.from(mailboxManager.getAllAnnotationsReactive(inbox, session.mailbox()))
            .filter((MailboxAnnotation annotation) -> !annotation.getKey().equals(SpecialUse.KEY))
            .collectList()
            .flatMap(annotations -> Mono.from(mailboxManager.updateAnnotationsReactive(to, session.mailbox(), annotations)));
    }
}
