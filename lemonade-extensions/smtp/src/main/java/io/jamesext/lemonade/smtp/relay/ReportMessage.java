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

package io.jamesext.lemonade.smtp.relay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;

import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;

import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters.Ret;
import org.apache.mailet.Mail;
import org.apache.mailet.base.DateFormats;

import com.google.common.io.ByteStreams;

import io.jamesext.lemonade.smtp.dsn.DsnRequest;
import io.jamesext.urlauth.MimeScanner;

/** The multipart/report that carries a delivery status. RFC 3462, RFC 3461 section 6.2. */
record ReportMessage(Mail mail, DeliveryReport.Action action) {
    /** Octets of a message that is returned whole; of a larger one the header is. RFC 3461 section 6.2 allows it even where RET=FULL. */
    private static final long MAX_RETURNED = 1 << 20;
    /** Octets of a header that is returned alone. */
    private static final long MAX_RETURNED_HEADER = 1 << 16;

    MimeMessage write(MailAddress from, MailAddress to, Collection<MailAddress> recipients, DeliveryStatus status)
            throws MessagingException {
        String boundary = "=_" + UUID.randomUUID();
        try (MessageOctets original = MessageOctets.of(mail.getMessage())) {
            Returned returned = returned(original);
            ByteArrayOutputStream report = new ByteArrayOutputStream();
            write(report, header(from, to, boundary, returned.data));
            write(report, "--" + boundary + "\r\n\r\n" + explanation(recipients, status.mta())
                + "\r\n--" + boundary + "\r\nContent-Type: message/delivery-status\r\n\r\n" + status.fields(recipients)
                + "\r\n--" + boundary + "\r\nContent-Type: " + returned.type
                + "\r\nContent-Transfer-Encoding: " + returned.data.encoding() + "\r\n\r\n");
            report.write(returned.octets);
            write(report, "\r\n--" + boundary + "--\r\n");
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(report.toByteArray()));
        } catch (IOException e) {
            throw new MessagingException("the message could not be read", e);
        }
    }

    private record Returned(String type, byte[] octets, BodyData data) {
    }

    /** RFC 3461 section 4.3: RET is about failures; of what has not failed, the header is enough. */
    private Returned returned(MessageOctets original) throws IOException {
        boolean whole = action == DeliveryReport.Action.FAILED && DsnRequest.of(mail).ret().orElse(Ret.FULL) == Ret.FULL;
        if (whole && original.size() <= MAX_RETURNED) {
            // It returns through the same hops, of which none takes binary.
            try {
                DownConversion conversion = DownConversion.of(original.source(), BodyData.EIGHT_BIT);
                ByteArrayOutputStream octets = new ByteArrayOutputStream();
                conversion.writeTo(octets);
                return new Returned("message/rfc822", octets.toByteArray(), conversion.data());
            } catch (CannotConvertException e) {
                // Then its header has to do.
            }
        }
        long header;
        try (InputStream in = original.source().open()) {
            header = MimeScanner.scan(in).header().length();
        }
        try (InputStream in = original.source().open()) {
            byte[] octets = ByteStreams.limit(in, Math.min(header, MAX_RETURNED_HEADER)).readAllBytes();
            boolean ascii = SevenBitField.isAscii(new String(octets, StandardCharsets.ISO_8859_1));
            return new Returned("text/rfc822-headers", octets, ascii ? BodyData.SEVEN_BIT : BodyData.EIGHT_BIT);
        }
    }

    private String header(MailAddress from, MailAddress to, String boundary, BodyData data) {
        return "From: Mail Delivery System <" + from.asString() + ">\r\n"
            + "To: <" + to.asString() + ">\r\n"
            + "Subject: Delivery Status Notification (" + action.word() + ")\r\n"
            + "Date: " + DateFormats.RFC822_DATE_FORMAT.format(ZonedDateTime.now()) + "\r\n"
            + "Message-ID: <" + UUID.randomUUID() + "@" + from.getDomain().asString() + ">\r\n"
            // RFC 3834 section 2: so that no responder answers it.
            + "Auto-Submitted: auto-replied\r\n"
            + "MIME-Version: 1.0\r\n"
            + "Content-Type: multipart/report; report-type=delivery-status; boundary=\"" + boundary + "\"\r\n"
            + "Content-Transfer-Encoding: " + data.encoding() + "\r\n\r\n";
    }

    private String explanation(Collection<MailAddress> recipients, String mta) {
        String said = switch (action) {
            case DELIVERED -> "Your message has been delivered to:";
            case RELAYED -> "Your message has been sent on for these recipients to a server that may not report whether it was delivered:";
            case DELAYED -> "Your message has not yet been delivered to these recipients. You need not send it again, it will be tried on:";
            case FAILED -> "Your message could not be delivered to these recipients, and will not be tried again:";
        };
        String addresses = recipients.stream().map(recipient -> "  " + recipient.asString() + "\r\n").collect(Collectors.joining());
        return "This is the mail server " + mta + ".\r\n\r\n" + said + "\r\n\r\n" + addresses.replaceAll("[^ -~\r\n]", "?");
    }

    private static void write(ByteArrayOutputStream report, String text) {
        report.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
