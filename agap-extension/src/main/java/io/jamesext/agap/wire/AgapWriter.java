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
package io.jamesext.agap.wire;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Writes lines to the client; the one place that knows dots, line ends and the limit of a line. AGAP sections 2.2 and 5.1. */
public final class AgapWriter {
    /** Octets of a line without its CR LF: AGAP section 2.2 counts characters, so this keeps it in any reading. */
    public static final int MAX_OCTETS = 1024 - 2;

    private final ByteBuf out;

    /** Writes to {@code out}. */
    public AgapWriter(ByteBuf out) {
        this.out = out;
    }

    /** A line of a multi-line response, after its dot. Its author has seen to its length and that it is one line. */
    public AgapWriter data(String text) {
        if (ByteBufUtil.utf8Bytes(text) >= MAX_OCTETS || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("not a line of the protocol");
        }
        out.writeByte('.');
        return end(text);
    }

    /** The last line of a response, or its go-ahead; a text that is too long is cut, for the code alone counts (section 5.1). */
    public AgapWriter status(int code, String text) {
        return end(cut(code + " " + text));
    }

    private AgapWriter end(String text) {
        out.writeCharSequence(text, StandardCharsets.UTF_8);
        out.writeByte('\r').writeByte('\n');
        return this;
    }

    private static String cut(String text) {
        String cut = text;
        while (ByteBufUtil.utf8Bytes(cut) > MAX_OCTETS) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }
}
