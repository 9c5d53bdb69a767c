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
package io.jamesext.ximss.op.message;

import java.io.InputStream;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.mail.EmailReader;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.FolderMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives a message, or a part of one, as XML. XIMSS, "Message Operations", folderRead. It changes no flag.
 *
 * <pre>{@code <folderRead id="" folder="" UID="" partID=""? mode="replyFrom|replyAll"? totalSizeLimit=""? />}</pre>
 */
public final class FolderRead implements XimssOperation<FolderRead.Request> {
    /** The text of one message that is kept in memory, however much the client allows. */
    private static final long MAX_TEXT_BYTES = 4L * 1024 * 1024;

    /** The attributes. */
    public record Request(String folder, long uid, Optional<String> partId, long totalSizeLimit) {
        static Request parse(Element element) {
            if (element.attribute("mode").isPresent()) {
                // TODO "Message Operations", folderRead: replyFrom and replyAll compose a reply.
                throw new ProtocolException(Failure.NOT_SUPPORTED, "folderRead has no modes here");
            }
            return new Request(element.required("folder"), Element.number("UID", element.required("UID")), element.attribute("partID"),
                Math.min(element.number("totalSizeLimit").orElse(MAX_TEXT_BYTES), MAX_TEXT_BYTES));
        }
    }

    private final Mailboxes mailboxes;
    private final ZoneId zone;

    /** On James's mailboxes, with the time zone of local times. */
    public FolderRead(Mailboxes mailboxes, ZoneId zone) {
        this.mailboxes = mailboxes;
        this.zone = zone;
    }

    @Override
    public String name() {
        return "folderRead";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        MessageRange message = MessageRange.one(MessageUid.of(Math.max(request.uid, 1)));
        MessageManager mailbox = session.folder(request.folder).mailbox();
        return mailboxes.require(Set.of(Right.Read), mailbox, mailboxSession)
            .thenMany(Flux.defer(() -> mailbox.getMessagesReactive(message, FetchGroup.FULL_CONTENT, mailboxSession)))
            .next()
            .filter(found -> found.getUid().asLong() == request.uid)
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such message")))
            .flatMap(found -> Blocking.call(() -> show(request, found)))
            .flux();
    }

    private FolderMessage show(Request request, MessageResult message) throws Exception {
        try (InputStream content = message.getFullContent().getInputStream()) {
            Element whole = EmailReader.read(content, request.partId.orElse(""), request.totalSizeLimit, zone);
            Element shown = request.partId.map(id -> part(whole, id)).orElse(whole);
            return new FolderMessage(request.folder, request.uid, request.partId, shown);
        }
    }

    private static Element part(Element whole, String id) {
        return whole.find(element -> element.attribute("partID").equals(Optional.of(id)))
            .orElseThrow(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such part"));
    }
}
