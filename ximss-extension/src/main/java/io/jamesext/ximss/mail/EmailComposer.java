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
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;

import org.apache.james.mime4j.dom.BinaryBody;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.field.Fields;
import org.apache.james.mime4j.message.BasicBodyFactory;
import org.apache.james.mime4j.message.BodyPartBuilder;
import org.apache.james.mime4j.message.MultipartBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.NameValuePair;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.smime.Sealing;
import io.jamesext.ximss.smime.SealingKeys;
import io.jamesext.ximss.upload.UploadedFile;
import io.jamesext.ximss.xml.Element;

/**
 * Composes an RFC 5322 message from an EMail element. XIMSS, "Message Operations", messageAppend: header fields in the order of their
 * elements, then Date and Message-ID where they are missing, then the body in UTF-8 with line feeds made into line ends.
 */
public final class EmailComposer {
    /** Of one message: each is a message of the store that stays open while it is written. */
    private static final int MAX_COPIES = 100;
    /** RFC 5322 section 2.1.1. */
    private static final int MAX_LINE_BYTES = 998;

    private final String host;

    /**
     * @param host stands in the Message-ID
     */
    public EmailComposer(String host) {
        this.host = host;
    }

    /** The server's name. */
    public String host() {
        return host;
    }

    /**
     * Composes a message. Blocks.
     *
     * @param now becomes its Date when it has none
     * @param copies where copyMIME finds what it copies
     * @param keys what it is signed and encrypted with, where the element asks for that
     * @return the message, which the caller closes
     * @throws ProtocolException for what is not possible, or not possible here
     */
    public ComposedMessage compose(Element email, Instant now, CopySource copies, SealingKeys keys) throws IOException {
        ComposedMessage composed = new ComposedMessage();
        try (Work work = new Work(now, new Copies(copies), keys, new ArrayList<>(), false)) {
            Protection protection = Protection.ofTopmost(email);
            Message message = protection.encrypts() ? message(email, work, encrypted(email, work))
                : message(email, work, protection.signs());
            new RawWriter().writeMessage(message, composed.out());
            return composed;
        } catch (RuntimeException | IOException e) {
            composed.close();
            throw e;
        }
    }

    /**
     * A message that is sent on as it is: RFC 5322 section 3.6.6.
     *
     * @param to the To elements of the request
     * @param from who sends it on
     */
    public ByteSource redirected(ByteSource message, List<Element> to, String from, Instant now) throws IOException {
        List<Element> fields = new ArrayList<>(List.of(Element.text("Resent-From", from)));
        to.forEach(address -> fields.add(Element.of("Resent-To", address.attributes(), address.body())));
        fields.add(Element.text("Resent-Date", Times.gmt(now)));
        fields.add(Element.text("Resent-Message-ID", newMessageId()));
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        Utf8Writer writer = new Utf8Writer();
        for (Field field : ComposedFields.of(Element.of("EMail", Map.of(), fields))) {
            writer.writeField(field, header);
        }
        return ByteSource.concat(ByteSource.wrap(header.toByteArray()), message);
    }

    /** A Message-ID that no other message has. */
    public String newMessageId() {
        return "<ximss-" + UUID.randomUUID() + "@" + host + ">";
    }

    /**
     * What one message is composed of, until it is closed: what was signed or encrypted waits to be copied into it.
     *
     * @param isSigned true within what is signed
     */
    private record Work(Instant now, Copies copies, SealingKeys keys, List<ComposedMessage> pieces, boolean isSigned)
            implements AutoCloseable {
        ByteSource piece(Sealing.Writing writing) throws IOException {
            ComposedMessage piece = new ComposedMessage();
            pieces.add(piece);
            writing.to(piece.out());
            return piece.octets();
        }

        Work signed() {
            return new Work(now, copies, keys, pieces, true);
        }

        @Override
        public void close() {
            pieces.forEach(ComposedMessage::close);
        }
    }

