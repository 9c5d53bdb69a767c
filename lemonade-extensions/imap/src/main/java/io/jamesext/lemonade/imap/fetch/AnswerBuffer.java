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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.jamesext.lemonade.imap.pace.NulFreeInputStream;

/** Writes the values of IMAP answers as octets: strings in the form their octets need. RFC 3501 section 4.3. */
public final class AnswerBuffer {
    /** Quoted strings are kept short: a longer one is a literal, which every reader takes. */
    private static final int MAX_QUOTED = 1000;

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(256);
    private boolean separate;

    /** Octets that are ASCII and need no quoting. */
    public AnswerBuffer raw(String text) {
        for (int i = 0; i < text.length(); i++) {
            octets.write(text.charAt(i));
        }
        return this;
    }

    /** A value behind a space, unless it is the first of a list. */
    public AnswerBuffer value(String text) {
        return next().raw(text);
    }

    AnswerBuffer number(long number) {
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

    AnswerBuffer nstring(Optional<String> text) {
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
        octets.write('"');
        for (byte octet : text) {
            if (octet == '"' || octet == '\\') {
                octets.write('\\');
            }
            octets.write(octet);
        }
        octets.write('"');
        return this;
    }

    /** Octets as they are, such as those of a literal whose header is written. */
    AnswerBuffer octets(byte[] content) {
        octets.writeBytes(content);
        return this;
    }

    int size() {
        return octets.size();
    }

    /** What is written so far; the buffer is empty then, and goes on where it was. */
    public byte[] take() {
        byte[] taken = octets.toByteArray();
        octets.reset();
        return taken;
    }

    private AnswerBuffer next() {
        if (separate) {
            octets.write(' ');
        }
        separate = true;
        return this;
    }

    private static boolean quotable(byte[] text) {
        boolean quotable = text.length <= MAX_QUOTED;
        for (int i = 0; quotable && i < text.length; i++) {
            // RFC 3501 section 9, TEXT-CHAR: seven bits, no CR, LF or NUL.
            quotable = text[i] > 0 && text[i] != '\r' && text[i] != '\n';
        }
        return quotable;
    }

    private void literal(byte[] text) {
        raw("{" + text.length + "}\r\n");
        for (byte octet : text) {
            octets.write(NulFreeInputStream.replaced(octet));
        }
    }
}
