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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

import com.google.common.collect.ImmutableMap;

import io.jamesext.groupware.vcard.CardReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.smime.SecureReading;
import io.jamesext.ximss.smime.Secured;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Node;
import io.jamesext.ximss.xml.Text;

/**
 * Turns a message into its XML presentation in one pass: an EMail element with an element for each header field and a MIME element
 * for each part. XIMSS, "Message Operations" and the examples of "Secure Messaging", which are where the text shows whole messages.
 * What is in a part of vCards is shown as elements: "Contacts Operations".
 * Parts are numbered as there: 01, 01-01; a message within a part is that part's number with E, and its parts count on from it.
 */
public final class EmailReader {
    /** Protects the stack; real mail nests less than ten deep. */
    private static final int MAX_DEPTH = 50;
    /** Protects the heap against messages made of empty parts. */
    private static final int MAX_PARTS = 5_000;
    /** What is verified or decrypted stands in memory, again for each layer; it is no more than this in all. */
    private static final long MAX_SECURE_OCTETS = 32L << 20;
    /** Each costs some computing with a key. */
    private static final int MAX_SECURE_PARTS = 20;
    private static final Secured UNREADABLE = Secured.failed("the part is not readable as S/MIME");

    private final String wanted;
    private final ZoneId zone;
    private final SecureReading secure;
    private final CardReader cards = new CardReader();
    private MimeTokenStream stream;
    /** What the stream gives at most. */
    private long streamOctets;
    private Set<String> senders = Set.of();
    private long secureLeft = MAX_SECURE_OCTETS;
    private int securePartsLeft = MAX_SECURE_PARTS;
    private long textLeft;
    private int headerLeft = HeaderElements.MAX_CHARACTERS;
    private int parts;
    private int depth;

    private EmailReader(ReadingOptions options) {
        this.stream = newStream();
        this.wanted = options.wanted();
        this.textLeft = options.totalSizeLimit();
        this.zone = options.zone();
        this.secure = options.secure();
    }

    /** An element and the size of what it stands for. */
    private record Sized(Element element, long bytes) {
    }

    /**
     * Reads a message.
     *
     * @param content the message
     * @param octets how long that is
     */
    public static Element read(InputStream content, long octets, ReadingOptions options) throws IOException {
        EmailReader reader = new EmailReader(options);
        try {
            reader.streamOctets = octets;
            reader.stream.parse(content);
            return reader.email(new MimeFields(reader.fields()), "", Map.of()).element;
        } catch (MimeException e) {
            throw new IOException(e);
        }
    }

    private static MimeTokenStream newStream() {
        return new MimeTokenStream(MailHeader.PATIENT, DecodeMonitor.SILENT, null, null);
    }

    /** The stream stands at the end of a message's header; afterwards at the message's end. */
    private Sized email(MimeFields fields, String partId, Map<String, String> attributes) throws IOException, MimeException {
        Set<String> outerSenders = senders;
        senders = senders(fields);
        List<Node> body = new ArrayList<>();
        for (Field field : fields.others()) {
            for (Element element : HeaderElements.of(field, zone)) {
                headerLeft -= element.text().length() + element.name().length();
                if (headerLeft > 0) {
                    body.add(element);
                }
            }
        }
        Sized content = content(fields, partId);
        body.add(content.element);
        expect(EntityState.T_END_MESSAGE);
        senders = outerSenders;
        return new Sized(Element.of("EMail", attributes, body), content.bytes);
    }

    /** RFC 8550 section 3: who the message is from, for the certificates of its signatures. */
    private static Set<String> senders(MimeFields fields) {
        return fields.others().stream()
            .filter(field -> field.getName().equalsIgnoreCase("From") || field.getName().equalsIgnoreCase("Sender"))
            .flatMap(field -> FieldText.addresses(field).stream())
            .map(address -> address.address().toLowerCase(Locale.US))
            .collect(Collectors.toSet());
    }

