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

package io.jamesext.lemonade.imap.sort;

import java.util.Optional;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.parser.AbstractMessageRangeCommandParser;
import org.apache.james.imap.message.request.AbstractMessageRangeRequest;

import io.jamesext.lemonade.imap.search.CriteriaReader;
import io.jamesext.lemonade.imap.search.FilterCharsetException;
import io.jamesext.lemonade.imap.search.ReturnOption;
import io.jamesext.lemonade.imap.search.ReturnOptions;
import io.jamesext.lemonade.imap.search.SavedSearch;
import io.jamesext.lemonade.imap.search.SearchKey;
import io.jamesext.lemonade.imap.search.SearchTokens;

/**
 * Reads {@code sort = ["UID" SP] "SORT" [SP "RETURN" SP "(" [return-options] ")"] SP sort-criteria SP search-criteria}. RFC 5256
 * section 5, RFC 5267 section 5.
 *
 * <p>James's parser is the superclass because UID takes nothing else; none of it is used.
 */
public final class SortCommandParser extends AbstractMessageRangeCommandParser {
    public SortCommandParser(StatusResponseFactory statusResponseFactory) {
        super(SortRequest.COMMAND, statusResponseFactory);
    }

    @Override
    protected AbstractMessageRangeRequest createRequest(Tag tag, boolean uids, IdRange[] ids, String mailbox) {
        throw new UnsupportedOperationException("there is no mailbox in SORT");
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader in, Tag tag, boolean uids, ImapSession session) throws DecodingException {
        SearchTokens tokens = new SearchTokens(in);
        tokens.space();
        ReturnOptions options = options(tokens);
        SortOrder order = SortOrderReader.read(tokens);
        tokens.space();
        try {
            Optional<SearchKey> program = CriteriaReader.read(tokens, session);
            if (program.isPresent()) {
                return new SortRequest(tag, order, program.get(), options, uids);
            }
        } catch (FilterCharsetException e) {
            return e.answer(tag, SortRequest.COMMAND);
        }
        if (options.has(ReturnOption.SAVE)) {
            // RFC 5182 section 2.1, as with SEARCH.
            SavedSearch.clear(session);
        }
        return CriteriaReader.badCharset(tag, SortRequest.COMMAND, session);
    }

    private static ReturnOptions options(SearchTokens tokens) throws DecodingException {
        if (tokens.next('(')) {
            return ReturnOptions.NONE;
        }
        if (!tokens.name().equals("RETURN")) {
            throw SearchTokens.bad("Expected RETURN or criteria");
        }
        ReturnOptions options = ReturnOptions.read(tokens);
        tokens.space();
        return options;
    }
}
