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

import java.util.Optional;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;

import io.jamesext.ximss.folder.EncryptedTransfers;
import io.jamesext.ximss.folder.Folder;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.folder.MessageSet;
import io.jamesext.ximss.folder.Transfers;
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
    public record Request(String folder, String targetMailbox, Optional<String> mailboxClass, boolean encrypt, MessageSet messages) {
        static Request parse(Element element) {
            return new Request(element.required("folder"), element.required("targetMailbox"), element.attribute("mailboxClass"),
                element.flag("encrypt", "yes"), MessageSet.parse(element));
        }
    }

    private interface Transfer {
        Mono<Void> apply(Transfers.Source source, Mono<MessageManager> target, MailboxSession session);
    }

    private final String name;
    private final Transfer transfer;
    private final Transfer encryption;
    private final Mailboxes mailboxes;

    private MessageCopy(String name, Transfer transfer, Transfer encryption, Mailboxes mailboxes) {
        this.name = name;
        this.transfer = transfer;
        this.encryption = encryption;
        this.mailboxes = mailboxes;
    }

    /** The messages stay where they are, too. */
    public static MessageCopy copy(Transfers transfers, EncryptedTransfers encrypted, Mailboxes mailboxes) {
        return new MessageCopy("messageCopy", transfers::copy, encrypted::copy, mailboxes);
    }

    /** The messages leave their mailbox when they have been copied. */
    public static MessageCopy move(Transfers transfers, EncryptedTransfers encrypted, Mailboxes mailboxes) {
        return new MessageCopy("messageMove", transfers::move, encrypted::move, mailboxes);
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
        Folder folder = session.folder(request.folder);
        Transfers.Source source = new Transfers.Source(folder.mailbox(), request.messages.messages(folder.view()));
        Mono<MessageManager> target = mailboxes.find(request.targetMailbox, request.mailboxClass, session.mailboxSession());
        return (request.encrypt ? encryption : transfer).apply(source, target, session.mailboxSession()).thenMany(Flux.empty());
    }
}
