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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeTokenStream;

import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Node;
import io.jamesext.ximss.xml.Text;

/**
 * Turns a message into its XML presentation in one pass: an EMail element with an element for each header field and a MIME element
 * for each part. XIMSS, "Message Operations" and the examples of "Secure Messaging", which are where the text shows whole messages.
 * Parts are numbered as there: 01, 01-01; a message within a part is that part's number with E, and its parts count on from it.
 */
public final class EmailReader {
    /** Protects the stack; real mail nests less than ten deep. */
    private static final int MAX_DEPTH = 50;
    /** Protects the heap against messages made of empty parts. */
    private static final int MAX_PARTS = 5_000;

    private final MimeTokenStream stream;
    private final String wanted;
    private final ZoneId zone;
    private long textLeft;
    private int headerLeft = HeaderElements.MAX_CHARACTERS;
    private int parts;
    private int depth;

    private EmailReader(String wanted, long textLeft, ZoneId zone) {
        this.stream = new MimeTokenStream(MailHeader.PATIENT, DecodeMonitor.SILENT, null, null);
        this.wanted = wanted;
        this.textLeft = textLeft;
        this.zone = zone;
    }

    /** An element and the size of what it stands for. */
    private record Sized(Element element, long bytes) {
    }

    /**
     * Reads a message.
     *
     * @param content the message
     * @param wanted the partID whose text is wanted, empty for all text
     * @param totalSizeLimit how many bytes of text to keep; a part that does not fit is shown without its text
     * @param zone the user's time zone
     */
    public static Element read(InputStream content, String wanted, long totalSizeLimit, ZoneId zone) throws IOException {
        EmailReader reader = new EmailReader(wanted, totalSizeLimit, zone);
        try {
            reader.stream.parse(content);
            return reader.email("", Map.of()).element;
        } catch (MimeException e) {
            throw new IOException(e);
        }
    }

    /** The stream stands at the start of a message; afterwards at its end. */
    private Sized email(String partId, Map<String, String> attributes) throws IOException, MimeException {
        MimeFields fields = new MimeFields(fields());
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
        return new Sized(Element.of("EMail", attributes, body), content.bytes);
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
        EntityState state = stream.next();
        long bytes = switch (state) {
            case T_START_MULTIPART -> parts(partId, body);
            case T_START_MESSAGE -> nested(partId, body);
            default -> fields.isText() ? text(fields, partId, body) : drain(stream.getDecodedInputStream(), 0);
        };
        depth--;
        return new Sized(Element.of("MIME", fields.attributes(partId, bytes), body), bytes);
    }

    private long nested(String partId, List<Node> body) throws IOException, MimeException {
        String id = partId.isEmpty() ? "E" : partId + "-E";
        Sized email = email(id, ImmutableMap.of("partID", id));
        body.add(email.element);
        return email.bytes;
    }

    private long parts(String partId, List<Node> body) throws IOException, MimeException {
        long bytes = 0;
        for (EntityState state = stream.next(); state != EntityState.T_END_MULTIPART; state = stream.next()) {
            if (state == EntityState.T_START_BODYPART) {
                String number = String.format("%02d", body.size() + 1);
                Sized part = content(new MimeFields(fields()), partId.isEmpty() ? number : partId + "-" + number);
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
        body.add(new Text(fields.decode(kept.toByteArray())));
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
