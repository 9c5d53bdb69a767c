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

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One whole command: its text, in which every literal is left as its announcement {@code {n+}}, and the literals with where they stood.
 *
 * <p>The announcements are all of the form that needs no answer, so that James's parser never writes a continuation of its own.
 */
final class Frame {
    /** A literal, and the length of the text up to and with the line that announces it. */
    record Placed(int offset, ReceivedLiteral literal) {
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(Frame.class);
    static final int MAX_TAG = 64;

    private final byte[] text;
    private final int length;
    private final List<Placed> literals;

    Frame(byte[] text, int length, List<Placed> literals) {
        this.text = text;
        this.length = length;
        this.literals = List.copyOf(literals);
    }

    /** Parses the command; whatever goes wrong with that becomes a BAD. */
    ImapMessage parse(ImapDecoder parser, ImapSession session) {
        try {
            return parser.decode(reader(session), session);
        } catch (RuntimeException e) {
            LOGGER.info("A command could not be parsed", e);
        } catch (StackOverflowError e) {
            // Some of James's parsers follow parentheses by recursion.
            LOGGER.info("A command was nested too deeply");
        } catch (Error e) {
            // The JDK's way to say that what James takes for modified UTF-7 (RFC 3501 section 5.1.3) is none.
            if (!(e.getCause() instanceof CharacterCodingException)) {
                throw e;
            }
            LOGGER.info("A mailbox name was not encoded right");
        }
        return new ImmutableStatusResponse(StatusResponse.Type.BAD, "*".equals(tag()) ? null : new Tag(tag()), null,
            HumanReadableText.ILLEGAL_ARGUMENTS, null);
    }

    ImapRequestLineReader reader(ImapSession session) {
        return new FrameReader(text, length, literals, session);
    }

    String text() {
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    List<Placed> literals() {
        return literals;
    }

    String tag() {
        return tag(text, length);
    }

    /** The text without its end: what a command that is a conversation has asked for. Octets as they are, each a character. */
    String line() {
        int end = length - 1;
        return new String(text, 0, end > 0 && text[end - 1] == '\r' ? end - 1 : end, StandardCharsets.ISO_8859_1);
    }

    /** The tag a text starts with, {@code *} when it starts with none: an answer must never carry what a client slipped in as a tag. */
    static String tag(byte[] text, int length) {
        int end = 0;
        while (end < length && end < MAX_TAG && isTagChar(text[end])) {
            end++;
        }
        return end == 0 || end == length || text[end] != ' ' ? "*" : new String(text, 0, end, StandardCharsets.US_ASCII);
    }

    private static boolean isTagChar(byte octet) {
        // RFC 3501 section 9: tag is ASTRING-CHAR except "+".
        return octet > ' ' && octet < 127 && "(){%*\"\\+".indexOf(octet) < 0;
    }

    /** Frees what the literals hold. */
    void discard() {
        literals.forEach(placed -> placed.literal().discard());
    }
}
