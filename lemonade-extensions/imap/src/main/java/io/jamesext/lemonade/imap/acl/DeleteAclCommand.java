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

import java.util.function.Consumer;

import org.apache.james.core.Username;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.DeleteACLRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.ACLCommand;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import reactor.core.publisher.Mono;

/** DELETEACL: takes all rights from an identifier. RFC 4314 section 3.2: {@code deleteacl = "DELETEACL" SP mailbox SP identifier}. */
public final class DeleteAclCommand implements FolderCommand<DeleteACLRequest> {
    private final MailboxManager mailboxManager;

    public DeleteAclCommand(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    /** Reads the arguments. */
    public static DeleteACLRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        String name = arguments.mailbox();
        arguments.space();
        return new DeleteACLRequest(tag, name, Identifier.checked(arguments.astring()));
    }

    @Override
    public Class<DeleteACLRequest> request() {
        return DeleteACLRequest.class;
    }

    @Override
    public Mono<String> run(DeleteACLRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Administered.mailbox(request.getMailboxName(), session, mailboxManager)
            .flatMap(mailbox -> Mono.fromCallable(() -> command(request, mailbox))
                .flatMap(command -> Mono.fromCallable(() -> mailbox.getMailboxEntity().generateAssociatedPath())
                    .flatMap(path -> Mono.from(mailboxManager.applyRightsCommandReactive(path, command, session.mailbox())))))
            .then(Mono.empty());
    }

    private static ACLCommand command(DeleteACLRequest request, MessageManager mailbox) throws Exception {
        Username owner = mailbox.getMailboxEntity().getUser();
        EntryKey key = Identifier.key(request.getIdentifier(), owner);
        Identifier.refuseOwner(key, owner, request.getCommand());
        return MailboxACL.command().key(key).noRights().asReplacement();
    }
}
