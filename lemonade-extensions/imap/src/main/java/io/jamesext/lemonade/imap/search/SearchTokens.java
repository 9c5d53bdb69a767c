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

package io.jamesext.lemonade.imap.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.message.Literal;

import com.google.common.io.ByteStreams;

import io.jamesext.lemonade.imap.fetch.FetchItem;
import io.jamesext.lemonade.imap.fetch.FetchParser;

/** The tokens of a search program. RFC 3501 section 9. */
public final class SearchTokens {
    /** RFC 3501 section 9: numbers of messages and UIDs are unsigned 32-bit integers. */
    private static final long MAX_MESSAGE_NUMBER = 0xFFFF_FFFFL;
    private static final int MAX_DIGITS = 19;
    /** More text than anybody looks for, and what one search may hold in memory for each of its strings. */
    private static final int MAX_STRING_BYTES = 64 << 10;
    private static final List<String> MONTHS = List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final String ATOM_SPECIALS = "(){ %*\"\\]";

    private final ImapRequestLineReader in;

    /** Of a command, from where its reader stands. */
    public SearchTokens(ImapRequestLineReader in) {
        this.in = in;
    }

    /** What a parser throws for a command that is not what its grammar says: a BAD. */
    public static DecodingException bad(String why) {
        return new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, why);
    }

    /** Whether that octet is next. */
    public boolean next(char wanted) throws DecodingException {
        return in.nextChar() == wanted;
    }

    /** Reads that octet if it is next. */
    public boolean skip(char wanted) throws DecodingException {
        if (in.nextChar() != wanted) {
            return false;
        }
        in.consume();
        return true;
    }

    /** Reads that octet. */
    public void expect(char wanted) throws DecodingException {
        if (!skip(wanted)) {
            throw bad("Expected '" + wanted + "'");
        }
    }

    /** Reads one space. */
    public void space() throws DecodingException {
        expect(' ');
    }

    /** The end of the command. */
    void end() throws DecodingException {
        in.eol();
    }

    boolean startsSet() throws DecodingException {
        char first = in.nextChar();
        return (first >= '0' && first <= '9') || first == '*' || first == '$';
    }

    /** The name of a key or option, in capitals. */
    public String name() throws DecodingException {
        String name = run(octet -> (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z')).toUpperCase(Locale.ROOT);
        if (name.isEmpty()) {
            throw bad("Expected a search key");
        }
        return name;
    }

    /** {@code atom}. */
    public String atom() throws DecodingException {
        String atom = run(SearchTokens::isAtom);
        if (atom.isEmpty()) {
            throw bad("Expected an atom");
        }
        return atom;
    }

    /** {@code quoted / literal / 1*ASTRING-CHAR} in that charset. */
    String astring(Charset charset) throws DecodingException {
        byte[] octets;
        if (next('"')) {
            octets = quoted();
        } else if (next('{')) {
            octets = literal();
        } else {
            String word = run(octet -> isAtom(octet) || octet == ']');
            if (word.isEmpty()) {
                throw bad("Expected a string");
            }
            return word;
        }
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            throw new DecodingException(HumanReadableText.BAD_IO_ENCODING, "Not text in " + charset.name(), e);
        }
    }

    /** {@code 1*DIGIT}, up to 63 bits, as RFC 7162 has a mod-sequence and RFC 9051 a number64. */
    long number() throws DecodingException {
        String digits = run(octet -> octet >= '0' && octet <= '9');
        if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
            throw bad("Expected a number");
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "The number is too large", e);
        }
    }

    /** {@code date / DQUOTE date DQUOTE}, date is {@code 1*2DIGIT "-" "Jan" "-" 4DIGIT}. */
    LocalDate date() throws DecodingException {
        boolean quoted = skip('"');
        String[] parts = run(SearchTokens::isAtom).split("-", -1);
        if (quoted) {
            expect('"');
        }
        if (parts.length != 3 || !parts[0].matches("[0-9]{1,2}") || !parts[2].matches("[0-9]{4}")) {
            throw bad("Expected a date");
        }
        try {
            int month = MONTHS.indexOf(parts[1].toUpperCase(Locale.ROOT)) + 1;
            return LocalDate.of(Integer.parseInt(parts[2]), month, Integer.parseInt(parts[0]));
        } catch (DateTimeException e) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "No such day", e);
        }
    }

    /** What stands behind PARTIAL. */
    Page page() throws DecodingException {
        return Page.parse(run(octet -> octet >= '0' && octet <= '9' || octet == ':' || octet == '-'));
    }

    /** What FETCH asks for, in parentheses. */
    List<FetchItem> attributes() throws DecodingException {
        return FetchParser.list(in);
    }

    SequenceSet set() throws DecodingException {
        if (skip('$')) {
            return SequenceSet.LAST_RESULT;
        }
        List<SequenceSet.Range> ranges = new ArrayList<>();
        do {
            long from = setNumber();
            ranges.add(new SequenceSet.Range(from, skip(':') ? setNumber() : from));
        } while (skip(','));
        return new SequenceSet(ranges, false);
    }

    private long setNumber() throws DecodingException {
        if (skip('*')) {
            return SequenceSet.STAR;
        }
        long number = number();
        if (number == 0 || number > MAX_MESSAGE_NUMBER) {
            throw new DecodingException(HumanReadableText.INVALID_MESSAGESET, "Not a message number");
        }
        return number;
    }

    private byte[] quoted() throws DecodingException {
        expect('"');
        StringBuilder octets = new StringBuilder();
        while (!next('"')) {
            char octet = in.consume();
            if (octet == '\\') {
                octet = in.consume();
                if (octet != '"' && octet != '\\') {
                    throw bad("Only \\ and \" are quoted");
                }
            } else if (octet == '\r' || octet == '\n' || octet == 0) {
                throw bad("Expected the end of a quoted string");
            }
            append(octets, octet);
        }
        expect('"');
        return octets.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] literal() throws DecodingException {
        try {
            Literal literal = in.consumeLiteral(false).right;
            if (literal.size() > MAX_STRING_BYTES) {
                throw bad("The string is too long");
            }
            try (InputStream octets = literal.getInputStream()) {
                return ByteStreams.toByteArray(octets);
            }
        } catch (DecodingException e) {
            throw e;
        } catch (IOException e) {
            throw new DecodingException(HumanReadableText.SOCKET_IO_FAILURE, "A literal could not be read", e);
        }
    }

    private String run(IntPredicate wanted) throws DecodingException {
        StringBuilder run = new StringBuilder();
        while (wanted.test(in.nextChar())) {
            append(run, in.consume());
        }
        return run.toString();
    }

    /** James's reader gives octets widened by sign. */
    private static void append(StringBuilder octets, char octet) {
        octets.append((char) (octet & 0xFF));
    }

    static boolean isAtom(int octet) {
        return octet > ' ' && octet < 127 && ATOM_SPECIALS.indexOf(octet) < 0;
    }
}
