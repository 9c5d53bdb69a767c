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
import java.io.IOException;
import java.io.InputStream;

/**
 * Finds the parts of a message in one pass over its octets, holding a piece of it and one header at a time.
 *
 * <p>Cuts the octets into lines, which it hands to {@link MimeTree}; a line longer than the buffer comes in pieces.
 */
public final class MimeScanner {
    /** Octets of a header that are read for its fields; the rest of it is counted and skipped. */
    static final int MAX_HEADER_BYTES = 1 << 20;
    private static final int BUFFER_BYTES = 1 << 16;
    /** Most headers fit in, and it is made for each message of a FETCH. */
    private static final int HEADER_BUFFER_BYTES = 1 << 12;

    private final InputStream in;
    private final byte[] buffer;
    private int start;
    private int limit;
    private boolean ended;

    private MimeScanner(InputStream in, int bufferBytes) {
        this.in = in;
        this.buffer = new byte[bufferBytes];
    }

    /** The structure of a whole message; the stream is read to its end and left open. */
    public static MimePart scan(InputStream message) throws IOException {
        MimeTree tree = new MimeTree();
        new MimeScanner(message, BUFFER_BYTES).lines(tree);
        return tree.end();
    }

    /** The header of a message with its empty line, and nothing of the stream beyond a buffer; all of it when there is no such line. */
    static byte[] header(InputStream message) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        new MimeScanner(message, HEADER_BUFFER_BYTES).lines((octets, from, to, wholeLine) -> {
            header.write(octets, from, to - from);
            return !(wholeLine && HeaderFields.emptyLine(octets, from)) && header.size() < MAX_HEADER_BYTES;
        });
        return header.toByteArray();
    }

    private void lines(Lines lines) throws IOException {
        boolean lineStart = true;
        while (true) {
            int end = lineEnd();
            if (end < 0 && refill()) {
                continue;
            }
            boolean terminated = end >= 0;
            int to = terminated ? end : limit;
            if (to == start || !lines.line(buffer, start, to, lineStart)) {
                return;
            }
            start = to;
            lineStart = terminated;
        }
    }

    private int lineEnd() {
        for (int i = start; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Makes room and reads on; false at the end of the stream, and when the buffer is one line that has not ended. */
    private boolean refill() throws IOException {
        if (ended || start == 0 && limit == buffer.length) {
            return false;
        }
        System.arraycopy(buffer, start, buffer, 0, limit - start);
        limit -= start;
        start = 0;
        int read = in.read(buffer, limit, buffer.length - limit);
        ended = read < 0;
        limit += Math.max(read, 0);
        return !ended;
    }

    /** Takes the lines of a message in turn. */
    @FunctionalInterface
    interface Lines {
        /**
         * Takes a line with its end, or a piece of a long one.
         *
         * @param lineStart whether it is the beginning of a line
         * @return whether to go on
         */
        boolean line(byte[] octets, int from, int to, boolean lineStart);
    }
}
