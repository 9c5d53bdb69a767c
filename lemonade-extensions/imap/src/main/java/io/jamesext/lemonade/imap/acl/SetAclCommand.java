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

import java.util.List;
import java.util.function.Consumer;

import org.apache.james.core.Username;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.SetACLRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.ACLCommand;
import org.apache.james.mailbox.model.MailboxACL.EditMode;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import reactor.core.publisher.Mono;

/**
 * SETACL: gives an identifier rights, or takes them. RFC 4314 section 3.1:
 * {@code setacl = "SETACL" SP mailbox SP identifier SP mod-rights}.
 */
public final class SetAclCommand implements FolderCommand<SetACLRequest> {
    private final MailboxManager mailboxManager;

    public SetAclCommand(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    /** Reads the arguments. */
    public static SetACLRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        String name = arguments.mailbox();
        arguments.space();
        String identifier = Identifier.checked(arguments.astring());
        arguments.space();
        String rights = arguments.astring();
        RightsText.parse(withoutMode(rights));
        return new SetACLRequest(tag, name, identifier, rights);
    }

    private static EditMode mode(String rights) {
        if (rights.startsWith("+")) {
            return EditMode.ADD;
        }
        return rights.startsWith("-") ? EditMode.REMOVE : EditMode.REPLACE;
    }

    private static String withoutMode(String rights) {
        return mode(rights) == EditMode.REPLACE ? rights : rights.substring(1);
    }

    @Override
    public Class<SetACLRequest> request() {
        return SetACLRequest.class;
    }

    @Override
    public List<Capability> capabilities() {
        // RFC 4314 section 5.1.1: the rights that RFC 2086 has not.
        return List.of(ImapConstants.SUPPORTS_ACL, Capability.of("RIGHTS=texk"));
    }

    @Override
    public Mono<String> run(SetACLRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Administered.mailbox(request.getMailboxName(), session, mailboxManager)
            .flatMap(mailbox -> Mono.fromCallable(() -> command(request, mailbox))
                .flatMap(command -> path(mailbox)
                    .flatMap(path -> Mono.from(mailboxManager.applyRightsCommandReactive(path, command, session.mailbox())))))
            .then(Mono.empty());
    }

    private static Mono<MailboxPath> path(MessageManager mailbox) {
        return Mono.fromCallable(() -> mailbox.getMailboxEntity().generateAssociatedPath());
    }

    private static ACLCommand command(SetACLRequest request, MessageManager mailbox) throws Exception {
        Username owner = mailbox.getMailboxEntity().getUser();
        EntryKey key = Identifier.key(request.getIdentifier(), owner);
        Identifier.refuseOwner(key, owner, request.getCommand());
        return MailboxACL.command()
            .key(key)
            .mode(mode(request.getRights()))
            .rights(RightsText.parse(withoutMode(request.getRights())))
            .build();
    }
}