    /** The one message that an encrypted one holds, encrypted as it is with its header fields. */
    private Part encrypted(Element email, Work work) throws IOException {
        Element inner = root(email);
        if (!inner.name().equals("EMail")) {
            throw new ProtocolException(Failure.SYNTAX, "an encrypted EMail element holds one EMail element");
        }
        Message message = message(inner, work, Protection.ofInner(inner).signs());
        ByteSource octets = work.piece(out ->
            Sealing.encrypt(plain -> new RawWriter().writeMessage(message, plain), work.keys.readers(), out));
        return new Part(SecureFields.ENCRYPTED, new RawBody(octets));
    }

    /** A part and its signature. */
    private Part signed(Element mime, Work work) throws IOException {
        Part part = part(mime, work.signed());
        BodyPartBuilder entity = BodyPartBuilder.create();
        part.fields.forEach(entity::addField);
        ByteSource octets = work.piece(out -> new RawWriter().writeEntity(entity.setBody(part.body).build(), new CanonicalLines(out)));
        String boundary = "=_signed_" + UUID.randomUUID();
        return new Part(SecureFields.signed(boundary),
            new RawBody(SecureFields.signedBody(boundary, octets, Sealing.sign(octets, work.keys.signer()))));
    }

    private Message message(Element email, Work work, boolean isSigned) throws IOException {
        return message(email, work, isSigned ? signed(root(email), work) : part(root(email), work));
    }

    private Message message(Element email, Work work, Part part) {
        Message.Builder message = Message.Builder.of();
        ComposedFields.of(email).forEach(message::addField);
        if (email.elements().noneMatch(element -> Ascii.equalsIgnoreCase(element.name(), "Date"))) {
            message.addField(Fields.date("Date", Date.from(work.now), TimeZone.getTimeZone("UTC")));
        }
        if (email.elements().noneMatch(element -> Ascii.equalsIgnoreCase(element.name(), "Message-ID"))) {
            message.addField(Fields.messageId(newMessageId()));
        }
        message.addField(Fields.version("1.0"));
        part.fields.forEach(message::addField);
        return message.setBody(part.body).build();
    }

    /** What a message copies, within limits: each is read from the store while it is written. */
    private static final class Copies {
        private final CopySource source;
        private int left = MAX_COPIES;

        Copies(CopySource source) {
            this.source = source;
        }

        UploadedFile upload(String uploadId) {
            count();
            return source.upload(uploadId);
        }

        ByteSource file(String fileName) {
            count();
            return source.file(fileName);
        }

        StoredPart part(Element copyMime) throws IOException {
            count();
            ByteSource message = source.message(copyMime);
            Optional<String> partId = copyMime.attribute("partID");
            return partId.isPresent() ? StoredPart.of(message, partId.get()) : StoredPart.whole(message);
        }

        private void count() {
            if (left-- == 0) {
                throw new ProtocolException(Failure.TOO_BIG, "more than " + MAX_COPIES + " copied parts and files");
            }
        }
    }

    /** Octets that are encoded while they are written. */
    private static class OctetBody extends BinaryBody {
        final ByteSource octets;

        OctetBody(ByteSource octets) {
            this.octets = octets;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return octets.openStream();
        }
    }

    /** Octets that are written as they are, for they are encoded already. */
    private static final class RawBody extends OctetBody {
        RawBody(ByteSource octets) {
            super(octets);
        }
    }

