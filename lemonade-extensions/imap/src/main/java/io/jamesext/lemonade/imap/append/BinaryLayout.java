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

package io.jamesext.lemonade.imap.append;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the body parts of a message that must be encoded, in one pass that keeps one header and the beginning of one line.
 *
 * <p>RFC 2046 section 5.1: a part ends with the line end before the next delimiter, of its own multipart or of one around it.
 */
final class BinaryLayout {
    /** Octets of the longest header that is read: protects the heap. */
    private static final int MAX_HEADER_BYTES = 1 << 20;
    /** Deepest nesting that is followed: each line is compared with as many boundaries. */
    private static final int MAX_DEPTH = 100;
    /** What is kept of a line of a body: RFC 2046 section 5.1.1 has boundaries of up to 70 characters, mime4j reads longer ones. */
    private static final int KEPT_BYTES = 1024;
    private static final Set<String> IDENTITY = Set.of("7bit", "8bit", "binary");
    private static final String BINARY = "binary";
    private static final String MESSAGE = "message/rfc822";
    private static final byte[] MIME_VERSION = "MIME-Version: 1.0\r\n".getBytes(StandardCharsets.US_ASCII);

    private enum State {
        HEADER, LEAF, MULTIPART, MULTIPART_ENDED, MESSAGE
    }

    /** A message or part that has begun. */
    private static final class Entity {
        private final long start;
        private final String defaultType;
        private State state = State.HEADER;
        private EntityHeader header = new EntityHeader(new byte[0]);
        private String delimiter = "";
        private long bodyStart;
        private boolean nul;

        Entity(long start, String defaultType) {
            this.start = start;
            this.defaultType = defaultType;
        }
    }

    private final List<Edit> edits = new ArrayList<>();
    private final Deque<Entity> open = new ArrayDeque<>();
    private final ByteArrayOutputStream headerOctets = new ByteArrayOutputStream();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long at;
    private long lineStart;
    private boolean lineNul;
    private int lastOctet = -1;
    private int terminator;

    private BinaryLayout() {
        open.push(new Entity(0, "text/plain"));
    }

    /**
     * The changes that make the message one without binary parts, in the order of their offsets.
     *
     * @throws AppendException when a NUL stands where it cannot be encoded
     */
    static List<Edit> edits(InputStream message) throws IOException {
        BinaryLayout layout = new BinaryLayout();
        byte[] buffer = new byte[1 << 16];
        for (int length = message.read(buffer); length > 0; length = message.read(buffer)) {
            layout.take(buffer, length);
        }
        layout.end();
        return layout.edits;
    }

