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

package io.jamesext.lemonade.imap.append;

import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.message.Literal;

import io.jamesext.lemonade.imap.append.NewMessage.Piece;

/**
 * Reads the message of an APPEND or REPLACE. RFC 4466 section 6, RFC 4469 section 5, RFC 3516 section 7, RFC 6855 section 4:
 *
 * <pre>
 * append-message = [SP flag-list] [SP date-time] SP append-data
 * append-data    = literal / literal8 / utf8-literal / "CATENATE" SP "(" cat-part *(SP cat-part) ")"
 * cat-part       = "TEXT" SP (literal / literal8) / utf8-literal / "URL" SP astring
 * utf8-literal   = "UTF8" SP "(" literal8 ")"
 * </pre>
 */
public final class AppendMessageReader {
    private final ImapRequestLineReader request;

    public AppendMessageReader(ImapRequestLineReader request) {
        this.request = request;
    }

    /** Reads one message, whose first octet may have a space before it. */
    public NewMessage read() throws DecodingException {
        Flags flags = request.nextWordChar() == '(' ? request.flagList() : new Flags();
        Optional<Date> date = request.nextWordChar() == '"' ? Optional.of(date()) : Optional.empty();
        char next = request.nextWordChar();
        if (next == '{' || next == '~') {
            return new NewMessage(flags, date, List.of(new Piece.Octets(literal(next))));
        }
        String form = request.atom().toUpperCase(Locale.ROOT);
        List<Piece> pieces = switch (form) {
            case "CATENATE" -> parts();
            case "UTF8" -> List.of(new Piece.Octets(utf8()));
            default -> throw bad("Expected a literal, CATENATE or UTF8");
        };
        return new NewMessage(flags, date, pieces);
    }

    private Date date() throws DecodingException {
        try {
            return InternalDate.parse(request.astring());
        } catch (DateTimeException e) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Expected a date-time", e);
        }
    }

    private List<Piece> parts() throws DecodingException {
        request.nextWordChar();
        request.consumeChar('(');
        List<Piece> parts = new ArrayList<>();
        do {
            parts.add(part());
        } while (request.nextWordChar() != ')');
        request.consumeChar(')');
        return parts;
    }

    private Piece part() throws DecodingException {
        String kind = request.atom().toUpperCase(Locale.ROOT);
        return switch (kind) {
            case "TEXT" -> new Piece.Octets(literal(request.nextWordChar()));
            case "UTF8" -> new Piece.Octets(utf8());
            case "URL" -> new Piece.Url(url());
            default -> throw bad("Expected TEXT, URL or UTF8");
        };
    }

    private String url() throws DecodingException {
        if (request.nextWordChar() == ')') {
            throw bad("Expected a URL");
        }
        return request.astring();
    }

    private Literal utf8() throws DecodingException {
        request.nextWordChar();
        request.consumeChar('(');
        if (request.nextChar() != '~') {
            throw bad("Expected a literal8");
        }
        Literal literal = literal('~');
        request.consumeChar(')');
        return literal;
    }

    private Literal literal(char first) throws DecodingException {
        try {
            if (first == '~') {
                request.consumeChar('~');
            }
            return request.consumeLiteral(false).right;
        } catch (DecodingException e) {
            throw e;
        } catch (IOException e) {
            throw new DecodingException(HumanReadableText.SOCKET_IO_FAILURE, "A literal could not be read", e);
        }
    }

    private static DecodingException bad(String why) {
        return new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, why);
    }
}
