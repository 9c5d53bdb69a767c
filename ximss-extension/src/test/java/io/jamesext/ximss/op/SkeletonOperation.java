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
package io.jamesext.ximss.op;

import org.apache.james.mailbox.MailboxManager;

import io.jamesext.ximss.folder.MailboxNames;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * To copy: one sentence on what the operation does. XIMSS, "Chapter", verb.
 *
 * <pre>{@code <verb id="" mailbox="" />}</pre>
 *
 * <p>Then: a line in XimssOperations, {@code transcripts/<verb>.txt}, and the README's status row; OperationsTest asks for all three.
 */
public final class SkeletonOperation implements XimssOperation<SkeletonOperation.Request> {
    /** The attributes. */
    public record Request(String mailbox) {
        static Request parse(Element element) {
            return new Request(element.required("mailbox"));
        }
    }

    private final MailboxManager mailboxManager;

    /** Exactly the services that are used. */
    public SkeletonOperation(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    @Override
    public String name() {
        return "verb";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return Mono.from(mailboxManager.getMailboxReactive(MailboxNames.path(request.mailbox, session.mailboxSession()),
                session.mailboxSession()))
            .thenMany(Flux.empty());
    }
}
