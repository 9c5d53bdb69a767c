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
package io.jamesext.ximss.op.folder;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.reactivestreams.Publisher;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.Folder;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.folder.MessageSet;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Copies messages of a folder to a mailbox, or moves them. XIMSS, "Mailbox Operations", messageCopy and messageMove.
 *
 * <pre>{@code
 * <messageCopy id="" folder="" targetMailbox="" mailboxClass=""? encrypt="yes"?> (UID | index)+ </messageCopy>
 * }</pre>
 */
public final class MessageCopy implements XimssOperation<MessageCopy.Request> {
    /** The attributes and the messages. */
    public record Request(String folder, String targetMailbox, Optional<String> mailboxClass, MessageSet messages) {
        static Request parse(Element element) {
            if (element.flag("encrypt", "yes")) {
                // TODO "Secure Messaging": encrypt needs the user's certificate.
                throw new ProtocolException(Failure.NOT_SUPPORTED, "messages cannot be encrypted here");
            }
            return new Request(element.required("folder"), element.required("targetMailbox"), element.attribute("mailboxClass"),
                MessageSet.parse(element));
        }
    }

    /** What James does with a range. */
    private interface Transfer {
        Publisher<MessageRange> apply(MessageRange range, MailboxId from, MailboxId to, MailboxSession session);
    }

    private final String name;
    private final Transfer transfer;
    /** RFC 4314 section 4, at the mailbox that the messages are in. */
    private final Set<Right> rights;
    private final Mailboxes mailboxes;

    private MessageCopy(String name, Transfer transfer, Set<Right> rights, Mailboxes mailboxes) {
        this.name = name;
        this.transfer = transfer;
        this.rights = rights;
        this.mailboxes = mailboxes;
    }

    /** The messages stay where they are, too. */
    public static MessageCopy copy(MailboxManager mailboxManager, Mailboxes mailboxes) {
        return new MessageCopy("messageCopy", mailboxManager::copyMessagesReactive, EnumSet.of(Right.Read), mailboxes);
    }

    /** The messages leave their mailbox when they have been copied. */
    public static MessageCopy move(MailboxManager mailboxManager, Mailboxes mailboxes) {
        return new MessageCopy("messageMove", mailboxManager::moveMessagesReactive,
            EnumSet.of(Right.Read, Right.DeleteMessages, Right.PerformExpunge), mailboxes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        Folder folder = session.folder(request.folder);
        MessageManager source = folder.mailbox();
        List<MessageRange> messages = request.messages.messages(folder.view());
        return mailboxes.require(rights, source, mailboxSession)
            .then(mailboxes.find(request.targetMailbox, request.mailboxClass, mailboxSession))
            .flatMap(target -> mailboxes.require(Set.of(Right.Insert), target, mailboxSession).thenReturn(target))
            .filter(target -> !target.getId().equals(source.getId()))
            // On Cassandra James knows a message once in a mailbox: the second would take the place of the first.
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.CONFLICT, "the messages are in that mailbox")))
            .flatMapMany(target -> Flux.fromIterable(messages)
                .concatMap(range -> transfer.apply(range, source.getId(), target.getId(), mailboxSession))
                .concatMap(taken -> mailboxes.restrictFlags(taken, target, mailboxSession)))
            .thenMany(Flux.empty());
    }
}
