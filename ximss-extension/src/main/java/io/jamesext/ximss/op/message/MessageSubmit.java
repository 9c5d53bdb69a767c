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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.james.core.MailAddress;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxACL.Right;

import com.google.common.base.Ascii;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.mail.ComposedMessage;
import io.jamesext.ximss.mail.Protection;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.submit.Envelope;
import io.jamesext.ximss.submit.Submission;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Node;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Composes a message and sends it. XIMSS, "Message Operations", messageSubmit. A copy goes into a mailbox first, so that there is none of
 * a message that could not be sent, and none is missing of one that was.
 *
 * <pre>{@code
 * <messageSubmit id="" useDSN="yes"? (targetMailbox="" mailboxClass=""? flags=""? internalDate=""?)?>
 *   <Envelope-To>address</Envelope-To>* <EMail>...</EMail> </messageSubmit>
 * }</pre>
 */
public final class MessageSubmit implements XimssOperation<MessageSubmit.Request> {
    /** Each has a message of its own that is encrypted, and all of them are made before the first is sent. */
    private static final int MAX_HIDDEN = 20;

    /**
     * The attributes and the body.
     *
     * @param targetMailbox where a copy goes
     * @param audiences whom one message is for: all recipients, but for those in Bcc of an encrypted one
     * @param email the message, without Bcc
     */
    public record Request(boolean useDsn, Optional<String> targetMailbox, Optional<String> mailboxClass, Composition.Storing storing,
                          List<List<MailAddress>> audiences, Element email) {
        static Request parse(Element element) {
            List<Element> emails = element.elements("EMail").toList();
            if (emails.size() != 1) {
                throw new ProtocolException(Failure.SYNTAX, "one EMail element is needed");
            }
            Element email = emails.get(0);
            List<Element> envelope = element.elements("Envelope-To").toList();
            return new Request(element.attribute("useDSN").equals(Optional.of("yes")), element.attribute("targetMailbox"),
                element.attribute("mailboxClass"), Composition.Storing.parse(element),
                audiences(envelope.isEmpty() ? Envelope.recipients(email)
                    : envelope.stream().map(address -> Envelope.address(address.text())).toList(), email), withoutBcc(email));
        }

        /**
         * RFC 5322 section 3.6.3: nobody sees who is in Bcc. As an encrypted message says for whom it is (RFC 5652 section 6.2), each of
         * them gets one that is encrypted for nobody else.
         */
        private static List<List<MailAddress>> audiences(List<MailAddress> recipients, Element email) {
            Set<MailAddress> hidden = new HashSet<>();
            if (Protection.ofTopmost(email).encrypts()) {
                fields(email, "Bcc").forEach(field -> hidden.add(Envelope.address(field.text())));
                Stream.of("To", "Cc").flatMap(name -> fields(email, name)).forEach(field -> hidden.remove(Envelope.address(field.text())));
            }
            List<MailAddress> open = recipients.stream().filter(address -> !hidden.contains(address)).toList();
            List<MailAddress> blind = recipients.stream().filter(hidden::contains).distinct().toList();
            if (blind.size() > MAX_HIDDEN) {
                throw new ProtocolException(Failure.TOO_BIG, "an encrypted message with more than " + MAX_HIDDEN + " recipients in Bcc");
            }
            return Stream.concat(Stream.of(open).filter(all -> !all.isEmpty() || blind.isEmpty()), blind.stream().map(List::of)).toList();
        }

        /** Of the message, and of that in an encrypted one. */
        private static Element withoutBcc(Element email) {
            boolean isEncrypted = Protection.ofTopmost(email).encrypts();
            return Element.of(email.name(), email.attributes(), bare(email)
                .map(node -> isEncrypted && node instanceof Element inner && inner.name().equals("EMail")
                    ? Element.of(inner.name(), inner.attributes(), bare(inner).toList()) : node)
                .toList());
        }

        private static Stream<Node> bare(Element email) {
            return email.body().stream().filter(node -> !(node instanceof Element field && isField(field, "Bcc")));
        }

        /** Who a message says it is from: an encrypted one, in the message within too. */
        private static Stream<Element> senders(Element email) {
            Stream<Element> messages = Protection.ofTopmost(email).encrypts() ? Stream.concat(Stream.of(email), email.elements("EMail"))
                : Stream.of(email);
            return messages.flatMap(message -> Stream.of("From", "Sender").flatMap(field -> fields(message, field)));
        }
    }

