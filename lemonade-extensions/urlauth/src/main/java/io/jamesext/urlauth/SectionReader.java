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

package io.jamesext.urlauth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageResult;

/**
 * Hands out the octets of a section as they are stored ("unchanged", RFC 4469 section 3), or without their transfer encoding, for FETCH as
 * for URLs. Numbers mean what RFC 3501 section 6.4.5 says: the n-th part of a multipart, or 1 for the body of anything else.
 */
public final class SectionReader {
    private final MimeParts parts;

    public SectionReader(MimeParts parts) {
        this.parts = parts;
    }

    /** The octets of a section, or nothing where the message has no such section. */
    public Optional<UrlContent> stored(MessageResult message, Section section) throws IOException, MailboxException {
        UrlContent whole = whole(message);
        if (section.equals(Section.WHOLE)) {
            return Optional.of(whole);
        }
        if (section.path().isEmpty() && section.kind() != Section.Kind.CONTENT) {
            // Found without a look at what follows the header.
            byte[] header = header(whole);
            return Optional.of(section.kind() == Section.Kind.TEXT
                ? slice(whole, new Extent(header.length, whole.sizeBytes()))
                : octets(fields(header, section)));
        }
        MimePart root = structure(message.getMessageId(), whole);
        Optional<Extent> extent = find(root, section).map(part -> extent(part, section));
        if (extent.isEmpty()) {
            return Optional.empty();
        }
        UrlContent content = slice(whole, extent.get());
        return Optional.of(section.fields().isEmpty() ? content : octets(fields(content.octets(), section)));
    }

    /**
     * The octets of a section without its Content-Transfer-Encoding, RFC 3516 section 4.3, or nothing where there is no such section.
     *
     * @throws UnknownEncodingException when nobody knows how to decode it
     */
    public Optional<Decoded> decoded(MessageResult message, Section section) throws IOException, MailboxException {
        if (!isBody(section)) {
            // A message as such has no encoding, nor has a header: bodies have.
            Optional<UrlContent> stored = stored(message, section);
            return stored.isEmpty() ? Optional.empty() : Optional.of(Decoded.of(stored.get()));
        }
        Optional<MimePart> found = find(structure(message), section);
        return found.isEmpty() ? Optional.empty() : Optional.of(decoded(message, found.get()));
    }

    private Decoded decoded(MessageResult message, MimePart part) throws IOException, MailboxException {
        UrlContent stored = slice(whole(message), part.body());
        UrlContent.Source source = TransferDecoding.of(part)
            .map(decoding -> decoding.over(stored))
            .orElseThrow(UnknownEncodingException::new);
        return parts.decoded(message.getMessageId(), part.body(), source);
    }

    /**
     * What the octets of a section are, told as a part, or nothing where there is no such section. RFC 5524 section 3.2 has it describe
     * "the data contained in the response": a whole message is a message/rfc822, and a header is one of its own.
     */
    public Optional<MimePart> described(MessageResult message, Section section) throws IOException, MailboxException {
        if (isBody(section)) {
            return find(structure(message), section);
        }
        Optional<UrlContent> stored = stored(message, section);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        TransferDecoding.Size size = TransferDecoding.size(stored.get()::open);
        return Optional.of(section.equals(Section.WHOLE) ? MimePart.ofMessage(structure(message), size) : MimePart.ofHeader(size));
    }

    /** Whether {@link #decoded} knows what to do. RFC 3516 section 4.3. */
    public boolean isDecodable(MessageResult message, Section section) throws IOException, MailboxException {
        return !isBody(section)
            || find(structure(message), section).map(part -> TransferDecoding.of(part).isPresent()).orElse(true);
    }

    /** The structure of a message. */
    public MimePart structure(MessageResult message) throws IOException, MailboxException {
        return structure(message.getMessageId(), whole(message));
    }

    /** Whether the structure of a message is known, so that its parts are found at once. */
    public boolean isKnown(MessageId message) {
        return parts.known(message).isPresent();
    }

    /** The content of a part without its transfer encoding. */
    public static final class Decoded {
        private final UrlContent content;
        private final TransferDecoding.Size size;

        Decoded(UrlContent.Source source, TransferDecoding.Size size) {
            this.content = new UrlContent(size.bytes(), source);
            this.size = size;
        }

        /** Of what has no transfer encoding. */
        static Decoded of(UrlContent content) throws IOException {
            return new Decoded(content::open, TransferDecoding.size(content::open));
        }

        public UrlContent content() {
            return content;
        }

        public boolean hasNul() {
            return size.hasNul();
        }

        /** A part as it is with this content. RFC 5524 section 3.2. */
        public MimePart in(MimePart part) {
            return part.decoded(size);
        }
    }

    private MimePart structure(MessageId id, UrlContent whole) throws IOException {
        return parts.of(id, whole::open);
    }

    private static UrlContent whole(MessageResult message) throws IOException, MailboxException {
        Content content = message.getFullContent();
        return new UrlContent(content.size(), content::getInputStream);
    }

    private static byte[] header(UrlContent whole) throws IOException {
        try (InputStream stream = whole.open()) {
            return MimeScanner.header(stream);
        }
    }

    /** The part that the numbers of a section lead to; for HEADER, TEXT and the like of a part, the message that it is. */
    private static Optional<MimePart> find(MimePart root, Section section) {
        MimePart part = root;
        for (int level = 0; level < section.path().size(); level++) {
            int number = section.path().get(level);
            // The first number is counted in the message itself; a later one in a part, or in the message that the part is.
            boolean inMessage = level == 0 || part.kind() == MimePart.Kind.MESSAGE;
            MimePart holder = level > 0 && part.kind() == MimePart.Kind.MESSAGE ? part.children().get(0) : part;
            if (holder.kind() != MimePart.Kind.MULTIPART) {
                if (number != 1 || !inMessage) {
                    return Optional.empty();
                }
                part = holder;
            } else if (number > holder.children().size()) {
                return Optional.empty();
            } else {
                part = holder.children().get(number - 1);
            }
        }
        boolean ofPart = section.path().isEmpty() || section.kind() == Section.Kind.CONTENT || section.kind() == Section.Kind.MIME;
        if (ofPart) {
            return Optional.of(part);
        }
        return part.kind() == MimePart.Kind.MESSAGE ? Optional.of(part.children().get(0)) : Optional.empty();
    }

    /** Whether a section is what follows a header, and so may have a transfer encoding. */
    private static boolean isBody(Section section) {
        return section.kind() == Section.Kind.TEXT || section.kind() == Section.Kind.CONTENT && !section.path().isEmpty();
    }

    private static Extent extent(MimePart part, Section section) {
        return switch (section.kind()) {
            case CONTENT, TEXT -> part.body();
            case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT, MIME -> part.header();
        };
    }

    private static byte[] fields(byte[] header, Section section) {
        return section.kind() == Section.Kind.HEADER
            ? header
            : HeaderFields.select(header, section.fields(), section.kind() == Section.Kind.HEADER_FIELDS);
    }

    private static UrlContent octets(byte[] octets) {
        return new UrlContent(octets.length, () -> new ByteArrayInputStream(octets));
    }

    private static UrlContent slice(UrlContent whole, Extent extent) {
        return whole.slice(extent.start(), extent.length());
    }

    /** Nobody knows the Content-Transfer-Encoding. RFC 3516 section 4.3, UNKNOWN-CTE. */
    public static final class UnknownEncodingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownEncodingException() {
            super("an unknown Content-Transfer-Encoding");
        }
    }
}