    private void take(byte[] buffer, int length) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                keep(buffer, from, i + 1 - from);
                int before = i > from ? buffer[i - 1] : lastOctet;
                line(before == '\r' ? 2 : 1);
                from = i + 1;
                lastOctet = -1;
            }
        }
        if (from < length) {
            keep(buffer, from, length - from);
            lastOctet = buffer[length - 1];
        }
    }

    private void keep(byte[] buffer, int from, int count) {
        for (int i = from; i < from + count && !lineNul; i++) {
            lineNul = buffer[i] == 0;
        }
        int limit = top().state == State.HEADER ? MAX_HEADER_BYTES - headerOctets.size() : KEPT_BYTES;
        int room = Math.min(count, limit - line.size());
        if (room < count && top().state == State.HEADER) {
            throw AppendException.unknownEncoding();
        }
        line.write(buffer, from, Math.max(0, room));
        at += count;
    }

    private Entity top() {
        return open.element();
    }

    /** A line has ended, with a terminator of so many octets. */
    private void line(int terminatorOctets) {
        Optional<Entity> delimited = delimited();
        if (delimited.isPresent()) {
            refuse(lineNul);
            closeDownTo(delimited.get());
            String text = line.toString(StandardCharsets.ISO_8859_1);
            if (text.startsWith("--", delimited.get().delimiter.length())) {
                delimited.get().state = State.MULTIPART_ENDED;
            } else {
                boolean digest = delimited.get().header.mediaType().equals(Optional.of("multipart/digest"));
                push(new Entity(at, digest ? MESSAGE : "text/plain"));
            }
        } else {
            content(terminatorOctets);
        }
        terminator = terminatorOctets;
        line.reset();
        lineStart = at;
        lineNul = false;
    }

    private void push(Entity entity) {
        if (open.size() >= MAX_DEPTH) {
            throw AppendException.unknownEncoding();
        }
        open.push(entity);
        headerOctets.reset();
    }

    private void content(int terminatorOctets) {
        Entity entity = top();
        switch (entity.state) {
            case HEADER -> {
                headerOctets.writeBytes(line.toByteArray());
                if (line.size() == terminatorOctets) {
                    body(entity, at);
                }
            }
            case LEAF -> entity.nul |= lineNul;
            default -> refuse(lineNul);
        }
    }

    /** Headers, delimiters, and what stands around the parts of a multipart: nowhere is said how these would be encoded. */
    private static void refuse(boolean nul) {
        if (nul) {
            throw AppendException.unknownEncoding();
        }
    }

    /** The header has ended: what follows, and how is it encoded? */
    private void body(Entity entity, long bodyStart) {
        entity.header = new EntityHeader(headerOctets.toByteArray());
        entity.bodyStart = bodyStart;
        refuse(entity.header.hasNul());
        String type = entity.header.mediaType().orElse(entity.defaultType);
        Optional<String> boundary = entity.header.boundary();
        boolean identity = IDENTITY.contains(entity.header.encoding());
        if (type.startsWith("multipart/") && boundary.isPresent()) {
            entity.state = State.MULTIPART;
            entity.delimiter = "--" + boundary.get();
            declareEightBit(entity);
        } else if (type.equals(MESSAGE) && identity) {
            // RFC 2046 section 5.2.1: a message may not be encoded, but what is in it may.
            entity.state = State.MESSAGE;
            declareEightBit(entity);
            push(new Entity(bodyStart, "text/plain"));
        } else {
            entity.state = State.LEAF;
        }
    }

    private void declareEightBit(Entity entity) {
        if (entity.header.encoding().equals(BINARY)) {
            edits.addAll(entity.header.withEncoding("8bit", entity.start));
        }
    }

    private Optional<Entity> delimited() {
        byte[] octets = line.toByteArray();
        if (octets.length < 3 || octets[0] != '-' || octets[1] != '-') {
            return Optional.empty();
        }
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        return open.stream().filter(entity -> entity.state == State.MULTIPART && isDelimiter(text, entity.delimiter)).findFirst();
    }

    private static boolean isDelimiter(String text, String delimiter) {
        if (!text.startsWith(delimiter)) {
            return false;
        }
        String behind = text.substring(delimiter.length());
        return behind.startsWith("--") || behind.isBlank() || behind.startsWith(" ") || behind.startsWith("\t");
    }

    private void closeDownTo(Entity holder) {
        while (top() != holder) {
            close(open.pop(), lineStart - terminator);
        }
    }

    private void end() {
        if (line.size() > 0) {
            line(0);
        }
        while (!open.isEmpty()) {
            close(open.pop(), at);
        }
    }

    private void close(Entity entity, long end) {
        if (entity.state == State.HEADER) {
            body(entity, entity.start + headerOctets.size());
        }
        if (entity.state != State.LEAF) {
            return;
        }
        String encoding = entity.header.encoding();
        if (encoding.equals(BINARY) || entity.nul && IDENTITY.contains(encoding)) {
            if (entity.start == 0 && !entity.header.has("mime-version")) {
                // RFC 2045 section 4: without it, the encoding would mean nothing.
                edits.add(EntityHeader.insertion(MIME_VERSION, 0));
            }
            edits.addAll(entity.header.withEncoding("base64", entity.start));
            edits.add(new Edit.Encode(entity.bodyStart, Math.max(end, entity.bodyStart)));
        } else {
            refuse(entity.nul);
        }
    }
}