    /** The header fields. The stream stands before them; afterwards at their end. */
    private List<Field> fields() throws IOException, MimeException {
        List<Field> fields = new ArrayList<>();
        for (EntityState state = stream.next(); state != EntityState.T_END_HEADER; state = stream.next()) {
            if (state == EntityState.T_FIELD) {
                fields.add(stream.getField());
            } else if (state == EntityState.T_END_OF_STREAM) {
                throw new IOException("message ends in its header");
            }
        }
        return fields;
    }

    /** What is behind a header: parts, a message, or a body. */
    private Sized content(MimeFields fields, String partId) throws IOException, MimeException {
        depth++;
        parts++;
        if (depth > MAX_DEPTH || parts > MAX_PARTS) {
            throw new ProtocolException(Failure.TOO_BIG, "the message nests too deep or has too many parts");
        }
        List<Node> body = new ArrayList<>();
        Map<String, String> more = Map.of();
        long bytes;
        if (!fields.isSigned() && !fields.isSecure()) {
            bytes = plain(stream.next(), fields, partId, body);
        } else if (streamOctets > secureLeft || securePartsLeft == 0 || !secure.reserve(streamOctets)) {
            bytes = plain(stream.next(), fields, partId, body);
            more = Secured.failed("the message is too big for now, or has too many such parts").attributes();
        } else {
            securePartsLeft--;
            Opened opened = fields.isSigned() ? signed(fields, partId, body) : secure(fields, partId, body);
            bytes = opened.bytes;
            more = opened.secured.attributes();
        }
        depth--;
        Map<String, String> attributes = fields.attributes(partId, bytes);
        attributes.putAll(more);
        if (fields.holdsCards() && body.stream().anyMatch(Text.class::isInstance)) {
            attributes.put("parseError", "no vCard that can be shown");
        }
        return new Sized(Element.of("MIME", attributes, body), bytes);
    }

    private long plain(EntityState state, MimeFields fields, String partId, List<Node> body) throws IOException, MimeException {
        return switch (state) {
            case T_START_MULTIPART -> parts(partId, body);
            case T_START_MESSAGE -> nested(partId, body);
            default -> fields.isText() ? text(fields, partId, body) : drain(stream.getDecodedInputStream(), 0);
        };
    }

    /** A part that was signed or encrypted, and its size. */
    private record Opened(Secured secured, long bytes) {
    }

    /** Work on octets that were taken out of the stream. */
    private interface Inner<T> {
        T read() throws IOException, MimeException;
    }

    private <T> T within(byte[] octets, Inner<T> inner) throws IOException, MimeException {
        MimeTokenStream outer = stream;
        long outerOctets = streamOctets;
        stream = newStream();
        streamOctets = octets.length;
        stream.parse(new ByteArrayInputStream(octets));
        T read = inner.read();
        stream = outer;
        streamOctets = outerOctets;
        return read;
    }

    /** A part and its signature: what is shown is read from the very octets that the signature is compared with. */
    private Opened signed(MimeFields fields, String partId, List<Node> body) throws IOException, MimeException {
        EntityState start = stream.next();
        if (start != EntityState.T_START_MULTIPART) {
            return new Opened(UNREADABLE, plain(start, fields, partId, body));
        }
        List<byte[]> entities = new ArrayList<>();
        stream.setRecursionMode(RecursionMode.M_RAW);
        for (EntityState state = stream.next(); state != EntityState.T_END_MULTIPART; state = stream.next()) {
            if (state == EntityState.T_RAW_ENTITY && entities.size() < MAX_PARTS) {
                entities.add(taken(stream.getInputStream()));
            } else if (state == EntityState.T_END_OF_STREAM) {
                throw new IOException("message ends in a multipart");
            }
        }
        stream.setRecursionMode(RecursionMode.M_RECURSE);
        Secured secured = verify(entities);
        long bytes = 0;
        for (byte[] entity : secured.signature().isPresent() ? entities.subList(0, 1) : entities) {
            Sized part = within(entity, () -> content(new MimeFields(fields()), numbered(partId, body.size() + 1)));
            body.add(part.element);
            bytes += part.bytes;
        }
        secured.signature().ifPresent(body::add);
        return new Opened(secured, bytes);
    }

