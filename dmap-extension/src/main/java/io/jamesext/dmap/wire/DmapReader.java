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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Reads the tokens of a whole command, strictly: draft section 3.2.1, "it is a syntax error to send a command with missing or
 * extraneous spaces or arguments". Methods that answer an Optional or a boolean consume nothing when the token is not there;
 * {@code expect...} methods throw the syntax failure.
 */
public final class DmapReader {
    private static final long MAX_32_BIT = 0xFFFF_FFFFL;
    private static final int MAX_DIGITS = 18;

    private final CommandText text;
    private final ImmutableList<CommandText.Piece> pieces;
    private int piece;
    private String line;
    private int at;

    /** At the command's beginning. */
    public DmapReader(CommandText text) {
        this.text = text;
        this.pieces = text.pieces();
        this.line = pieces.get(0).line();
    }

    /** The command's tag; empty when it has none. */
    public String tag() {
        return text.tag().orElse("");
    }

    /** True when the next octet of the line is this one. */
    public boolean sees(char wanted) {
        return at < line.length() && line.charAt(at) == wanted;
    }

    /** True when a digit is next. */
    public boolean seesDigit() {
        return at < line.length() && Tokens.DIGIT.matches(line.charAt(at));
    }

    /** Reads this octet if it is next. */
    public boolean accept(char wanted) {
        boolean found = sees(wanted);
        at += found ? 1 : 0;
        return found;
    }

    /** Reads this octet. */
    public void expect(char wanted) {
        if (!accept(wanted)) {
            throw expected(wanted == ' ' ? "a space" : "`" + wanted + "`");
        }
    }

    /** Reads the one space between two tokens. */
    public DmapReader expectSpace() {
        expect(' ');
        return this;
    }

    /** The command ends here. */
    public void expectEnd() {
        if (at < line.length() || piece < pieces.size() - 1) {
            throw expected("the end of the command");
        }
    }

    /** An atom. Draft section 5.1. */
    public Optional<String> atom() {
        return take(Tokens.ATOM);
    }

    /** An atom, or the syntax failure. */
    public String expectAtom(String what) {
        return atom().orElseThrow(() -> expected(what));
    }

    /** A keyword of the draft, in capitals; draft section 10 (1): case makes no difference. */
    public Optional<String> word() {
        return take(Tokens.WORD).map(word -> word.toUpperCase(Locale.US));
    }

    /** A keyword, or the syntax failure. */
    public String expectWord(String what) {
        return word().orElseThrow(() -> expected(what));
    }

    /** Reads this keyword if it is next. */
    public boolean acceptWord(String wanted) {
        int start = at;
        if (word().filter(wanted::equals).isPresent()) {
            return true;
        }
        at = start;
        return false;
    }

    /** Reads a space and this keyword if both are next. */
    public boolean acceptSpaceAndWord(String wanted) {
        int start = at;
        if (accept(' ') && acceptWord(wanted)) {
            return true;
        }
        at = start;
        return false;
    }

    /** A flag: an atom, or a backslash and an atom. Draft section 3.3.2. */
    public String expectFlag() {
        String prefix = accept('\\') ? "\\" : "";
        return prefix + expectAtom("a flag");
    }

    /** A number below 2^63. Draft section 5.2. */
    public long expectNumber() {
        String digits = take(Tokens.DIGIT).orElseThrow(() -> expected("a number"));
        if (digits.length() > MAX_DIGITS) {
            throw new ProtocolException(Failure.SYNTAX, "the number is too large");
        }
        return Long.parseLong(digits);
    }

    /** A sequence set. Draft sections 3.3.1 and 7.6.8. */
    public SequenceSet expectSequenceSet() {
        ImmutableList.Builder<SequenceSet.Range> ranges = ImmutableList.builder();
        do {
            long first = sequenceNumber();
            ranges.add(new SequenceSet.Range(first, accept(':') ? sequenceNumber() : first));
        } while (accept(','));
        return new SequenceSet(ranges.build());
    }

    /** A text that is an atom or a string. Draft section 5. */
    public String expectAstring(String what) {
        return astring(Tokens.ATOM.or(CharMatcher.is(']')), what);
    }

