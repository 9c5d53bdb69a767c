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
import java.util.Map;
import java.util.Optional;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MessageResult;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.mail.FieldText;
import io.jamesext.ximss.mail.MailHeader;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.submit.Envelope;
import io.jamesext.ximss.submit.Submission;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends a message of a folder on: as it is, or as an attachment of a message from the user. XIMSS, "Message Operations", messageRedirect
 * and messageForward. The message gets the flag Redirected, where the user may set it.
 *
 * <pre>{@code <messageRedirect id="" folder="" UID=""> <To realName=""?>address</To>+ </messageRedirect>}</pre>
 */
public final class MessageRedirect implements XimssOperation<MessageRedirect.Request> {
    /** The attributes and the body. */
    public record Request(String folder, long uid, List<Element> to) {
        static Request parse(Element element) {
            return new Request(element.required("folder"), Element.number("UID", element.required("UID")),
                element.elements("To").collect(ImmutableList.toImmutableList()));
        }

        Envelope envelope(Username user, MailAddress sender) {
            return new Envelope(user, Optional.of(sender),
                to.stream().map(address -> Envelope.address(address.text())).toList(), false);
        }
    }

    private interface Sending {
        Mono<Void> send(Request request, MessageResult message, Envelope envelope);
    }

    private final String name;
    private final Sending sending;
    private final Composition composition;
    private final Submission submission;

    private MessageRedirect(String name, Sending sending, Composition composition, Submission submission) {
        this.name = name;
        this.sending = sending;
        this.composition = composition;
        this.submission = submission;
    }

    /** Header and body stay; who sends it on is said in front of them. */
    public static MessageRedirect redirect(Composition composition, Submission submission) {
        return new MessageRedirect("messageRedirect", (request, message, envelope) -> Blocking.run(() ->
            submission.send(envelope, composition.composer().redirected(StoredMessages.octets(message), request.to,
                sender(envelope), composition.clock().instant()))), composition, submission);
    }

    /** A new message with the old one in it. */
    public static MessageRedirect forward(Composition composition, Submission submission) {
        return new MessageRedirect("messageForward", (request, message, envelope) ->
            Mono.usingWhen(Blocking.call(() -> forwarding(request, message, sender(envelope)))
                    .flatMap(email -> composition.compose(email, copyMime -> StoredMessages.octets(message))),
                composed -> Blocking.run(() -> submission.send(envelope, composed.octets())),
                composed -> Blocking.run(composed::close)), composition, submission);
    }

    private static String sender(Envelope envelope) {
        return envelope.sender().orElseThrow().asString();
    }

    private static Element forwarding(Request request, MessageResult message, String user) throws Exception {
        String subject = MailHeader.read(message.getHeaders().getInputStream()).first("Subject").map(FieldText::text).orElse("");
        return Element.of("EMail", Map.of(), ImmutableList.<Element>builder()
            .add(Element.text("From", user))
            .addAll(request.to)
            .add(Element.text("Subject", "Fwd: " + subject))
            .add(Element.of("MIME", Map.of("type", "multipart", "subtype", "mixed"), List.of(Element.of("copyMIME", Map.of(), List.of()))))
            .build());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Request read(Element element) {
        Request request = Request.parse(element);
        if (request.to.isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "there is no recipient");
        }
        return request;
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MessageManager mailbox = session.folder(request.folder).mailbox();
        StoredMessages messages = composition.messages();
        Username user = session.mailboxSession().getUser();
        return messages.find(mailbox, request.uid, session.mailboxSession())
            .flatMap(message -> Blocking.call(() -> submission.address(user))
                .flatMap(address -> sending.send(request, message, request.envelope(user, address))))
            .then(messages.mark(mailbox, request.uid, "Redirected", session.mailboxSession()))
            .thenMany(Flux.empty());
    }
}