    private final Mailboxes mailboxes;
    private final Composition composition;
    private final Submission submission;

    /** On James's mailboxes and queue. */
    public MessageSubmit(Mailboxes mailboxes, Composition composition, Submission submission) {
        this.mailboxes = mailboxes;
        this.composition = composition;
        this.submission = submission;
    }

    @Override
    public String name() {
        return "messageSubmit";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return Blocking.call(() -> submission.address(session.mailboxSession().getUser()))
            .flatMapMany(user -> submit(request, withSender(request.email, user), session));
    }

    private Flux<DataMessage> submit(Request request, Element email, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        List<MailAddress> senders = Request.senders(email)
            .map(field -> Envelope.address(field.text()))
            .toList();
        List<Envelope> envelopes = request.audiences.stream()
            .map(readers -> new Envelope(mailboxSession.getUser(), Optional.of(senders.get(0)), readers, request.useDsn)).toList();
        Submitting submitting = new Submitting(request, envelopes.size() > 1 ? composition.withId(email) : email, envelopes, session);
        return Blocking.run(() -> submission.requireOwn(senders, mailboxSession.getUser()))
            .then(Mono.defer(() -> submit(submitting, List.of())))
            .thenMany(Flux.empty());
    }

    private record Submitting(Request request, Element email, List<Envelope> envelopes, XimssSession session) {
    }

    /** Makes the messages one after the other, and sends them when there are all. */
    private Mono<Void> submit(Submitting submitting, List<ComposedMessage> made) {
        if (made.size() == submitting.envelopes.size()) {
            return send(submitting, made);
        }
        Envelope envelope = submitting.envelopes.get(made.size());
        return Mono.usingWhen(composition.compose(submitting.email, submitting.session, envelope::recipients),
            message -> submit(submitting, Stream.concat(made.stream(), Stream.of(message)).toList()),
            message -> Blocking.run(message::close));
    }

    private Mono<Void> send(Submitting submitting, List<ComposedMessage> made) {
        return copied(submitting.request, made.get(0), submitting.session.mailboxSession())
            .flatMap(undo -> Blocking.run(() -> submission.send(submitting.envelopes.get(0), made.get(0).octets()))
                .onErrorResume(e -> undo.then(Mono.error(e))))
            .then(Flux.range(1, made.size() - 1)
                .concatMap(i -> Blocking.run(() -> submission.send(submitting.envelopes.get(i), made.get(i).octets())))
                .then());
    }

    /** Stores the copy, if one is wanted; gives what takes it away again. */
    private Mono<Mono<Void>> copied(Request request, ComposedMessage message, MailboxSession session) {
        if (request.targetMailbox.isEmpty()) {
            return Mono.just(Mono.empty());
        }
        return mailboxes.find(request.targetMailbox.get(), request.mailboxClass, session)
            .flatMap(mailbox -> mailboxes.require(Set.of(Right.Insert), mailbox, session)
                .then(mailboxes.settableFlags(mailbox, session))
                .flatMap(settable -> composition.append(message, request.storing, settable, session))
                .flatMap(append -> Mono.from(mailbox.appendMessageReactive(append, session)))
                .map(appended -> mailbox.deleteReactive(List.of(appended.getId().getUid()), session)));
    }

    /** From whom it is, if the client does not say. */
    private static Element withSender(Element email, MailAddress user) {
        if (fields(email, "From").findAny().isPresent()) {
            return email;
        }
        List<Node> body = new ArrayList<>(email.body());
        body.add(0, Element.text("From", user.asString()));
        return Element.of(email.name(), email.attributes(), body);
    }

    private static Stream<Element> fields(Element email, String name) {
        return email.elements().filter(element -> isField(element, name));
    }

    private static boolean isField(Element element, String name) {
        return Ascii.equalsIgnoreCase(element.name(), name);
    }
}
