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

package io.jamesext.lemonade.imap.thread;

import java.util.Optional;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.parser.AbstractMessageRangeCommandParser;
import org.apache.james.imap.message.request.AbstractMessageRangeRequest;

import io.jamesext.lemonade.imap.search.CriteriaReader;
import io.jamesext.lemonade.imap.search.FilterCharsetException;
import io.jamesext.lemonade.imap.search.SearchKey;
import io.jamesext.lemonade.imap.search.SearchTokens;
import io.jamesext.lemonade.imap.status.StatusLine;

/**
 * Reads {@code thread = ["UID" SP] "THREAD" SP thread-alg SP search-criteria}. RFC 5256 section 5.
 *
 * <p>James's parser is the superclass because UID takes nothing else; none of it is used.
 */
public final class ThreadCommandParser extends AbstractMessageRangeCommandParser {
    public ThreadCommandParser(StatusResponseFactory statusResponseFactory) {
        super(ThreadRequest.COMMAND, statusResponseFactory);
    }

    @Override
    protected AbstractMessageRangeRequest createRequest(Tag tag, boolean uids, IdRange[] ids, String mailbox) {
        throw new UnsupportedOperationException("there is no mailbox in THREAD");
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader in, Tag tag, boolean uids, ImapSession session) throws DecodingException {
        SearchTokens tokens = new SearchTokens(in);
        tokens.space();
        Optional<Algorithm> algorithm = Algorithm.named(tokens.atom());
        tokens.space();
        Optional<SearchKey> program;
        try {
            program = CriteriaReader.read(tokens, session);
        } catch (FilterCharsetException e) {
            return e.answer(tag, ThreadRequest.COMMAND);
        }
        if (program.isEmpty()) {
            return CriteriaReader.badCharset(tag, ThreadRequest.COMMAND, session);
        }
        // RFC 5256 section 5: thread-alg-ext is any atom, so one that is not here is no wrong syntax. RFC 5530: CANNOT.
        return algorithm.<ImapMessage>map(known -> new ThreadRequest(tag, known, program.get(), uids))
            .orElseGet(() -> new StatusLine(tag, StatusResponse.Type.NO, "CANNOT", ThreadRequest.COMMAND, "failed. Unknown algorithm"));
    }
}
