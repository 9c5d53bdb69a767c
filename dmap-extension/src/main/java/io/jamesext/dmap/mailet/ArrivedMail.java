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
package io.jamesext.dmap.mailet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;

import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.Content;
import io.jamesext.dmap.mail.PlainMail;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** A plain message that has arrived, divided into what a DIME message has. PROTOCOL.md section 7.5. */
final class ArrivedMail {
    /** Texts and attachments of one message; each costs much more than its octets. */
    static final int MAX_PARTS = 5_000;
    private static final byte[] EMPTY_TEXT = ascii("Content-Type: text/plain; charset=us-ascii\r\n\r\n");
    private static final byte[] WHOLE_HEADER = ascii("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: binary\r\n\r\n");

    private final CommonHeaders common;
    private final byte[] other;
    private final ImmutableList<Content> parts;

    private ArrivedMail(CommonHeaders common, byte[] other, ImmutableList<Content> parts) {
        this.common = common;
        this.other = other;
        this.parts = parts;
    }

    /**
     * Reads a message into memory. Where the parts are not all that the message says, the whole message is one more attachment.
     *
     * @param source opens its octets; what they are at most is for the caller to know
     * @throws ProtocolException TOO_BIG if it has more than {@link #MAX_PARTS} texts and attachments
     */
    static ArrivedMail read(Callable<InputStream> source, Instant arrived) throws Exception {
        Parts parts = new Parts();
        boolean whole = new PlainMail(source).visit(parts);
        if (!whole) {
            try (InputStream message = source.call()) {
                parts.bodies.add(new Content(ChunkKind.ATTACHMENT, Bytes.concat(WHOLE_HEADER, message.readAllBytes())));
            }
        }
        if (parts.bodies.stream().noneMatch(part -> part.kind() == ChunkKind.DISPLAY_CONTENT)) {
            // PROTOCOL.md section 5.5: libdime needs one.
            parts.bodies.add(new Content(ChunkKind.DISPLAY_CONTENT, EMPTY_TEXT));
        }
        return new ArrivedMail(CommonHeaders.of(parts.common.toByteArray(), arrived), withoutReturnPath(parts.other.toByteArray()),
            ImmutableList.copyOf(parts.bodies));
    }

    /**
     * The contents for one recipient.
     *
     * @param trace header fields, each with its end, that the delivery to the recipient would have put in front
     */
    ImmutableList<Content> contents(String trace) {
        return ImmutableList.<Content>builder()
            .add(new Content(ChunkKind.COMMON_HEADERS, common.lines()))
            .add(new Content(ChunkKind.OTHER_HEADERS, Bytes.concat(trace.getBytes(StandardCharsets.UTF_8), common.left(), other)))
            .addAll(parts)
            .build();
    }

    /** RFC 5321 section 4.4: what others have set there means nothing here. */
    private static byte[] withoutReturnPath(byte[] fields) {
        return CommonHeaders.fields(fields)
            .filter(field -> !CommonHeaders.name(field).equals("return-path"))
            .map(field -> field + "\r\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Parts implements PlainMail.Visitor {
        private final ByteArrayOutputStream common = new ByteArrayOutputStream();
        private final ByteArrayOutputStream other = new ByteArrayOutputStream();
        private final List<Content> bodies = new ArrayList<>();

        @Override
        public void visit(ChunkKind type, InputStream octets) throws IOException {
            switch (type) {
                case COMMON_HEADERS -> octets.transferTo(common);
                case OTHER_HEADERS -> octets.transferTo(other);
                case DISPLAY_CONTENT -> add(ChunkKind.DISPLAY_CONTENT, octets);
                default -> add(ChunkKind.ATTACHMENT, octets);
            }
        }

        private void add(ChunkKind kind, InputStream octets) throws IOException {
            if (bodies.size() == MAX_PARTS) {
                throw new ProtocolException(Failure.TOO_BIG, "the message has more than " + MAX_PARTS + " parts");
            }
            bodies.add(new Content(kind, octets.readAllBytes()));
        }
    }
}
