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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
import org.apache.james.mime4j.message.DefaultMessageWriter;
import org.apache.james.mime4j.message.MultipartBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.NameValuePair;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;

/**
 * Composes an RFC 5322 message from an EMail element. XIMSS, "Message Operations", messageAppend: header fields in the order of their
 * elements, then Date and Message-ID where they are missing, then the body in UTF-8 with line feeds made into line ends.
 */
public final class EmailComposer {
    /** RFC 5322 section 2.1.1. */
    private static final int MAX_LINE_BYTES = 998;

    private final String host;

    /**
     * @param host stands in the Message-ID
     */
    public EmailComposer(String host) {
        this.host = host;
    }

    /**
     * Composes a message.
     *
     * @param now becomes its Date when it has none
     * @throws ProtocolException for what is not possible, or not possible here
     */
    public byte[] compose(Element email, Instant now) {
        if (email.attribute("sign").isPresent() || email.attribute("encrypt").isPresent()) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "messages cannot be signed or encrypted here");
        }
        Message.Builder message = Message.Builder.of();
        ComposedFields.of(email).forEach(message::addField);
        if (email.elements().noneMatch(element -> Ascii.equalsIgnoreCase(element.name(), "Date"))) {
            message.addField(Fields.date("Date", Date.from(now), TimeZone.getTimeZone("UTC")));
        }
        if (email.elements().noneMatch(element -> Ascii.equalsIgnoreCase(element.name(), "Message-ID"))) {
            message.addField(Fields.messageId("<ximss-" + UUID.randomUUID() + "@" + host + ">"));
        }
        message.addField(Fields.version("1.0"));
        Part part = part(root(email));
        part.fields.forEach(message::addField);
        try {
            return DefaultMessageWriter.asBytes(message.setBody(part.body).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A body and the fields that describe it. */
    private record Part(List<Field> fields, Body body) {
    }

    private static Element root(Element email) {
        List<Element> roots = email.elements().filter(ComposedFields::isContent).toList();
        if (roots.size() > 1) {
            throw new ProtocolException(Failure.SYNTAX, "an EMail element holds one MIME element");
        }
        return roots.isEmpty() ? Element.of("MIME", Map.of("type", "text"), List.of()) : roots.get(0);
    }

    private static Part part(Element mime) {
        boolean isPlain = mime.name().equals("MIME") && mime.attribute("uploadID").isEmpty() && mime.attribute("fileName").isEmpty();
        String type = mime.attribute("type").orElse("text");
        if (isPlain && type.equals("text")) {
            return text(mime);
        }
        if (isPlain && type.equals("multipart")) {
            return multipart(mime);
        }
        // TODO "Message Operations", messageAppend: uploaded files, stored files, copyMIME and nested EMail elements.
        throw new ProtocolException(Failure.NOT_SUPPORTED, "only text parts can be composed here");
    }

    private static Part multipart(Element mime) {
        MultipartBuilder multipart = MultipartBuilder.create(token(mime.attribute("subtype").orElse("mixed")));
        String boundary = "=_ximss_" + UUID.randomUUID();
        multipart.addContentTypeParameter(new NameValuePair("boundary", boundary));
        mime.elements().map(EmailComposer::part).forEach(part -> {
            BodyPartBuilder bodyPart = BodyPartBuilder.create();
            part.fields.forEach(bodyPart::addField);
            multipart.addBodyPart(bodyPart.setBody(part.body).build());
        });
        String type = "multipart/" + token(mime.attribute("subtype").orElse("mixed"));
        return new Part(List.of(Fields.contentType(type, Map.of("boundary", boundary))), multipart.build());
    }

    private static Part text(Element mime) {
        if (mime.elements().findAny().isPresent()) {
            // HTML comes as escaped text; of elements only the text between them would be left.
            throw new ProtocolException(Failure.SYNTAX, "a text part holds text only");
        }
        boolean isFlowed = mime.attribute("format").equals(Optional.of("flowed"));
        String text = isFlowed ? FlowedText.encode(mime.text()) : mime.text().replace("\r\n", "\n");
        String type = "text/" + token(mime.attribute("subtype").orElse("plain"));
        Map<String, String> parameters = isFlowed ? Map.of("charset", "utf-8", "format", "flowed") : Map.of("charset", "utf-8");
        Body body = new BasicBodyFactory().textBody(text.replace("\n", "\r\n"), StandardCharsets.UTF_8);
        return new Part(List.of(Fields.contentType(type, parameters), Fields.contentTransferEncoding(encoding(text))), body);
    }

    /** The example of the text sends 8-bit text as it is; only lines that no mail server takes have to be encoded. */
    private static String encoding(String text) {
        boolean hasLongLine = Splitter.on('\n').splitToStream(text)
            .anyMatch(line -> line.length() > MAX_LINE_BYTES / 3 && line.getBytes(StandardCharsets.UTF_8).length > MAX_LINE_BYTES);
        boolean isLineEndSafe = text.indexOf('\r') < 0;
        return hasLongLine || !isLineEndSafe ? "quoted-printable" : text.chars().allMatch(c -> c < 128) ? "7bit" : "8bit";
    }

    /** RFC 2045 section 5.1. */
    private static String token(String value) {
        if (!value.matches("[A-Za-z0-9!#$&^_.+-]{1,64}")) {
            throw new ProtocolException(Failure.SYNTAX, "not a possible MIME subtype");
        }
        return value;
    }
}
