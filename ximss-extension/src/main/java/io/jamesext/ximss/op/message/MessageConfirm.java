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

import java.util.List;
import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MessageResult;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.mail.Confirmation;
import io.jamesext.ximss.mail.MailHeader;
import io.jamesext.ximss.mail.MessageFlags;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.submit.Envelope;
import io.jamesext.ximss.submit.Submission;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Tells the sender of a message that it was displayed, if the message asks for that. XIMSS, "Message Operations", messageConfirm. The
 * message gets the flag MDNSent, where the user may set it; one that has it is not confirmed again.
 *
 * <pre>{@code <messageConfirm id="" folder="" UID="" type="auto|manual" />}</pre>
 */
public final class MessageConfirm implements XimssOperation<MessageConfirm.Request> {
    private static final String FLAG = "MDNSent";

    /** The attributes. */
    public record Request(String folder, long uid, boolean automatic) {
        static Request parse(Element element) {
            String type = element.required("type");
            if (!List.of("auto", "manual").contains(type)) {
                throw new ProtocolException(Failure.SYNTAX, "the type of a confirmation is auto or manual");
            }
            return new Request(element.required("folder"), Element.number("UID", element.required("UID")), type.equals("auto"));
        }
    }

    private final StoredMessages messages;
    private final Composition composition;
    private final Submission submission;

    /** On James's mailboxes and queue. */
    public MessageConfirm(Composition composition, Submission submission) {
        this.messages = composition.messages();
        this.composition = composition;
        this.submission = submission;
    }

    @Override
    public String name() {
        return "messageConfirm";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MessageManager mailbox = session.folder(request.folder).mailbox();
        return messages.find(mailbox, request.uid, session.mailboxSession())
            .flatMap(message -> Blocking.run(() -> confirm(message, request.automatic, session.mailboxSession().getUser())))
            .then(messages.mark(mailbox, request.uid, FLAG, session.mailboxSession()))
            .thenMany(Flux.empty());
    }

    private void confirm(MessageResult message, boolean automatic, Username user) throws Exception {
        if (MessageFlags.Update.parse(FLAG).matches(MessageFlags.of(message.getFlags()))) {
            throw new ProtocolException(Failure.CONFLICT, "the message has been confirmed before");
        }
        MailHeader header = MailHeader.read(message.getHeaders().getInputStream());
        Confirmation confirmation = new Confirmation(composition.composer().host(), submission.address(user).asString(), automatic);
        List<String> recipients = confirmation.recipients(header);
        // RFC 8098 section 3: nobody answers it.
        Envelope envelope = new Envelope(user, Optional.empty(), recipients.stream().map(Envelope::address).toList(), false);
        submission.send(envelope, confirmation.compose(header, recipients, composition.clock().instant()));
    }
}
