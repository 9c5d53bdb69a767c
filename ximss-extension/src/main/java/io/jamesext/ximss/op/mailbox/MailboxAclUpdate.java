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

import java.util.List;
import java.util.Set;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.ACLCommand;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxACL.Right;

import io.jamesext.ximss.folder.AccessRights;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes the access control list of a mailbox, for who may administer it (RFC 4314 section 4) and, James says, owns it. XIMSS,
 * "Mailbox Management", mailboxACLUpdate.
 *
 * <pre>{@code
 * <mailboxACLUpdate id="" mailbox=""> <aclElem pattern="" mode="add|sub|clear"?>rights</aclElem>* </mailboxACLUpdate>
 * }</pre>
 */
public final class MailboxAclUpdate implements XimssOperation<MailboxAclUpdate.Request> {
    /**
     * One aclElem.
     *
     * @param mode any but add, sub and clear, or none, replaces the rights
     */
    public record Update(String pattern, String mode, Rfc4314Rights rights) {
        static Update parse(Element element) {
            return new Update(element.required("pattern"), element.attribute("mode").orElse(""), AccessRights.parse(element.text()));
        }

        ACLCommand command(MailboxSession session) {
            ACLCommand.Builder command = MailboxACL.command().key(AclPattern.parse(pattern, session));
            return switch (mode) {
                case "add" -> command.rights(rights).asAddition();
                case "sub" -> command.rights(rights).asRemoval();
                case "clear" -> command.noRights().asReplacement();
                default -> command.rights(rights).asReplacement();
            };
        }
    }

    /** The attributes and the body. */
    public record Request(String mailbox, List<Update> updates) {
    }

    private final MailboxManager mailboxManager;
    private final Mailboxes mailboxes;

    /** On James's mailboxes. */
    public MailboxAclUpdate(MailboxManager mailboxManager, Mailboxes mailboxes) {
        this.mailboxManager = mailboxManager;
        this.mailboxes = mailboxes;
    }

    @Override
    public String name() {
        return "mailboxACLUpdate";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("mailbox"), Updates.of(element, "aclElem", Update::parse));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        // All patterns are read before the first of them is applied.
        List<ACLCommand> commands = request.updates.stream().map(update -> update.command(mailboxSession)).toList();
        return mailboxes.find(request.mailbox, mailboxSession)
            .flatMap(mailbox -> mailboxes.require(Set.of(Right.Administer), mailbox, mailboxSession).thenReturn(mailbox))
            .flatMapMany(mailbox -> Flux.fromIterable(commands)
                .concatMap(command -> Mono.fromCallable(mailbox::getMailboxPath)
                    .flatMap(path -> Mono.from(mailboxManager.applyRightsCommandReactive(path, command, mailboxSession)))))
            .thenMany(Flux.empty());
    }
}
