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

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;

import io.jamesext.lemonade.imap.status.StatusLine;
import io.jamesext.lemonade.imap.utf8.Utf8Accept;

/**
 * Reads SEARCH and UID SEARCH. RFC 4466 section 3: {@code "SEARCH" [SP "RETURN" SP "(" [return-options] ")"] SP search-program}, and
 * {@code search-program = ["CHARSET" SP charset SP] search-key *(SP search-key)}.
 *
 * <p>It extends James's parser for nothing but its type: what reads UID asks for a class that others cannot extend otherwise.
 */
public final class SearchCommandParser extends org.apache.james.imap.decode.parser.SearchCommandParser {
    public SearchCommandParser(StatusResponseFactory statusResponseFactory) {
        super(statusResponseFactory);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader in, Tag tag, boolean uids, ImapSession session) throws DecodingException {
        SearchTokens tokens = new SearchTokens(in);
        tokens.space();
        boolean utf8 = Utf8Accept.isEnabled(session);
        Charset charset = utf8 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
        ReturnOptions options = ReturnOptions.NONE;
        String word = word(tokens);
        if (word.equals("RETURN")) {
            options = ReturnOptions.read(tokens);
            tokens.space();
            word = word(tokens);
        }
        if (word.equals("CHARSET")) {
            if (utf8) {
                // RFC 6855 section 3: the labels would contradict each other.
                throw SearchTokens.bad("CHARSET after ENABLE UTF8=ACCEPT");
            }
            tokens.space();
            Optional<Charset> named = SearchCharsets.named(tokens.astring(StandardCharsets.US_ASCII));
            tokens.space();
            if (named.isEmpty()) {
                return badCharset(tag, options, session);
            }
            charset = named.get();
            word = word(tokens);
        }
        try {
            return new SearchRequest(tag, new SearchProgramReader(tokens, charset).program(word), options, uids);
        } catch (FilterCharsetException e) {
            return e.answer(tag, ImapConstants.SEARCH_COMMAND);
        }
    }

    /** The next word, if it is one; a program may also start with a list or a set. */
    private static String word(SearchTokens tokens) throws DecodingException {
        return tokens.next('(') || tokens.startsSet() ? "" : tokens.name();
    }

    /** RFC 3501 section 6.4.4. What follows cannot be read without the charset. */
    private static ImapMessage badCharset(Tag tag, ReturnOptions options, ImapSession session) {
        if (options.has(ReturnOption.SAVE)) {
            // RFC 5182 section 2.1: a NO empties the search result variable. Commands are parsed when it is their turn: this is the moment.
            SavedSearch.clear(session);
        }
        return new StatusLine(tag, StatusResponse.Type.NO, SearchCharsets.badCharset(), ImapConstants.SEARCH_COMMAND,
            "The charset is not supported");
    }
}
