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

package io.jamesext.lemonade.imap.frame;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

import javax.mail.Flags;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecoderUtils;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.message.Literal;
import org.jspecify.annotations.Nullable;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.search.SavedSearch;
import io.jamesext.lemonade.imap.utf8.Utf8Accept;

/**
 * Lets James's parsers read a frame. What was cut as a literal can be read as one only, and nothing else can: a parser that sees another
 * literal than the cutter did gets a syntax error, not octets.
 */
final class FrameReader extends ImapRequestLineReader {
    private static final String UID = "UID ";
    private static final String AFTER_FLAG = " )\r\n";
    private static final String NOT_IN_FLAG = "({%*\"]";

    private final byte[] text;
    private final int length;
    private final Iterator<Frame.Placed> literals;
    private final ImapSession client;
    private Frame.@Nullable Placed next;
    private int at;

    FrameReader(byte[] text, int length, List<Frame.Placed> literals, ImapSession client) {
        this.text = text;
        this.length = length;
        this.literals = literals.iterator();
        this.client = client;
        this.next = this.literals.hasNext() ? this.literals.next() : null;
    }

    @Override
    public char nextChar() throws DecodingException {
        if (!nextSeen) {
            if (at >= length) {
                throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Unexpected end of the command");
            }
            if (next != null && next.offset() == at) {
                throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Unexpected literal");
            }
            // James's parsers widen octets by sign and compare with ASCII: the same here.
            nextChar = (char) text[at++];
            nextSeen = true;
        }
        return nextChar;
    }

    @Override
    public Literal read(int size, boolean extraCrlf) throws DecodingException {
        Frame.Placed placed = next;
        if (placed == null || placed.offset() != at || placed.literal().size() != size) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Unexpected literal");
        }
        nextSeen = false;
        nextChar = 0;
        next = literals.hasNext() ? literals.next() : null;
        return placed.literal();
    }

    /** There is one way to read the name of a mailbox, and James's parsers (COPY, MOVE) take it too. */
    @Override
    public String mailbox() throws DecodingException {
        nextWordChar();
        return new Arguments(this, client).mailbox();
    }

    /** RFC 6855 section 3: once enabled, every string is UTF-8. James's reader would lose characters that its buffers cut in two. */
    @Override
    protected String consumeQuoted(@Nullable Charset charset) throws DecodingException {
        return Utf8Accept.isEnabled(client) ? new Arguments(this, client).string() : super.consumeQuoted(charset);
    }

    @Override
    public String consumeLiteral(@Nullable Charset charset) throws DecodingException {
        return Utf8Accept.isEnabled(client) ? new Arguments(this, client).string() : super.consumeLiteral(charset);
    }

    /**
     * RFC 5182 section 2.1: "$" stands for message numbers or UIDs, "depending on the context". James's own takes whatever the search gave.
     */
    @Override
    public IdRange[] parseIdRange(@Nullable ImapSession session) throws DecodingException {
        if (session != null && nextWordChar() == '$') {
            consume();
            return SavedSearch.ranges(session, isUidCommand());
        }
        return super.parseIdRange(session);
    }

    /** James reads a word of nothing where none begins. A parser that reads words until its list ends would never come to its end. */
    @Override
    public String consumeWord(CharacterValidator validator, boolean stripParen) throws DecodingException {
        String word = super.consumeWord(validator, stripParen);
        if (word.isEmpty()) {
            // RFC 3501 section 9: 1*ATOM-CHAR.
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "A word is missing");
        }
        return word;
    }

    @Override
    public Flags flagList() throws DecodingException {
        Flags flags = new Flags();
        nextWordChar();
        consumeChar('(');
        while (nextWordChar() != ')') {
            flags.add(flag());
        }
        consumeChar(')');
        return flags;
    }

    /**
     * RFC 3501 section 9: {@code flag = "\" atom / atom}; {@code \Recent} cannot be set, and there are no other system flags than five.
     * James takes any octets, and tells them as others.
     */
    @Override
    public Flags flag() throws DecodingException {
        nextWordChar();
        StringBuilder flag = new StringBuilder();
        for (char next = nextChar(); AFTER_FLAG.indexOf(next) < 0; next = nextChar()) {
            if (next <= ' ' || next > '~' || NOT_IN_FLAG.indexOf(next) >= 0 || next == '\\' && !flag.isEmpty()) {
                throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Expected a flag");
            }
            flag.append(consume());
        }
        Flags flags = new Flags();
        DecoderUtils.setFlag(flag.toString(), flags);
        if (flag.isEmpty() || flags.getUserFlags().length > 0 && flag.charAt(0) == '\\') {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "There is no such system flag");
        }
        return flags;
    }

    private boolean isUidCommand() {
        String start = new String(text, 0, Math.min(length, Frame.MAX_TAG + UID.length()), StandardCharsets.US_ASCII);
        return start.regionMatches(true, start.indexOf(' ') + 1, UID, 0, UID.length());
    }

    @Override
    protected void commandContinuationRequest() throws DecodingException {
        // The cutter has answered every synchronising literal already; the frame announces all as non-synchronising.
        throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Unexpected literal");
    }
}
