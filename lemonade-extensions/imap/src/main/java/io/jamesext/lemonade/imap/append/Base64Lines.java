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

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/** Octets as the base64 lines of RFC 2045 section 6.8, without a line end behind the last one. */
final class Base64Lines extends InputStream {
    /** Octets that make a line of 76 characters. */
    private static final int LINE_OCTETS = 57;
    private static final int LINE_CHARACTERS = 76;
    private static final int BLOCK_BYTES = LINE_OCTETS * 144;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final InputStream octets;
    private byte[] block = {};
    private int at;
    private boolean begun;

    Base64Lines(InputStream octets) {
        this.octets = octets;
    }

    /** How many octets so many become. */
    static long length(long sizeBytes) {
        long characters = 4 * ((sizeBytes + 2) / 3);
        return characters == 0 ? 0 : characters + LINE_END.length * ((characters - 1) / LINE_CHARACTERS);
    }

    @Override
    public int read() throws IOException {
        return fill() ? block[at++] : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!fill()) {
            return length == 0 ? 0 : -1;
        }
        int taken = Math.min(length, block.length - at);
        System.arraycopy(block, at, target, offset, taken);
        at += taken;
        return taken;
    }

    private boolean fill() throws IOException {
        if (at < block.length) {
            return true;
        }
        byte[] raw = octets.readNBytes(BLOCK_BYTES);
        byte[] lines = Base64.getMimeEncoder().encode(raw);
        if (begun && lines.length > 0) {
            block = Arrays.copyOf(LINE_END, LINE_END.length + lines.length);
            System.arraycopy(lines, 0, block, LINE_END.length, lines.length);
        } else {
            block = lines;
        }
        begun = true;
        at = 0;
        return block.length > 0;
    }
}