    private static final class RawWriter extends Utf8Writer {
        @Override
        public void writeEntity(Entity entity, OutputStream out) throws IOException {
            if (entity.getBody() instanceof RawBody raw) {
                writeHeader(entity.getHeader(), out);
                raw.octets.copyTo(out);
            } else {
                super.writeEntity(entity, out);
            }
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

    private Part part(Element mime, Work work) throws IOException {
        if (mime.name().equals("copyMIME")) {
            StoredPart stored = work.copies.part(mime);
            return new Part(stored.fields(), new RawBody(stored.body()));
        }
        if (mime.name().equals("EMail")) {
            Protection.requireNone(mime);
            return new Part(List.of(Fields.contentType("message/rfc822")), message(mime, work, false));
        }
        Optional<String> uploadId = mime.attribute("uploadID");
        if (uploadId.isPresent()) {
            UploadedFile file = work.copies.upload(uploadId.get());
            return new Part(Attachment.fields(mime, file), new OctetBody(file.octets()));
        }
        Optional<String> fileName = mime.attribute("fileName");
        if (fileName.isPresent()) {
            return new Part(Attachment.fields(mime), new OctetBody(work.copies.file(fileName.get())));
        }
        boolean isPlain = mime.name().equals("MIME");
        String type = mime.attribute("type").orElse("text");
        if (isPlain && type.equals("text")) {
            return text(mime, work.isSigned);
        }
        if (isPlain && type.equals("multipart")) {
            return multipart(mime, work);
        }
        if (isPlain && type.equals("message") && mime.elements("EMail").count() == 1) {
            return part(mime.elements("EMail").iterator().next(), work);
        }
        throw new ProtocolException(Failure.NOT_SUPPORTED, "a part is text, a message, a file, copied, or made of such parts here");
    }

    private Part multipart(Element mime, Work work) throws IOException {
        MultipartBuilder multipart = MultipartBuilder.create(Attachment.token(mime.attribute("subtype").orElse("mixed")));
        String boundary = "=_ximss_" + UUID.randomUUID();
        multipart.addContentTypeParameter(new NameValuePair("boundary", boundary));
        for (Element child : mime.elements().toList()) {
            Part part = part(child, work);
            BodyPartBuilder bodyPart = BodyPartBuilder.create();
            part.fields.forEach(bodyPart::addField);
            multipart.addBodyPart(bodyPart.setBody(part.body).build());
        }
        String type = "multipart/" + Attachment.token(mime.attribute("subtype").orElse("mixed"));
        return new Part(List.of(Fields.contentType(type, Map.of("boundary", boundary))), multipart.build());
    }

    private static Part text(Element mime, boolean isSigned) {
        String subtype = Attachment.token(mime.attribute("subtype").orElse("plain"));
        boolean hasCards = mime.elements().findAny().isPresent();
        boolean isFlowed = mime.attribute("format").equals(Optional.of("flowed")) && !hasCards;
        String given = hasCards ? CardElements.text(subtype.toLowerCase(Locale.US), mime) : mime.text();
        String text = isFlowed ? FlowedText.encode(given) : given.replace("\r\n", "\n");
        String type = "text/" + subtype;
        Map<String, String> parameters = isFlowed ? Map.of("charset", "utf-8", "format", "flowed")
            : hasCards && Ascii.equalsIgnoreCase(subtype, "directory") ? Map.of("charset", "utf-8", "profile", "vCard")
            : Map.of("charset", "utf-8");
        Body body = new BasicBodyFactory().textBody(text.replace("\n", "\r\n"), StandardCharsets.UTF_8);
        List<Field> fields = new ArrayList<>(List.of(Fields.contentType(type, parameters),
            Fields.contentTransferEncoding(isSigned ? SecureFields.encoding(text) : encoding(text))));
        disposition(mime).ifPresent(fields::add);
        return new Part(fields, body);
    }

    /** The text: with {@code none} the field is not made. Of a text nobody expects one, so it is made where an attribute asks for it. */
    private static Optional<Field> disposition(Element mime) {
        Optional<String> fileName = mime.attribute("disposition-filename").map(ComposedFields::oneLine);
        Optional<String> disposition = mime.attribute("disposition").or(() -> fileName.map(name -> "attachment"));
        return disposition.filter(value -> !value.equals("none"))
            .map(ComposedFields::oneLine)
            .map(value -> Attachment.disposition(Attachment.token(value), fileName));
    }

    /** The example of the text sends 8-bit text as it is; only lines that no mail server takes have to be encoded. */
    private static String encoding(String text) {
        boolean hasLongLine = Splitter.on('\n').splitToStream(text)
            .anyMatch(line -> line.length() > MAX_LINE_BYTES / 3 && line.getBytes(StandardCharsets.UTF_8).length > MAX_LINE_BYTES);
        boolean isLineEndSafe = text.indexOf('\r') < 0;
        return hasLongLine || !isLineEndSafe ? "quoted-printable" : text.chars().allMatch(c -> c < 128) ? "7bit" : "8bit";
    }
}
