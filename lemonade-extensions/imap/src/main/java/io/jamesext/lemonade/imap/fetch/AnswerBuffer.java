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

package io.jamesext.lemonade.imap.fetch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import io.jamesext.lemonade.imap.pace.NulFreeInputStream;
import io.jamesext.lemonade.imap.utf8.Utf8Accept;

/** Writes the values of IMAP answers as octets: strings in the form their octets need. RFC 3501 section 4.3. */
public final class AnswerBuffer {
    /** Quoted strings are kept short: a longer one is a literal, which every reader takes. */
    private static final int MAX_QUOTED = 1000;

    private static final int FIRST_BYTES = 1 << 10;

    private final boolean utf8;
    private byte[] octets = new byte[FIRST_BYTES];
    private int size;
    private boolean separate;

    /**
     * An empty one.
     *
     * @param utf8 whether the client has enabled UTF8=ACCEPT
     */
    public AnswerBuffer(boolean utf8) {
        this.utf8 = utf8;
    }

    /** Whether header fields may be told in UTF-8. */
    public boolean utf8() {
        return utf8;
    }

    /** Begins a new line; nothing of the last one is left. */
    public AnswerBuffer line() {
        size = 0;
        separate = false;
        return this;
    }

    /** Octets that are ASCII and need no quoting. */
    public AnswerBuffer raw(String text) {
        grow(text.length());
        for (int i = 0; i < text.length(); i++) {
            octets[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** A value behind a space, unless it is the first of a list. */
    public AnswerBuffer value(String text) {
        return next().raw(text);
    }

    /** A number. */
    public AnswerBuffer number(long number) {
        return value(Long.toString(number));
    }

    /** Begins a list. */
    public AnswerBuffer open() {
        next().raw("(");
        separate = false;
        return this;
    }

    /** Ends a list. */
    public AnswerBuffer close() {
        separate = true;
        return raw(")");
    }

    /** Lets the next value follow at once: RFC 3501 section 9 has no space between addresses, nor between bodies. */
    AnswerBuffer unspaced() {
        separate = false;
        return this;
    }

    /** NIL. */
    public AnswerBuffer nil() {
        return value("NIL");
    }

    /** A string, or NIL where there is none. */
    public AnswerBuffer nstring(Optional<String> text) {
        return text.isPresent() ? string(text.get()) : nil();
    }

    /** A string whose characters are octets. */
    public AnswerBuffer string(String text) {
        return string(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A string: quoted where its octets allow it, else a literal. */
    public AnswerBuffer string(byte[] text) {
        next();
        if (!quotable(text)) {
            literal(text);
            return this;
        }
        grow(2 * text.length + 2);
        octets[size++] = '"';
        for (byte octet : text) {
            if (octet == '"' || octet == '\\') {
                octets[size++] = '\\';
            }
            octets[size++] = octet;
        }
        octets[size++] = '"';
        return this;
    }

    /** Octets as they are, such as those of a literal whose header is written. */
    public AnswerBuffer octets(byte[] content) {
        grow(content.length);
        System.arraycopy(content, 0, octets, size, content.length);
        size += content.length;
        return this;
    }

    /** Octets written and not taken. */
    public int size() {
        return size;
    }

    /** What is written so far; the buffer is empty then, and goes on where it was. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(octets, size);
        size = 0;
        return taken;
    }

    /** Makes room for so many more octets. */
    private void grow(int more) {
        if (octets.length - size < more) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, size + more));
        }
    }

    private AnswerBuffer next() {
        if (separate) {
            raw(" ");
        }
        separate = true;
        return this;
    }

    private boolean quotable(byte[] text) {
        boolean quotable = text.length <= MAX_QUOTED;
        boolean ascii = true;
        for (int i = 0; quotable && i < text.length; i++) {
            // RFC 3501 section 9, TEXT-CHAR: no CR, LF or NUL, and seven bits without UTF8=ACCEPT.
            quotable = text[i] != 0 && text[i] != '\r' && text[i] != '\n' && (text[i] > 0 || utf8);
            ascii &= text[i] > 0;
        }
        // RFC 6855 section 3, uQUOTED-CHAR; other octets of 8 bits are octets of a literal.
        return quotable && (ascii || Utf8Accept.decode(text).isPresent());
    }

    private void literal(byte[] text) {
        raw("{" + text.length + "}\r\n");
        int start = size;
        octets(text);
        NulFreeInputStream.replace(octets, start, size);
    }
}
