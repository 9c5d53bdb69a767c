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
package io.jamesext.dmap.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

import com.google.common.collect.ImmutableSet;

import io.jamesext.dmap.dime.message.ChunkKind;

/** Goes through a message once, from chunk to chunk. A message that breaks MIME's rules has the chunks up to the break. */
final class ChunkCursor implements Closeable {
    /** Multiparts deeper than this are not opened but shown as one attachment; the parser's stack grows with each level. */
    private static final int MAX_DEPTH = 50;
    /** Fields of one header that are shown. Each takes much more than its octets: protects the heap. */
    static final int MAX_FIELDS = 10_000;
    /** Octets of one field, at which the message breaks: the parser keeps all parameters of a Content-Type. */
    static final int MAX_FIELD_BYTES = 1 << 20;
    private static final ImmutableSet<String> COMMON = ImmutableSet.of("date", "to", "cc", "from", "organization", "subject");
    private static final ImmutableSet<String> ENCODED = ImmutableSet.of("base64", "quoted-printable");
    /** RFC 1847: the parts mean something together. */
    private static final ImmutableSet<String> TOGETHER = ImmutableSet.of("multipart/signed", "multipart/encrypted");
    private static final byte[] CRLF = {'\r', '\n'};

    /** Hears of what the parser leaves out or mends. */
    private final class Doubts extends DecodeMonitor {
        @Override
        public boolean warn(String error, String dropDesc) {
            // RFC 2045 section 6.7 (3): blanks at the end of a line have come on the way.
            whole &= error.equals("ignored blanks");
            return false;
        }

        @Override
        public boolean isListening() {
            return true;
        }
    }

    private record Ready(ChunkKind type, byte[] octets) {
    }

    private final InputStream message;
    private final MimeTokenStream tokens;
    private final Map<ChunkKind, Long> seen = new EnumMap<>(ChunkKind.class);
    private final ArrayDeque<Ready> headers = new ArrayDeque<>();
    private final List<Field> fields = new ArrayList<>();
    private ChunkKind type = ChunkKind.COMMON_HEADERS;
    private InputStream content = InputStream.nullInputStream();
    private boolean rootSeen;
    private boolean whole = true;
    private boolean ended;
    private int depth;

    ChunkCursor(InputStream message) {
        this.message = message;
        MimeConfig config = MimeConfig.copy(MimeConfig.PERMISSIVE).setMaxLineLen(-1).setMaxHeaderLen(MAX_FIELD_BYTES).setMaxHeaderCount(-1)
            .setMaxContentLen(-1).build();
        this.tokens = new MimeTokenStream(config, new Doubts(), null);
        // Draft, CREF23, "is nesting of body parts allowed?": no. A message within the message is an attachment.
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(message);
    }

    /** Goes to the next chunk; false at the end. */
    boolean next() throws IOException {
        if (headers.isEmpty()) {
            advance();
        }
        if (!headers.isEmpty()) {
            Ready ready = headers.remove();
            enter(ready.type(), new ByteArrayInputStream(ready.octets()));
            return true;
        }
        return !ended;
    }

    ChunkKind type() {
        return type;
    }

    /** Whether the chunks up to now say all that the message says. */
    boolean isWhole() {
        return whole && (seen.containsKey(ChunkKind.DISPLAY_CONTENT) || seen.containsKey(ChunkKind.ATTACHMENT));
    }

    ChunkId id() {
        return new ChunkId(type.number(), number());
    }

    Chunk chunk(long size) {
        return new Chunk(type, number(), size);
    }

    /** The chunk's octets, readable until {@link #next}. Closing them closes the message. */
    InputStream content() {
        return content;
    }

    @Override
    public void close() throws IOException {
        message.close();
    }

    /** Reads on until a leaf's content begins, or the message's header or the message has ended. */
    private void advance() throws IOException {
        try {
            boolean found = false;
            while (!ended && !found && headers.isEmpty()) {
                EntityState state = tokens.next();
                ended = state == EntityState.T_END_OF_STREAM;
                found = state == EntityState.T_BODY;
                note(state);
            }
        } catch (MimeException e) {
            ended = true;
            whole = false;
        }
    }

    private void note(EntityState state) throws IOException {
        switch (state) {
            case T_START_HEADER -> fields.clear();
            case T_FIELD -> field();
            case T_END_HEADER -> endOfHeader();
            case T_START_MULTIPART -> startMultipart();
            case T_END_MULTIPART -> depth--;
            case T_BODY ->
                enter(bodyType(), new SequenceInputStream(new ByteArrayInputStream(contentFields()), tokens.getDecodedInputStream()));
            default -> { }
        }
    }

    private void field() {
        if (fields.size() < MAX_FIELDS) {
            fields.add(tokens.getField());
        } else {
            whole = false;
        }
    }

    private void startMultipart() {
        depth++;
        whole &= !TOGETHER.contains(tokens.getBodyDescriptor().getMimeType());
    }

    private void endOfHeader() throws IOException {
        if (!rootSeen) {
            rootSeen = true;
            headers.add(new Ready(ChunkKind.COMMON_HEADERS, octets(fields.stream().filter(ChunkCursor::isCommon).toList())));
            headers.add(new Ready(ChunkKind.OTHER_HEADERS, octets(fields.stream().filter(field -> !isCommon(field)).toList())));
        }
        tokens.setRecursionMode(depth < MAX_DEPTH ? RecursionMode.M_NO_RECURSE : RecursionMode.M_FLAT);
    }

    private void enter(ChunkKind entered, InputStream octets) {
        type = entered;
        seen.merge(entered, 1L, Long::sum);
        content = new FilterInputStream(octets) {
            @Override
            public void close() throws IOException {
                message.close();
            }
        };
    }

    private long number() {
        return seen.getOrDefault(type, 0L);
    }

    private ChunkKind bodyType() {
        String mimeType = tokens.getBodyDescriptor().getMimeType();
        boolean attached = fields.stream()
            .filter(field -> field.getName().equalsIgnoreCase("Content-Disposition"))
            .anyMatch(field -> field.getBody().trim().toLowerCase(Locale.US).startsWith("attachment"));
        return mimeType.startsWith("text/") && !attached ? ChunkKind.DISPLAY_CONTENT : ChunkKind.ATTACHMENT;
    }

    private byte[] contentFields() throws IOException {
        BodyDescriptor descriptor = tokens.getBodyDescriptor();
        boolean decoded = ENCODED.contains(descriptor.getTransferEncoding().toLowerCase(Locale.US));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(octets(fields.stream()
            .filter(field -> field.getName().toLowerCase(Locale.US).startsWith("content-"))
            .filter(field -> !decoded || !field.getName().equalsIgnoreCase("Content-Transfer-Encoding"))
            .toList()));
        if (decoded) {
            out.write("Content-Transfer-Encoding: binary\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.write(CRLF);
        return out.toByteArray();
    }

    private static boolean isCommon(Field field) {
        return COMMON.contains(field.getName().toLowerCase(Locale.US));
    }

    private static byte[] octets(List<Field> fields) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Field field : fields) {
            out.write(field.getRaw().toByteArray());
            out.write(CRLF);
        }
        return out.toByteArray();
    }
}
