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

package io.jamesext.lemonade.imap.urlauth;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;

import com.google.common.base.CharMatcher;

import io.jamesext.lemonade.imap.urlauth.UrlFetchRequest.Asked;
import io.jamesext.lemonade.imap.urlauth.UrlFetchRequest.Item;

/**
 * Parses URLFETCH. RFC 4467 section 9 and RFC 5524 section 5, each url-full an astring:
 *
 * <pre>
 * urlfetch        = "URLFETCH" 1*(SP url-fetch-arg)          url-fetch-arg = url-fetch-simple / url-fetch-ext
 * url-fetch-ext   = "(" url-full *(SP url-fetch-param) ")"   url-fetch-param = "BODY" / "BINARY" / "BODYPARTSTRUCTURE" / atom
 * </pre>
 */
public final class UrlFetchParser extends AbstractImapCommandParser {
    private static final Map<String, Item> ITEMS = Map.of("BODY", Item.BODY, "BINARY", Item.BINARY,
        "BODYPARTSTRUCTURE", Item.BODYPARTSTRUCTURE);
    private static final CharMatcher ITEM_END = CharMatcher.anyOf(" ()\r\n");

    public UrlFetchParser(StatusResponseFactory responses) {
        super(UrlCommands.URLFETCH, responses);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) throws DecodingException {
        List<Asked> asked = new ArrayList<>();
        do {
            asked.add(request.nextWordChar() == '(' ? extended(request) : new Asked(request.astring(), Set.of()));
        } while (request.nextChar() == ' ');
        request.eol();
        return new UrlFetchRequest(tag, asked);
    }

    private static Asked extended(ImapRequestLineReader request) throws DecodingException {
        request.consumeChar('(');
        if (request.nextWordChar() == ')') {
            // James's astring may have no characters.
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "no URL");
        }
        String url = request.astring();
        Set<Item> items = EnumSet.noneOf(Item.class);
        while (request.nextChar() == ' ') {
            request.nextWordChar();
            Item item = ITEMS.get(request.readUntil(ITEM_END).toUpperCase(Locale.ROOT));
            // RFC 5524 section 3.1: none more than once, and not BINARY with BODY.
            if (item == null || !items.add(item) || items.contains(Item.BINARY) && items.contains(Item.BODY)) {
                throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "not a set of parameters");
            }
        }
        request.consumeChar(')');
        return new Asked(url, items);
    }
}
