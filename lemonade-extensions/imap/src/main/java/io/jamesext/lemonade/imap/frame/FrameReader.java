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

import java.util.Iterator;
import java.util.List;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.message.Literal;
import org.jspecify.annotations.Nullable;

/**
 * Lets James's parsers read a frame. What was cut as a literal can be read as one only, and nothing else can: a parser that sees another
 * literal
 * than the cutter did gets a syntax error, not octets.
 */
final class FrameReader extends ImapRequestLineReader {
    private final byte[] text;
    private final int length;
    private final Iterator<Frame.Placed> literals;
    private Frame.@Nullable Placed next;
    private int at;

    FrameReader(byte[] text, int length, List<Frame.Placed> literals) {
        this.text = text;
        this.length = length;
        this.literals = literals.iterator();
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

    @Override
    protected void commandContinuationRequest() throws DecodingException {
        // The cutter has answered every synchronising literal already; the frame announces all as non-synchronising.
        throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Unexpected literal");
    }
}
