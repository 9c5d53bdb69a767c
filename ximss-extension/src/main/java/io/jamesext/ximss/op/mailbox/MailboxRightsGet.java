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

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.ximss.folder.AccessRights;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.MailboxRights;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Says what the user may do with a mailbox. XIMSS, "Mailbox Management", mailboxRightsGet.
 *
 * <pre>{@code <mailboxRightsGet id="" mailbox="" />}</pre>
 */
public final class MailboxRightsGet implements XimssOperation<MailboxRightsGet.Request> {
    /** The attributes. */
    public record Request(String mailbox) {
    }

    private final MailboxManager mailboxManager;
    private final Mailboxes mailboxes;

    /** On James's mailboxes. */
    public MailboxRightsGet(MailboxManager mailboxManager, Mailboxes mailboxes) {
        this.mailboxManager = mailboxManager;
        this.mailboxes = mailboxes;
    }

    @Override
    public String name() {
        return "mailboxRightsGet";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("mailbox"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        return mailboxes.find(request.mailbox, mailboxSession)
            .flatMap(mailbox -> Mono.from(mailboxManager.myRights(mailbox.getId(), mailboxSession)))
            .map(rights -> new MailboxRights(request.mailbox, AccessRights.text(rights)))
            .flux();
    }
}
