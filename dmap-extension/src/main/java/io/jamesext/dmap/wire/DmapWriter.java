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
package io.jamesext.dmap.wire;

import java.nio.charset.StandardCharsets;

import com.google.common.base.CharMatcher;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Writes tokens; the only place that escapes. Draft section 5. {@link #word} puts a space before itself where one is due; the
 * other methods that write a value do so too.
 */
public final class DmapWriter {
    private static final CharMatcher NEEDS_LITERAL = CharMatcher.anyOf("\r\n\0");

    private final ByteBuf out;
    private boolean spaceDue;

    /** Writes to this buffer. */
    public DmapWriter(ByteBuf out) {
        this.out = out;
    }

    /** A token of the protocol's own: tags, keywords, flags. */
    public DmapWriter word(String word) {
        separate();
        out.writeCharSequence(word, StandardCharsets.UTF_8);
        return this;
    }

    /** A number. */
    public DmapWriter number(long number) {
        return word(Long.toString(number));
    }

    /** Text for people, up to the end of the line; whatever could end the line is taken out. */
    public DmapWriter text(String text) {
        return word(NEEDS_LITERAL.removeFrom(text));
    }

    /** A name of anybody's choosing: as an atom, a quoted string or a literal, whichever first can hold it. */
    public DmapWriter astring(String value) {
        if (Tokens.isAtom(value)) {
            return word(value);
        }
        if (NEEDS_LITERAL.matchesNoneOf(value)) {
            return quoted(value);
        }
        byte[] octets = value.getBytes(StandardCharsets.UTF_8);
        return literal(octets.length).octets(octets);
    }

    /** A quoted string. */
    public DmapWriter quoted(String value) {
        return word("\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }

    /** Opens a parenthesised list, or a response code. */
    public DmapWriter open(char bracket) {
        separate();
        out.writeByte(bracket);
        spaceDue = false;
        return this;
    }

    /** Closes it. */
    public DmapWriter close(char bracket) {
        out.writeByte(bracket);
        spaceDue = true;
        return this;
    }

    /**
     * Announces so many octets, which are to follow by {@link #octets}. Always in the binary form: draft section 8.4.1, "binary
     * data is allowed in responses", and whether there is a NUL among them is not known before they are read.
     */
    public DmapWriter literal(long size) {
        word("~{" + size + "}\r\n");
        return this;
    }

    /** Octets as they are. */
    public DmapWriter octets(byte[] octets) {
        out.writeBytes(octets);
        spaceDue = true;
        return this;
    }

    /** What follows stands behind something that an earlier reply wrote. */
    public DmapWriter continued() {
        spaceDue = true;
        return this;
    }

    /** Ends the line. */
    public void end() {
        ByteBufUtil.writeAscii(out, "\r\n");
        spaceDue = false;
    }

    private void separate() {
        if (spaceDue) {
            out.writeByte(' ');
        }
        spaceDue = true;
    }
}
