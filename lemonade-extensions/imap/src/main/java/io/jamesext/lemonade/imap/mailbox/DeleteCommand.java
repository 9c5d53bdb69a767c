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

import java.util.function.Consumer;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.DeleteRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.folder.Subtree;
import io.jamesext.lemonade.imap.folder.Untagged;
import reactor.core.publisher.Mono;

/**
 * DELETE: removes a mailbox and its messages, not the mailboxes below it, nor the subscription to it. RFC 3501 section 6.3.4:
 * {@code delete = "DELETE" SP mailbox}.
 */
public final class DeleteCommand implements FolderCommand<DeleteRequest> {
    private final MailboxManager mailboxManager;

    public DeleteCommand(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    /** Reads the arguments. */
    public static DeleteRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        return new DeleteRequest(arguments.mailbox(), tag);
    }

    @Override
    public Class<DeleteRequest> request() {
        return DeleteRequest.class;
    }

    @Override
    public Mono<String> run(DeleteRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Mono.fromCallable(() -> session.names().path(request.getMailboxName()))
            .flatMap(path -> delete(path, session));
    }

    private Mono<String> delete(MailboxPath path, FolderSession session) {
        if (!session.names().own(path)) {
            // One that the user cannot see is not there; James lets only the owner delete the others.
            return Mono.from(mailboxManager.getMailboxReactive(path, session.mailbox()))
                .flatMap(seen -> Mono.error(new RefusedException("NOPERM", "Only its owner can do that.")));
        }
        if (path.getName().equals(ImapConstants.INBOX_NAME)) {
            return Mono.error(new RefusedException("CANNOT", "INBOX cannot be deleted."));
        }
        return Mono.from(mailboxManager.getMailboxReactive(path, session.mailbox()))
            .flatMap(mailbox -> OwnerRights.require(Right.DeleteMailbox, mailbox, session, mailboxManager))
            .then(Mono.defer(() -> mailboxManager.deleteMailboxReactive(path, session.mailbox())))
            .onErrorResume(MailboxNotFoundException.class, e -> explain(path, session, e))
            .then(Mono.empty());
    }

    /** RFC 3501 section 6.3.4: it is an error to delete a name that has inferiors and is no mailbox, and one that is neither. */
    private Mono<Void> explain(MailboxPath path, FolderSession session, MailboxNotFoundException missing) {
        return Subtree.mailboxes(path, session, mailboxManager)
            .flatMap(inferiors -> Mono.error(inferiors.isEmpty() ? missing
                : new RefusedException("HASCHILDREN", "The name has inferior hierarchical names.")));
    }
}