    /** The octets of a literal. Draft section 5.3. */
    public byte[] expectOctets(String what) {
        return takeLiteral().map(Literal::octets).orElseThrow(() -> expected(what));
    }

    /** The octets of a literal, of which there are at most so many. Draft section 10 (3): NUL is only in a literal8. */
    public byte[] expectBinary(String what, int maxBytes) {
        Literal literal = takeLiteral().orElseThrow(() -> expected(what));
        if (literal.size() > maxBytes) {
            throw new ProtocolException(Failure.TOO_BIG, "expected " + what + " of at most " + maxBytes + " octets");
        }
        if (!literal.isBinary() && Bytes.contains(literal.octets(), (byte) 0)) {
            throw new ProtocolException(Failure.SYNTAX, "NUL is only in a literal8");
        }
        return literal.octets();
    }

    /** A mailbox name with possible wildcards. Draft section 7.3.8. */
    public String expectPattern() {
        return astring(Tokens.ATOM.or(CharMatcher.anyOf("]%*")), "a mailbox name pattern");
    }

    /** A list of one or more items by single spaces, whose opening parenthesis was read. Draft section 5.4. */
    public <T> ImmutableList<T> restOfList(Supplier<T> item) {
        ImmutableList.Builder<T> items = ImmutableList.builder();
        do {
            items.add(item.get());
        } while (accept(' '));
        expect(')');
        return items.build();
    }

    /** The failure that says what should stand here. */
    public ProtocolException expected(String what) {
        return new ProtocolException(Failure.SYNTAX, "expected " + what + ", found " + found());
    }

    private String astring(CharMatcher bare, String what) {
        if (accept('"')) {
            return quoted();
        }
        return literal().or(() -> take(bare)).orElseThrow(() -> expected(what));
    }

    /** Draft section 5.3 says seven bits, section 6.1 says that mailbox names are UTF-8: UTF-8 it is. */
    private String quoted() {
        StringBuilder text = new StringBuilder();
        while (at < line.length() && line.charAt(at) != '"') {
            if (line.charAt(at) == '\\') {
                at++;
                if (!sees('"') && !sees('\\')) {
                    throw expected("`\"` or `\\`");
                }
            }
            text.append(line.charAt(at++));
        }
        expect('"');
        return text.toString();
    }

    /** A quoted string. Draft section 5.3. */
    public Optional<String> quotedString() {
        return accept('"') ? Optional.of(quoted()) : Optional.empty();
    }

    /** A literal, streamed or not, or the syntax failure. Draft sections 5.3 and 5.3.1. */
    public Literal expectLiteral(String what) {
        return takeLiteral().orElseThrow(() -> expected(what));
    }

    private Optional<String> literal() {
        return takeLiteral().map(DmapReader::text);
    }

    private Optional<Literal> takeLiteral() {
        Optional<Literal> literal = at == line.length() ? pieces.get(piece).literal() : Optional.empty();
        literal.ifPresent(read -> {
            piece++;
            line = pieces.get(piece).line();
            at = 0;
        });
        return literal;
    }

    private static String text(Literal literal) {
        if (literal.isStreamed()) {
            throw new ProtocolException(Failure.TOO_BIG, "the literal is too large");
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(literal.octets())).toString();
            if (text.indexOf('\0') >= 0) {
                // Draft section 10 (3).
                throw new ProtocolException(Failure.SYNTAX, "NUL must not be used");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new ProtocolException(Failure.SYNTAX, "the literal is not UTF-8");
        }
    }

    private long sequenceNumber() {
        if (accept('*')) {
            return SequenceSet.LAST;
        }
        long number = expectNumber();
        if (number == 0 || number > MAX_32_BIT) {
            throw new ProtocolException(Failure.SYNTAX, "expected a number from 1 to 4294967295");
        }
        return number;
    }

    private Optional<String> take(CharMatcher characters) {
        int end = at;
        while (end < line.length() && characters.matches(line.charAt(end))) {
            end++;
        }
        String token = line.substring(at, end);
        at = end;
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    private String found() {
        if (at == line.length()) {
            return piece < pieces.size() - 1 ? "a literal" : "the end";
        }
        char next = line.charAt(at);
        return next == ' ' ? "a space" : CharMatcher.inRange('!', '~').matches(next) ? "`" + next + "`" : "another character";
    }
}
