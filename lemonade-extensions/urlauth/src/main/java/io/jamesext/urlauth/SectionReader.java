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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.Optional;

import com.google.common.io.ByteStreams;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.io.BufferedLineReaderInputStream;
import org.apache.james.mime4j.io.MimeBoundaryInputStream;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Walks down a message to a section and hands out its octets as they are stored, as RFC 4469 section 3 wants them: "unchanged".
 *
 * <p>James's own part reader joins headers anew and holds parts in memory; this one streams, and keeps one header in memory at a time.
 * Numbers mean what RFC 3501 section 6.4.5 says: the n-th part of a multipart, or 1 for the body of anything else.
 */
final class SectionReader {
    /** Octets of the longest header that is read: the only thing held in memory. */
    static final int MAX_HEADER_BYTES = 1 << 20;
    private static final int BUFFER_BYTES = 8192;
    private static final String MESSAGE = "message/rfc822";

    /** One entity: the octets of its header, with the empty line, and its body still to be read. */
    private record Entity(byte[] header, InputStream body, String mediaType, Optional<String> boundary) {
        boolean isMultipart() {
            return mediaType.startsWith("multipart/") && boundary.isPresent();
        }

        boolean isMessage() {
            return mediaType.equals(MESSAGE);
        }
    }

    private SectionReader() {
    }

    /** Opens a section of the message that {@code message} streams, which is closed with the answer. */
    static InputStream open(InputStream message, Section section) throws IOException {
        boolean opened = false;
        try {
            InputStream content = section.equals(Section.WHOLE) ? message : section(message, section);
            opened = true;
            return new OwningInputStream(content, message);
        } finally {
            if (!opened) {
                message.close();
            }
        }
    }

    private static InputStream section(InputStream message, Section section) throws IOException {
        Entity entity = entity(message, "text/plain");
        if (section.path().isEmpty()) {
            return of(entity, section);
        }
        // The first number is counted in the message itself; a later one in a part, or in the message that the part is.
        for (int level = 0; level < section.path().size(); level++) {
            Entity holder = level > 0 && entity.isMessage() ? entity(entity.body(), "text/plain") : entity;
            entity = part(holder, section.path().get(level), level == 0 || entity.isMessage());
        }
        return switch (section.kind()) {
            case CONTENT -> entity.body();
            case MIME -> new ByteArrayInputStream(entity.header());
            default -> {
                if (!entity.isMessage()) {
                    throw new BadUrlException("the part is no message");
                }
                yield of(entity(entity.body(), "text/plain"), section);
            }
        };
    }

    private static InputStream of(Entity message, Section section) {
        return switch (section.kind()) {
            case HEADER -> new ByteArrayInputStream(message.header());
            case TEXT -> message.body();
            case HEADER_FIELDS, HEADER_FIELDS_NOT -> new ByteArrayInputStream(
                HeaderFields.select(message.header(), section.fields(), section.kind() == Section.Kind.HEADER_FIELDS));
            default -> throw new BadUrlException("no such section");
        };
    }

    private static Entity part(Entity holder, int number, boolean bodyIsPartOne) throws IOException {
        if (!holder.isMultipart()) {
            if (number != 1 || !bodyIsPartOne) {
                throw new BadUrlException("no such part");
            }
            return holder;
        }
        // RFC 2046 section 5.1.5: a part of a digest without a type is a message.
        String defaultType = holder.mediaType().equals("multipart/digest") ? MESSAGE : "text/plain";
        BufferedLineReaderInputStream lines = new BufferedLineReaderInputStream(holder.body(), BUFFER_BYTES, -1);
        MimeBoundaryInputStream next = new MimeBoundaryInputStream(lines, holder.boundary().orElseThrow());
        for (int at = 0; at < number; at++) {
            ByteStreams.exhaust(next);
            if (next.isLastPart()) {
                throw new BadUrlException("no such part");
            }
            next = new MimeBoundaryInputStream(lines, holder.boundary().orElseThrow());
        }
        if (next.isEmptyStream() && next.isLastPart()) {
            throw new BadUrlException("no such part");
        }
        return entity(next, defaultType);
    }

    private static Entity entity(InputStream octets, String defaultType) throws IOException {
        PushbackInputStream in = new PushbackInputStream(octets, BUFFER_BYTES);
        byte[] header = header(in);
        try {
            BodyDescriptor descriptor = describe(header);
            String type = HeaderFields.contains(header, "content-type") ? descriptor.getMimeType().toLowerCase(Locale.ROOT) : defaultType;
            return new Entity(header, in, type, Optional.ofNullable(descriptor.getBoundary()));
        } catch (MimeException e) {
            throw new BadUrlException("a header that cannot be read");
        }
    }

    private static BodyDescriptor describe(byte[] header) throws IOException, MimeException {
        MimeTokenStream tokens = new MimeTokenStream(MimeConfig.PERMISSIVE);
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(new ByteArrayInputStream(header));
        EntityState state = tokens.getState();
        while (state != EntityState.T_BODY && state != EntityState.T_START_MULTIPART) {
            state = tokens.next();
            if (state == EntityState.T_END_OF_STREAM) {
                throw new BadUrlException("a header without an end");
            }
        }
        return tokens.getBodyDescriptor();
    }

    /** Reads up to and with the empty line, RFC 3501 section 6.4.5 on HEADER and MIME; all of it when there is none. */
    private static byte[] header(PushbackInputStream in) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        boolean lineEmpty = true;
        for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
            for (int i = 0; i < length; i++) {
                if (buffer[i] == '\n' && lineEmpty) {
                    header.write(buffer, 0, i + 1);
                    in.unread(buffer, i + 1, length - i - 1);
                    return header.toByteArray();
                }
                lineEmpty = buffer[i] == '\n' || lineEmpty && buffer[i] == '\r';
            }
            header.write(buffer, 0, length);
            if (header.size() > MAX_HEADER_BYTES) {
                throw new BadUrlException("a header longer than " + MAX_HEADER_BYTES + " octets");
            }
        }
        return header.toByteArray();
    }
}
