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
package io.jamesext.ximss.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;

import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.field.Fields;
import org.apache.james.mime4j.message.BasicBodyFactory;
import org.apache.james.mime4j.message.BodyPartBuilder;
import org.apache.james.mime4j.message.MultipartBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.NameValuePair;

import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;

/**
 * The Message Disposition Notification of a message that was displayed: RFC 8098.
 *
 * @param host the reporting server's name
 * @param user who has seen the message
 * @param automatic whether the user was not asked
 */
public record Confirmation(String host, String user, boolean automatic) {
    private static final String WANTED = "Disposition-Notification-To";

    /**
     * Whom the message asks to tell.
     *
     * @throws ProtocolException when it asks for none; or when a client would tell without asking its user, where RFC 8098 section 2.1
     *     wants that the user is asked: the message's return-path is another address
     */
    public List<String> recipients(MailHeader message) {
        List<String> addresses = message.first(WANTED).map(FieldText::addresses).orElse(List.of()).stream()
            .map(FieldText.Address::address)
            .toList();
        if (addresses.isEmpty()) {
            throw new ProtocolException(Failure.CONFLICT, "the message asks for no confirmation");
        }
        List<String> returnPath = message.first("Return-Path").map(FieldText::addresses).orElse(List.of()).stream()
            .map(FieldText.Address::address)
            .toList();
        if (automatic && !addresses.stream().allMatch(address -> returnPath.stream().anyMatch(address::equalsIgnoreCase))) {
            throw new ProtocolException(Failure.CONFLICT, "the user has to be asked: the confirmation goes to another address");
        }
        return addresses;
    }

    /** The notification to these addresses. */
    public ByteSource compose(MailHeader message, List<String> recipients, Instant now) throws IOException {
        String subject = message.first("Subject").map(FieldText::text).orElse("");
        List<Element> header = new ArrayList<>(List.of(Element.text("From", user)));
        recipients.forEach(address -> header.add(Element.text("To", address)));
        header.add(Element.text("Subject", "Displayed: " + subject));
        header.add(Element.text("Auto-Submitted", "auto-replied"));
        Message.Builder notification = Message.Builder.of();
        ComposedFields.of(Element.of("EMail", Map.of(), header)).forEach(notification::addField);
        notification.addField(Fields.date("Date", Date.from(now), TimeZone.getTimeZone("UTC")));
        notification.addField(Fields.messageId("<ximss-" + UUID.randomUUID() + "@" + host + ">"));
        notification.addField(Fields.version("1.0"));
        String boundary = "=_ximss_" + UUID.randomUUID();
        notification.addField(Fields.contentType("multipart/report", new NameValuePair("report-type", "disposition-notification"),
            new NameValuePair("boundary", boundary)));
        MultipartBuilder report = MultipartBuilder.create("report");
        report.addContentTypeParameter(new NameValuePair("boundary", boundary));
        part(report, "text/plain", "This is no guarantee that it was read or understood, but your message to " + user
            + " has been displayed:\r\n\r\n  " + subject + "\r\n");
        part(report, "message/disposition-notification", fields(message));
        // Of another type than Body, the builder would make Content-Type anew.
        Body body = report.build();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        new Utf8Writer().writeMessage(notification.setBody(body).build(), octets);
        return ByteSource.wrap(octets.toByteArray());
    }

    /** RFC 8098 section 3.2. */
    private String fields(MailHeader message) {
        Optional<String> id = message.first("Message-ID").map(Field::getBody).map(String::strip);
        Optional<String> original = message.first("Original-Recipient").map(Field::getBody).map(String::strip);
        return "Reporting-UA: " + host + "; XIMSS\r\n"
            + original.map(recipient -> "Original-Recipient: " + printable(recipient) + "\r\n").orElse("")
            + "Final-Recipient: rfc822; " + user + "\r\n"
            + id.map(value -> "Original-Message-ID: " + printable(value) + "\r\n").orElse("")
            + "Disposition: " + (automatic ? "automatic-action/MDN-sent-automatically" : "manual-action/MDN-sent-manually")
            + "; displayed\r\n";
    }

    /** Nothing that the sender has written may begin a field of its own. */
    private static String printable(String value) {
        return value.replaceAll("[^ -~]", "?");
    }

    private static void part(MultipartBuilder report, String type, String text) {
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        BodyPartBuilder part = BodyPartBuilder.create();
        part.addField(type.startsWith("text/") ? Fields.contentType(type, Map.of("charset", "utf-8")) : Fields.contentType(type));
        part.addField(Fields.contentTransferEncoding(ascii ? "7bit" : "8bit"));
        Body body = new BasicBodyFactory().textBody(text, StandardCharsets.UTF_8);
        report.addBodyPart(part.setBody(body).build());
    }
}
