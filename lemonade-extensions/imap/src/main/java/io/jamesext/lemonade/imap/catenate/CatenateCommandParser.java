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

package io.jamesext.lemonade.imap.catenate;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;

import javax.mail.Flags;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.apache.james.imap.message.Literal;
import org.apache.james.imap.message.request.AppendRequest;

/**
 * Parses APPEND, plain and with CATENATE. RFC 3501 section 6.3.11 and RFC 4469 section 5:
 *
 * <pre>
 * append      = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP append-data
 * append-data = literal / "CATENATE" SP "(" cat-part *(SP cat-part) ")"
 * cat-part    = "TEXT" SP literal / "URL" SP astring
 * </pre>
 */
public final class CatenateCommandParser extends AbstractImapCommandParser {
    private final Clock clock;

    public CatenateCommandParser(StatusResponseFactory statusResponseFactory, Clock clock) {
        super(ImapConstants.APPEND_COMMAND, statusResponseFactory);
        this.clock = clock;
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) throws DecodingException {
        String mailbox = request.mailbox();
        Flags flags = request.nextWordChar() == '(' ? request.flagList() : new Flags();
        LocalDateTime dateTime = request.nextWordChar() == '"' ? request.dateTime() : LocalDateTime.now(clock);
        Date date = Date.from(dateTime.atZone(ZoneId.systemDefault()).toInstant());
        if (request.nextWordChar() == '{') {
            Literal literal = literal(request);
            // Stock James takes whatever stands behind the literal for the next command.
            request.eol();
            return new AppendRequest(mailbox, flags, date, literal, tag);
        }
        if (!request.atom().equalsIgnoreCase("CATENATE")) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Expected a literal or CATENATE");
        }
        List<CatenatePart> parts = parts(request);
        request.eol();
        return new CatenateRequest(tag, new CatenateRequest.Target(mailbox, flags, date), parts);
    }

    private static List<CatenatePart> parts(ImapRequestLineReader request) throws DecodingException {
        request.nextWordChar();
        request.consumeChar('(');
        List<CatenatePart> parts = new ArrayList<>();
        do {
            parts.add(part(request));
            request.nextWordChar();
        } while (request.nextChar() != ')');
        request.consumeChar(')');
        return parts;
    }

    private static CatenatePart part(ImapRequestLineReader request) throws DecodingException {
        String kind = request.atom().toUpperCase(Locale.ROOT);
        switch (kind) {
            case "TEXT":
                request.nextWordChar();
                return new CatenatePart.Text(literal(request));
            case "URL":
                return new CatenatePart.Url(request.astring());
            default:
                throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Expected TEXT or URL");
        }
    }

    private static Literal literal(ImapRequestLineReader request) throws DecodingException {
        try {
            return request.consumeLiteral(false).right;
        } catch (DecodingException e) {
            throw e;
        } catch (IOException e) {
            throw new DecodingException(HumanReadableText.SOCKET_IO_FAILURE, "A literal could not be read", e);
        }
    }
}
