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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Grows the tree of a message's parts from its lines. RFC 2046 section 5.1.1.
 *
 * <p>The entities that have begun and not ended are a stack: a message, its multipart's current part, and so on. A line is a delimiter of
 * the innermost multipart whose boundary it begins with; of two that it begins with, the longer.
 */
final class MimeTree implements MimeScanner.Lines {
    /** Parts of one message: more are left in the last one. A client is told each of them. */
    static final int MAX_PARTS = 5000;
    /** Entities within each other that are looked into: messages count as well as multiparts. */
    static final int MAX_DEPTH = 2 * Section.MAX_DEPTH;

    private static final Set<String> PART_FIELDS = Set.of("content-type", "content-transfer-encoding", "content-id",
        "content-description", "content-md5", "content-disposition", "content-language", "content-location");
    private static final Set<String> ENVELOPE_FIELDS = Set.of("date", "subject", "from", "sender", "reply-to", "to", "cc", "bcc",
        "in-reply-to", "message-id");

    private final List<Entity> open = new ArrayList<>();
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private long offset;
    private long lineFeeds;
    /** Octets of the end of the line before, which is a delimiter's where one follows. */
    private int lastLineEnd;
    private boolean lastLineEmpty;
    private boolean lastLineEnded = true;
    private int parts = 1;
    private @Nullable MimePart message;

    /** An entity that has begun. */
    private static final class Entity {
        final boolean isMessage;
        final long headerStart;
        MimePart.MediaType type;
        MimePart.Kind kind = MimePart.Kind.SINGLE;
        byte[] boundary = {};
        boolean inHeader = true;
        /** Behind its close-delimiter: no part of its begins any more. */
        boolean closed;
        long bodyStart;
        long lineFeedsBefore;
        List<HeaderField> fields = List.of();
        final List<MimePart> children = new ArrayList<>();

        Entity(boolean isMessage, long headerStart, MimePart.MediaType defaultType) {
            this.isMessage = isMessage;
            this.headerStart = headerStart;
            this.type = defaultType;
        }
    }

    MimeTree() {
        open.add(new Entity(true, 0, MimePart.MediaType.PLAIN_TEXT));
    }

    @Override
    public boolean line(byte[] octets, int from, int to, boolean lineStart) {
        boolean ended = octets[to - 1] == '\n';
        int level = lineStart && to - from > 2 && octets[from] == '-' && octets[from + 1] == '-' ? delimited(octets, from, to) : -1;
        Entity innermost = open.get(open.size() - 1);
        if (level >= 0) {
            delimiter(level, octets, from, to);
        } else if (innermost.inHeader) {
            inHeader(octets, from, to, lineStart);
        }
        offset += to - from;
        lineFeeds += ended ? 1 : 0;
        lastLineEnd = !ended ? 0 : to - from > 1 && octets[to - 2] == '\r' ? 2 : 1;
        lastLineEmpty = lineStart && to - from == lastLineEnd;
        lastLineEnded = ended;
        if (level < 0 && lastLineEmpty && innermost.inHeader) {
            endOfHeader(innermost, offset);
        }
        return true;
    }

    /** The message, once its last line is in. */
    MimePart end() {
        closeFrom(0, offset, false);
        MimePart whole = message;
        if (whole == null) {
            throw new IllegalStateException("the message has not ended");
        }
        return whole;
    }

    private void inHeader(byte[] octets, int from, int to, boolean lineStart) {
        if (header.size() + to - from <= MimeScanner.MAX_HEADER_BYTES && !(lineStart && HeaderFields.emptyLine(octets, from))) {
            header.write(octets, from, to - from);
        }
    }

    private int delimited(byte[] octets, int from, int to) {
        int level = -1;
        for (int i = open.size() - 1; i >= 0; i--) {
            byte[] boundary = open.get(i).boundary;
            if (boundary.length > 0 && !open.get(i).closed && (level < 0 || boundary.length > open.get(level).boundary.length)
                && startsWith(octets, from + 2, to, boundary)) {
                level = i;
            }
        }
        boolean full = level >= 0 && parts >= MAX_PARTS && !closes(open.get(level), octets, from, to);
        return full ? -1 : level;
    }

    private static boolean closes(Entity multipart, byte[] octets, int from, int to) {
        int behind = from + 2 + multipart.boundary.length;
        return behind + 1 < to && octets[behind] == '-' && octets[behind + 1] == '-';
    }

