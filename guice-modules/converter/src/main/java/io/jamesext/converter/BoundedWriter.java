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
package io.jamesext.converter;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Writes text in UTF-8 whose lines end with CRLF, whatever they end with, and with no more than two empty lines in a row. */
final class BoundedWriter extends Writer {
    private static final int MAX_LINE_ENDS = 3;

    private final BoundedOutput to;
    private final StringBuilder pending = new StringBuilder();
    private int lineEnds;
    private boolean begun;

    BoundedWriter(BoundedOutput to) {
        this.to = to;
    }

    @Override
    public void write(char[] from, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            char c = from[i];
            if (c == '\n') {
                lineEnds++;
            } else if (c != '\r' && c != 0) {
                pending.append(begun ? "\r\n".repeat(Math.min(lineEnds, MAX_LINE_ENDS)) : "");
                lineEnds = 0;
                begun = true;
                pending.append(c);
            }
        }
        write();
    }

    /** Half of a surrogate pair waits for the other. */
    private void write() throws IOException {
        int end = pending.length();
        if (end > 0 && Character.isHighSurrogate(pending.charAt(end - 1))) {
            end--;
        }
        to.write(pending.substring(0, end).getBytes(StandardCharsets.UTF_8));
        pending.delete(0, end);
    }

    @Override
    public void flush() {
        // What is written is kept by then.
    }

    @Override
    public void close() throws IOException {
        to.text(pending);
        pending.setLength(0);
    }
}
