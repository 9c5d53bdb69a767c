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
package io.jamesext.dmap.mailet;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

import javax.mail.MessagingException;
import javax.mail.internet.AddressException;

import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.mailbox.model.Content;
import org.apache.james.server.core.MailHeaders;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.kernel.mailbox.Spool;

/** A DIME message as a mail of James's: behind its header, with the domains at both ends as attributes. */
public final class MailInTransit {
    /** The author's domain. */
    public static final AttributeName ORIGIN = AttributeName.of("dime.origin");
    /** The recipient's domain. */
    public static final AttributeName DESTINATION = AttributeName.of("dime.destination");
    /** True when the mail has arrived where somebody was told that it is ours, and has no sender any more who could be told otherwise. */
    private static final AttributeName ARRIVED = AttributeName.of("dime.arrived");
    /** Who the recipient is until somebody has opened the destination chunk. */
    private static final String UNRESOLVED = "postmaster";

    private MailInTransit() {
    }

    /** The attribute's text, if the mail has it. */
    public static Optional<String> attribute(Mail mail, AttributeName name) {
        return AttributeUtils.getValueAndCastFromMail(mail, name, String.class);
    }

    /** Whether the mail is one that {@link DimeDelivery} has to carry on. */
    public static boolean isOne(Mail mail) {
        return attribute(mail, ORIGIN).isPresent() && attribute(mail, DESTINATION).isPresent();
    }

    /** Whether {@link #arrived} was said of it. */
    static boolean hasArrived(Mail mail) {
        return mail.getAttribute(ARRIVED).isPresent();
    }

    /** Makes an ordinary mail to its recipient of it. */
    static void arrived(MailImpl mail, MailAddress recipient) {
        mail.setRecipients(List.of(recipient));
        mail.removeAttribute(ORIGIN);
        mail.removeAttribute(DESTINATION);
        mail.setSender((MailAddress) null);
        mail.setAttribute(new Attribute(ARRIVED, AttributeValue.of(true)));
    }

    /** What says where a mail comes from and where it goes. */
    public static List<Attribute> way(String origin, String destination) {
        return List.of(new Attribute(ORIGIN, AttributeValue.of(origin)), new Attribute(DESTINATION, AttributeValue.of(destination)));
    }

    /** Stands for the recipient, whom only the destination can read. */
    public static MailAddress unresolved(String destination) throws AddressException {
        return new MailAddress(UNRESOLVED, destination);
    }

    /** A mail from one domain to the other, still without the content. */
    public static MailImpl of(String origin, String destination) throws AddressException {
        return MailImpl.builder()
            .name(MailImpl.getId())
            .sender(MaybeSender.nullSender())
            .addRecipient(unresolved(destination))
            .addAttributes(way(origin, destination))
            .build();
    }

    /** Gives the mail other content. Blocks. */
    static void replace(MailImpl mail, Content message, byte[] header) throws IOException, MessagingException {
        try (InputStream in = DimeWrapper.wrap(message.getInputStream(), header)) {
            mail.setMessageContent(MimeMessageInputStreamSource.create(mail.getName(), in));
        }
    }

    /** The message alone, without its header. Blocks. The caller closes it. */
    static Spool message(Mail mail, int memoryBytes) throws IOException, MessagingException {
        Spool spool = new Spool(memoryBytes);
        try (InputStream in = new MimeMessageInputStream(mail.getMessage())) {
            // Reads the header and the empty line.
            new MailHeaders(in);
            in.transferTo(spool.out());
            return spool;
        } catch (IOException | MessagingException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }
}
