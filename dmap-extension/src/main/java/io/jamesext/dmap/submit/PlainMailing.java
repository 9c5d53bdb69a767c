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
package io.jamesext.dmap.submit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import javax.mail.internet.AddressException;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;

import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.submit.OwnAddresses;

/** Makes of a plain message what goes out, as a submission server does: RFC 6409 sections 6.1 and 8. */
final class PlainMailing {
    private static final List<String> RECIPIENTS = List.of("To", "Cc", "Bcc");
    /** RFC 5321 section 4.5.3.1.8 asks for 100; each is a delivery, or a look at whose it is. */
    private static final int MAX_ADDRESSES = 1000;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
        .withZone(ZoneOffset.UTC);

    private final OwnAddresses addresses;

    PlainMailing(OwnAddresses addresses) {
        this.addresses = addresses;
    }

    /**
     * To all in To, Cc and Bcc, without the last, with Date and Message-ID. SYNTAX if it cannot be sent as it is, NO_PERMISSION if it is
     * not from the user. Blocks.
     */
    Outgoing of(StoredMail mail, Username user, Instant now) throws IOException, MailboxException {
        HeaderFields header = mail.header();
        MailAddress sender = sender(header, user);
        List<MailAddress> recipients = addresses(header, RECIPIENTS);
        if (recipients.isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "the message has no recipient");
        }
        byte[] octets = header(header, sender, now).getBytes(StandardCharsets.ISO_8859_1);
        return new Outgoing(sender, recipients, List.of(), ByteSource.concat(ByteSource.wrap(octets), mail.body()));
    }

    /** RFC 5322 section 3.6.2: Sender, or the one in From; all of them are the user's. */
    private MailAddress sender(HeaderFields header, Username user) {
        List<MailAddress> from = addresses(header, List.of("From"));
        List<MailAddress> sender = addresses(header, List.of("Sender"));
        if (from.isEmpty()) {
            throw new ProtocolException(Failure.NO_PERMISSION, "the message does not say whom it is from");
        }
        addresses.require(from, user);
        addresses.require(sender, user);
        return sender.isEmpty() ? from.get(0) : sender.get(0);
    }

    /** Those in the fields of these names, each once. */
    private static List<MailAddress> addresses(HeaderFields header, List<String> names) {
        Set<MailAddress> found = new LinkedHashSet<>();
        for (String name : names) {
            for (String body : header.bodies(name)) {
                for (Mailbox mailbox : LenientAddressParser.DEFAULT.parseAddressList(body).flatten()) {
                    found.add(address(mailbox, name));
                    if (found.size() > MAX_ADDRESSES) {
                        throw new ProtocolException(Failure.TOO_BIG, "the message has more than " + MAX_ADDRESSES + " "
                            + (names.equals(RECIPIENTS) ? "recipients" : "authors"));
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    private static MailAddress address(Mailbox mailbox, String name) {
        try {
            // Without a domain, James would take its own.
            if (mailbox.getDomain() != null && !mailbox.getDomain().isEmpty()) {
                return new MailAddress(mailbox.getLocalPart(), mailbox.getDomain());
            }
        } catch (AddressException | IllegalArgumentException e) {
            // As one without a domain.
        }
        throw new ProtocolException(Failure.SYNTAX, "an address in the field " + name + " is none");
    }

    private static String header(HeaderFields header, MailAddress sender, Instant now) {
        StringBuilder to = new StringBuilder();
        header.fields().stream().filter(field -> !field.is("Bcc")).forEach(field -> to.append(field.octets()));
        if (header.body("Date").isEmpty()) {
            to.append("Date: ").append(DATE.format(now)).append("\r\n");
        }
        if (header.body("Message-ID").isEmpty()) {
            to.append("Message-ID: <").append(UUID.randomUUID()).append('@').append(sender.getDomain().asString()).append(">\r\n");
        }
        return to.append("\r\n").toString();
    }
}
