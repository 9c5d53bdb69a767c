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


package io.jamesext.lemonade.imap.id;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;

/**
 * Parses ID. RFC 2971 section 4, whose {@code #} means spaces, as in its examples:
 *
 * <pre>
 * id             = "ID" SP id_params_list
 * id_params_list = "(" [string SP nstring *(SP string SP nstring)] ")" / nil
 * </pre>
 */
public final class IdCommandParser extends AbstractImapCommandParser {
    // Section 3.3.
    private static final int MAX_FIELDS = 30;
    private static final int MAX_FIELD_BYTES = 30;
    private static final int MAX_VALUE_BYTES = 1024;

    /** With James's texts. */
    public IdCommandParser(StatusResponseFactory responses) {
        super(ImapConstants.ID_COMMAND, responses);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) throws DecodingException {
        Map<String, String> fields = new HashMap<>();
        if (request.nextWordChar() == '(') {
            list(request, fields);
        } else {
            nil(request);
        }
        request.eol();
        return new IdRequest(tag, fields);
    }

    private static void list(ImapRequestLineReader request, Map<String, String> fields) throws DecodingException {
        Set<String> names = new HashSet<>();
        request.consume();
        while (request.nextWordChar() != ')') {
            String name = string(request, MAX_FIELD_BYTES).toLowerCase(Locale.ROOT);
            if (request.nextChar() != ' ') {
                throw malformed("a value is missing");
            }
            Optional<String> value = nstring(request);
            if (request.nextChar() != ' ' && request.nextChar() != ')') {
                throw malformed("a value must end");
            }
            // "Implementations MUST NOT send the same field name more than once."
            if (!names.add(name) || names.size() > MAX_FIELDS) {
                throw malformed("too many fields");
            }
            value.ifPresent(text -> fields.put(name, text));
        }
        request.consume();
    }

    private static Optional<String> nstring(ImapRequestLineReader request) throws DecodingException {
        char next = request.nextWordChar();
        if (next == '"' || next == '{') {
            return Optional.of(string(request, MAX_VALUE_BYTES));
        }
        nil(request);
        return Optional.empty();
    }

    private static String string(ImapRequestLineReader request, int most) throws DecodingException {
        char next = request.nextWordChar();
        if (next != '"' && next != '{') {
            throw malformed("a string is missing");
        }
        // Clients do send UTF-8, though IMAP4rev1 has no place for it in a quoted string: nothing but the log depends on it.
        String text = request.astring(StandardCharsets.ISO_8859_1);
        if (text.length() > most) {
            throw malformed("too long");
        }
        return text;
    }

    private static void nil(ImapRequestLineReader request) throws DecodingException {
        if (!request.atom().equalsIgnoreCase("NIL")) {
            throw malformed("neither NIL nor a list");
        }
    }

    private static DecodingException malformed(String why) {
        return new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, why);
    }
}
