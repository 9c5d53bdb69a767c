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

package io.jamesext.lemonade.smtp.relay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.jamesext.urlauth.Extent;
import io.jamesext.urlauth.MimePart;

/**
 * A stretch of a message's octets that means one thing, and what was found in it.
 *
 * @param part the part it belongs to
 * @param isMessage whether that part is a whole message
 * @param signed the signed multiparts whose signature is about it, the outermost first
 * @param endsMessage whether it is the end of all
 */
record MessagePiece(Role role, Extent extent, MimePart part, boolean isMessage, List<MimePart> signed, boolean endsMessage,
                    BodyData.Scan scan) {
    static final Set<String> IDENTITIES = Set.of("7bit", "8bit", "binary");
    static final Set<String> ENCODINGS = Set.of("base64", "quoted-printable");
    private static final int BUFFER_BYTES = 1 << 16;

    /** What the octets are: a header, the body of a single part, or what stands around the parts of a multipart. */
    enum Role {
        HEADER, BODY, AROUND
    }

    MessagePiece {
        signed = List.copyOf(signed);
    }

    /** All octets of a message in their order; the body of a single part is next to its header. */
    static List<MessagePiece> cut(MimePart message) {
        Cutter cutter = new Cutter(message.body().end());
        cutter.part(message, true, List.of());
        cutter.around(cutter.end, message, List.of());
        return cutter.pieces;
    }

    /** Looks at its octets, which the stream has next. */
    void scan(InputStream in) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, extent.length())];
        long left = extent.length();
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("the message is shorter than it was");
            }
            scan.update(buffer, 0, read);
            left -= read;
        }
    }

    /** What it is, with the meaning that its line ends have in it. */
    BodyData found() {
        if (role != Role.BODY) {
            return scan.isAscii() ? BodyData.SEVEN_BIT : BodyData.EIGHT_BIT;
        }
        if (ENCODINGS.contains(part.encoding())) {
            return scan.linesAside();
        }
        boolean binary = part.encoding().equals(BodyData.BINARY.encoding());
        if (binary && endsMessage && !scan.endsLine()) {
            // RFC 5321 section 4.1.1.4: the end of a message is an end of a line.
            return BodyData.BINARY;
        }
        return isText() && !binary ? scan.text() : scan.data();
    }

    /** Whether it is made of lines. */
    boolean isText() {
        return part.type().is("text") || part.type().is("message");
    }

    boolean isProtected(Set<MimePart> broken) {
        return !signed.isEmpty() && !broken.contains(signed.get(signed.size() - 1));
    }

    private static final class Cutter {
        private final List<MessagePiece> pieces = new ArrayList<>();
        private final long end;
        private long at;

        Cutter(long end) {
            this.end = end;
        }

        void part(MimePart part, boolean isMessage, List<MimePart> signed) {
            add(Role.HEADER, part.header(), part, isMessage, signed);
            if (part.kind() == MimePart.Kind.SINGLE) {
                add(Role.BODY, part.body(), part, isMessage, signed);
                return;
            }
            boolean signs = part.kind() == MimePart.Kind.MULTIPART && part.type().subtype().equalsIgnoreCase("signed");
            List<MimePart> within = signs ? Stream.concat(signed.stream(), Stream.of(part)).toList() : signed;
            for (MimePart child : part.children()) {
                around(child.header().start(), part, within);
                part(child, part.kind() == MimePart.Kind.MESSAGE, within);
            }
            around(part.body().end(), part, within);
        }

        void around(long to, MimePart part, List<MimePart> signed) {
            if (to > at) {
                add(Role.AROUND, new Extent(at, to), part, false, signed);
            }
        }

        private void add(Role role, Extent extent, MimePart part, boolean isMessage, List<MimePart> signed) {
            pieces.add(new MessagePiece(role, extent, part, isMessage, signed, extent.end() == end, new BodyData.Scan()));
            at = extent.end();
        }
    }
}
