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

package io.jamesext.lemonade.imap.folder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.jamesext.lemonade.imap.names.MailboxNames;

/** Writes an untagged response: spaces, quotes and literals are its care. RFC 3501 section 9. */
public final class UntaggedLine {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(64);
    private final MailboxNames names;
    private boolean spaced = true;

    private UntaggedLine(MailboxNames names) {
        this.names = names;
    }

    /** Begins a response with its name. */
    public static UntaggedLine of(MailboxNames names, String response) {
        return new UntaggedLine(names).atom(response);
    }

    /** Text that goes out as it is. */
    public UntaggedLine atom(String atom) {
        return raw(atom.getBytes(StandardCharsets.US_ASCII));
    }

    public UntaggedLine number(long number) {
        return atom(Long.toString(number));
    }

    public UntaggedLine nil() {
        return atom("NIL");
    }

    public UntaggedLine open() {
        atom("(");
        spaced = true;
        return this;
    }

    public UntaggedLine close() {
        octets.write(')');
        spaced = false;
        return this;
    }

    /** Atoms in parentheses. */
    public UntaggedLine list(List<String> atoms) {
        open();
        atoms.forEach(this::atom);
        return close();
    }

    /** A mailbox name in the encoding of the connection. */
    public UntaggedLine mailbox(String name) {
        return string(names.encode(name));
    }

    /** An astring: an atom where that is possible, a string otherwise. */
    public UntaggedLine astring(String text) {
        return Arguments.isAstringAtom(text) ? atom(text) : string(text);
    }

    /**
     * A string: quoted where that is possible, a literal otherwise. With NUL it is a literal8, which only the values of annotations can be:
     * RFC 5464 section 5.
     */
    public UntaggedLine string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (byte octet : bytes) {
            // RFC 6855 section 3: quoted strings may have UTF-8 only when the client has asked for it.
            if (octet == 0 || octet == '\r' || octet == '\n' || (octet < 0 && !names.utf8())) {
                raw(((text.indexOf(0) < 0 ? "{" : "~{") + bytes.length + "}\r\n").getBytes(StandardCharsets.US_ASCII));
                octets.writeBytes(bytes);
                return this;
            }
        }
        return raw(("\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"").getBytes(StandardCharsets.UTF_8));
    }

    private UntaggedLine raw(byte[] bytes) {
        if (!spaced) {
            octets.write(' ');
        }
        spaced = false;
        octets.writeBytes(bytes);
        return this;
    }

    public Untagged end() {
        return new Untagged(octets.toByteArray());
    }
}
