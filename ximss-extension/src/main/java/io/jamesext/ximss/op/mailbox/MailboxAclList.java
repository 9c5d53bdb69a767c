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

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxACL.Right;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.folder.AccessRights;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.MailboxAcl;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Shows the access control list of a mailbox to who may administer it: RFC 4314 section 4. XIMSS, "Mailbox Management", mailboxACLList.
 *
 * <pre>{@code <mailboxACLList id="" mailbox="" />}</pre>
 */
public final class MailboxAclList implements XimssOperation<MailboxAclList.Request> {
    /** The attributes. */
    public record Request(String mailbox) {
    }

    private final Mailboxes mailboxes;

    /** On James's mailboxes. */
    public MailboxAclList(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @Override
    public String name() {
        return "mailboxACLList";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("mailbox"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        return mailboxes.find(request.mailbox, mailboxSession)
            .flatMap(mailbox -> mailboxes.require(Set.of(Right.Administer), mailbox, mailboxSession)
                .then(Blocking.call(() -> elements(mailbox, mailboxSession))))
            .map(elements -> new MailboxAcl(request.mailbox, elements))
            .flux();
    }

    private static Map<String, String> elements(MessageManager mailbox, MailboxSession session) throws Exception {
        Map<String, String> elements = new TreeMap<>();
        mailbox.getMailboxEntity().getACL().getEntries()
            .forEach((key, rights) -> elements.put(AclPattern.text(key, session), AccessRights.text(rights)));
        return elements;
    }
}
