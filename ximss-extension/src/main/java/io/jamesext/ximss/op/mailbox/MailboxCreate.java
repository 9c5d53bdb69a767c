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

import java.util.Optional;

import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Makes a mailbox. XIMSS, "Mailbox Management", mailboxCreate.
 *
 * <pre>{@code <mailboxCreate id="" mailbox="" mailboxClass=""? />}</pre>
 */
public final class MailboxCreate implements XimssOperation<MailboxCreate.Request> {
    /** The attributes. */
    public record Request(String mailbox, Optional<String> mailboxClass) {
    }

    private final Mailboxes mailboxes;

    /** On James's mailboxes. */
    public MailboxCreate(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @Override
    public String name() {
        return "mailboxCreate";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("mailbox"), element.attribute("mailboxClass"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return mailboxes.create(request.mailbox, request.mailboxClass, session.mailboxSession()).thenMany(Flux.empty());
    }
}
