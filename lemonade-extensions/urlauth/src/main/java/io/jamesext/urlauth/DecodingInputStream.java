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

import java.io.IOException;
import java.io.InputStream;

/** Turns the octets of one stream into others, a buffer at a time. */
final class DecodingInputStream extends InputStream {
    /** Octets that are decoded at once. */
    private static final int BUFFER_BYTES = 1 << 14;

    /** Makes octets of octets and remembers what a step left over. */
    interface Step {
        /**
         * Decodes some octets, or the end.
         *
         * @param length negative at the end
         * @param to room for twice as many octets, and some
         * @return how many octets came of it
         */
        int decode(byte[] octets, int length, byte[] to);
    }

    private final InputStream in;
    private final Step step;
    private final byte[] encoded = new byte[BUFFER_BYTES];
    private final byte[] decoded = new byte[2 * BUFFER_BYTES + 128];
    private int position;
    private int limit;
    private boolean ended;

    DecodingInputStream(InputStream in, Step step) {
        this.in = in;
        this.step = step;
    }

    @Override
    public int read() throws IOException {
        return fill() ? decoded[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int taken = Math.min(length, limit - position);
        System.arraycopy(decoded, position, octets, offset, taken);
        position += taken;
        return taken;
    }

    private boolean fill() throws IOException {
        while (position == limit && !ended) {
            int read = in.read(encoded);
            ended = read < 0;
            position = 0;
            limit = step.decode(encoded, read, decoded);
        }
        return position < limit;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