    private Secured verify(List<byte[]> entities) throws IOException, MimeException {
        return entities.size() != 2 ? UNREADABLE : within(entities.get(1), () -> {
            boolean isSignature = new MimeFields(fields()).isSignature() && stream.next() == EntityState.T_BODY;
            return isSignature ? secure.verify(entities.get(0), taken(stream.getDecodedInputStream()), senders)
                : UNREADABLE;
        });
    }

    /** An encrypted part, or one within its signature. Parts of what was in it are numbered as in the example, after an E. */
    private Opened secure(MimeFields fields, String partId, List<Node> body) throws IOException, MimeException {
        EntityState start = stream.next();
        if (start != EntityState.T_BODY) {
            return new Opened(UNREADABLE, plain(start, fields, partId, body));
        }
        byte[] cms = taken(stream.getDecodedInputStream());
        Secured secured = secure.open(cms, senders);
        if (secured.content().isPresent()) {
            secureLeft -= secured.content().get().length;
            String id = secured.isDecrypted() ? nestedId(partId) : numbered(partId, 1);
            body.add(within(secured.content().get(), () -> entity(id)).element);
        }
        secured.signature().ifPresent(body::add);
        return new Opened(secured, cms.length);
    }

    /** What was encrypted: a message if it has fields of one, RFC 9788 section 2.2, otherwise a part. */
    private Sized entity(String id) throws IOException, MimeException {
        MimeFields fields = new MimeFields(fields());
        return fields.others().isEmpty() ? content(fields, id) : email(fields, id, ImmutableMap.of("partID", id));
    }

    private byte[] taken(InputStream in) throws IOException {
        byte[] octets = in.readAllBytes();
        secureLeft -= octets.length;
        return octets;
    }

    private static String nestedId(String partId) {
        return partId.isEmpty() ? "E" : partId + "-E";
    }

    private static String numbered(String partId, int number) {
        String two = String.format("%02d", number);
        return partId.isEmpty() ? two : partId + "-" + two;
    }

    private long nested(String partId, List<Node> body) throws IOException, MimeException {
        String id = nestedId(partId);
        Sized email = email(new MimeFields(fields()), id, ImmutableMap.of("partID", id));
        body.add(email.element);
        return email.bytes;
    }

    private long parts(String partId, List<Node> body) throws IOException, MimeException {
        long bytes = 0;
        for (EntityState state = stream.next(); state != EntityState.T_END_MULTIPART; state = stream.next()) {
            if (state == EntityState.T_START_BODYPART) {
                Sized part = content(new MimeFields(fields()), numbered(partId, body.size() + 1));
                body.add(part.element);
                bytes += part.bytes;
                expect(EntityState.T_END_BODYPART);
            } else if (state == EntityState.T_END_OF_STREAM) {
                throw new IOException("message ends in a multipart");
            }
        }
        return bytes;
    }

    private long text(MimeFields fields, String partId, List<Node> body) throws IOException {
        boolean isWanted = wanted.isEmpty() || partId.equals(wanted) || partId.startsWith(wanted + "-");
        InputStream in = stream.getDecodedInputStream();
        if (!isWanted) {
            return drain(in, 0);
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (kept.size() + read > textLeft) {
                return drain(in, kept.size() + (long) read);
            }
            kept.write(buffer, 0, read);
        }
        textLeft -= kept.size();
        String text = fields.decode(kept.toByteArray());
        List<Node> parsed = fields.holdsCards() ? CardElements.elements(text, cards) : List.of();
        body.addAll(parsed.isEmpty() ? List.of(new Text(text)) : parsed);
        return kept.size();
    }

    private static long drain(InputStream in, long before) throws IOException {
        long bytes = before;
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes += read;
        }
        return bytes;
    }

    private void expect(EntityState wantedState) throws IOException, MimeException {
        if (stream.next() != wantedState) {
            throw new IOException("the parser is elsewhere");
        }
    }
}
