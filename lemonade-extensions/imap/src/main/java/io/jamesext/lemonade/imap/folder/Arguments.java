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
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.message.Literal;

import io.jamesext.lemonade.imap.names.MailboxNames;
import io.jamesext.lemonade.imap.utf8.Utf8Accept;

/**
 * Reads the arguments of a command as RFC 3501 section 9 has them, octet by octet: James's reader skips spaces and parentheses where none
 * may be.
 */
public final class Arguments {
    // The arguments of these commands are kept in memory; a line cannot be longer by default either.
    private static final int MAX_LITERAL_BYTES = 65_536;
    private static final String ATOM_SPECIALS = "(){%*\"\\]";
    private static final String LIST_WILDCARDS = "%*";
    private static final char LITERAL8 = '~';

    private final ImapRequestLineReader line;
    private final MailboxNames names;

    public Arguments(ImapRequestLineReader line, ImapSession session) {
        this.line = line;
        this.names = MailboxNames.of(session);
    }

    /** One space. */
    public void space() throws DecodingException {
        expect(' ');
    }

    /** That character and no other. */
    public void expect(char c) throws DecodingException {
        if (!skip(c)) {
            throw syntax("Expected '" + c + "'");
        }
    }

    /** Whether that character was next; then it is read. */
    public boolean skip(char c) throws DecodingException {
        if (!at(c)) {
            return false;
        }
        line.consume();
        return true;
    }

    /** Whether that character is next. */
    public boolean at(char c) throws DecodingException {
        return line.nextChar() == c;
    }

    /** Whether the line is read. */
    public boolean atEnd() throws DecodingException {
        return at('\r') || at('\n');
    }

    /** The end of the line. */
    public void end() throws DecodingException {
        line.eol();
    }

    /** {@code atom = 1*ATOM-CHAR}. */
    public String atom() throws DecodingException {
        return atom("");
    }

    /** {@code "\" atom}, as flags and attributes are written. */
    public String attribute() throws DecodingException {
        expect('\\');
        return "\\" + atom();
    }

    /** Whether an astring can be written without quotes: {@code 1*ASTRING-CHAR}. */
    static boolean isAstringAtom(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isAtom(c, "]"));
    }

    private static boolean isAtom(int c, String alsoAllowed) {
        return c > ' ' && c < 0x7f && (ATOM_SPECIALS.indexOf(c) < 0 || alsoAllowed.indexOf(c) >= 0);
    }

    private String atom(String alsoAllowed) throws DecodingException {
        StringBuilder atom = new StringBuilder();
        char c = line.nextChar();
        while (isAtom(c, alsoAllowed)) {
            atom.append(line.consume());
            c = line.nextChar();
        }
        if (atom.isEmpty()) {
            throw syntax("Expected an atom");
        }
        return atom.toString();
    }

    /** A number of 63 bits. */
    public long number() throws DecodingException {
        try {
            long number = Long.parseLong(atom());
            if (number < 0) {
                throw syntax("Expected a number");
            }
            return number;
        } catch (NumberFormatException e) {
            throw syntax("Expected a number");
        }
    }

    /** {@code astring}; text that is no mailbox's name is UTF-8, of which ASCII is a part. */
    public String astring() throws DecodingException {
        return text(octets("]"));
    }

    /** {@code nstring / literal8}; empty for NIL. */
    public Optional<String> nstring() throws DecodingException {
        if (at('"') || at('{') || at(LITERAL8)) {
            return Optional.of(text(octets("")));
        }
        if (!atom().equalsIgnoreCase("NIL")) {
            throw syntax("Expected a string or NIL");
        }
        return Optional.empty();
    }

    /** {@code string = quoted / literal}. */
    public String string() throws DecodingException {
        return text(at('"') ? octets("") : literal());
    }

    private static String text(byte[] octets) throws DecodingException {
        return Utf8Accept.decode(octets).orElseThrow(() -> syntax("Expected UTF-8"));
    }

    /** {@code mailbox = "INBOX" / astring}, in the encoding of the connection. */
    public String mailbox() throws DecodingException {
        return names.decode(octets("]"));
    }

    /** {@code list-mailbox = 1*list-char / string}. */
    public String listMailbox() throws DecodingException {
        return names.decode(octets("]" + LIST_WILDCARDS));
    }

    private byte[] octets(String alsoInAtoms) throws DecodingException {
        if (skip('"')) {
            return quoted();
        }
        if (at(LITERAL8)) {
            line.consume();
            return literal();
        }
        return at('{') ? literal() : atom(alsoInAtoms).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] quoted() throws DecodingException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        while (!skip('"')) {
            boolean escaped = skip('\\');
            char c = line.consume();
            // RFC 3501 section 9: QUOTED-CHAR is any TEXT-CHAR except quoted-specials, which must be escaped, and nothing else is.
            // RFC 6855 section 3: UTF-8 stands in one only when the client has enabled it.
            if (c == 0 || c == '\r' || c == '\n' || (escaped && c != '"' && c != '\\') || (c > 0x7f && !names.utf8())) {
                throw syntax("Not a quoted string");
            }
            octets.write(c);
        }
        return octets.toByteArray();
    }

    private byte[] literal() throws DecodingException {
        try {
            Literal literal = line.consumeLiteral(false).right;
            try {
                return octets(literal);
            } finally {
                if (literal instanceof Closeable file) {
                    file.close();
                }
            }
        } catch (DecodingException e) {
            throw e;
        } catch (IOException e) {
            throw new DecodingException(HumanReadableText.SOCKET_IO_FAILURE, "A literal could not be read", e);
        }
    }

    private static byte[] octets(Literal literal) throws IOException {
        if (literal.size() > MAX_LITERAL_BYTES) {
            throw syntax("Expected a shorter literal");
        }
        try (InputStream octets = literal.getInputStream()) {
            return octets.readAllBytes();
        }
    }

    /** What the parser throws where the grammar ends. */
    public static DecodingException syntax(String expected) {
        return new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, expected);
    }
}