    private static boolean startsWith(byte[] octets, int from, int to, byte[] prefix) {
        if (to - from < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (octets[from + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private void delimiter(int level, byte[] octets, int from, int to) {
        // RFC 2046 section 5.1.1: the line end before a delimiter belongs to it.
        closeFrom(level + 1, offset - lastLineEnd, true);
        Entity multipart = open.get(level);
        if (closes(multipart, octets, from, to)) {
            multipart.closed = true;
            return;
        }
        parts++;
        boolean digest = multipart.type.subtype().equalsIgnoreCase("digest");
        // RFC 2046 section 5.1.5: a part of a digest without a type is a message.
        open.add(new Entity(false, offset + to - from, digest ? MimePart.MediaType.MESSAGE : MimePart.MediaType.PLAIN_TEXT));
    }

    private void endOfHeader(Entity entity, long bodyStart) {
        entity.inHeader = false;
        entity.bodyStart = bodyStart;
        entity.lineFeedsBefore = lineFeeds;
        describe(entity);
        if (entity.kind == MimePart.Kind.MESSAGE) {
            parts++;
            open.add(new Entity(true, bodyStart, MimePart.MediaType.PLAIN_TEXT));
        }
    }

    private void describe(Entity entity) {
        entity.fields = HeaderField.of(header.toByteArray(), name -> PART_FIELDS.contains(name)
            || entity.isMessage && ENVELOPE_FIELDS.contains(name));
        header.reset();
        HeaderField.first(entity.fields, "content-type")
            .ifPresent(field -> entity.type = MimePart.MediaType.parse(field).orElse(MimePart.MediaType.PLAIN_TEXT));
        boolean deeper = open.size() < MAX_DEPTH && parts < MAX_PARTS;
        if (entity.type.is("multipart")) {
            String boundary = entity.type.parameters().stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase("boundary"))
                .map(HeaderValue.Parameter::value)
                .collect(Collectors.joining());
            if (boundary.isEmpty() || !deeper) {
                // It cannot be taken apart: RFC 2045 section 5.2 reads a type that makes no sense as plain text.
                entity.type = MimePart.MediaType.PLAIN_TEXT;
            } else {
                entity.kind = MimePart.Kind.MULTIPART;
                entity.boundary = boundary.getBytes(StandardCharsets.ISO_8859_1);
            }
        } else if (entity.type.isMessage()) {
            entity.kind = deeper ? MimePart.Kind.MESSAGE : MimePart.Kind.SINGLE;
            entity.type = deeper ? entity.type : MimePart.MediaType.PLAIN_TEXT;
        }
    }

    /** Ends the entities from a level on: by a delimiter, or because the message ends. */
    private void closeFrom(int level, long end, boolean delimiter) {
        for (int i = open.size() - 1; i >= level; i--) {
            close(open.remove(i), Math.max(end, 0), delimiter);
        }
    }

    private void close(Entity entity, long end, boolean delimiter) {
        if (entity.inHeader) {
            entity.inHeader = false;
            entity.bodyStart = Math.max(end, entity.headerStart);
            entity.lineFeedsBefore = lineFeeds;
            describe(entity);
        }
        Extent body = new Extent(entity.bodyStart, Math.max(end, entity.bodyStart));
        if (entity.kind != MimePart.Kind.SINGLE && entity.children.isEmpty()) {
            // RFC 3501 section 9, body-type-mpart and body-type-msg: neither is without a body inside.
            Extent none = new Extent(body.start(), body.start());
            entity.children.add(new MimePart(MimePart.Kind.SINGLE, MimePart.MediaType.PLAIN_TEXT, none, none, 0, List.of(), List.of()));
        }
        MimePart part = new MimePart(entity.kind, entity.type, new Extent(entity.headerStart, entity.bodyStart), body,
            lines(entity, body, delimiter), entity.fields, entity.children);
        if (open.isEmpty()) {
            message = part;
        } else {
            open.get(open.size() - 1).children.add(part);
        }
    }

    private long lines(Entity entity, Extent body, boolean delimiter) {
        long ends = lineFeeds - entity.lineFeedsBefore;
        if (body.length() == 0) {
            return 0;
        }
        if (delimiter) {
            // The last end was the delimiter's; the line before it counts all the same, unless it is empty.
            return lastLineEmpty ? ends - 1 : ends;
        }
        return lastLineEnded ? ends : ends + 1;
    }
}
