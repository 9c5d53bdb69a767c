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
import java.util.Set;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;

import io.jamesext.lemonade.imap.status.StatusLine;
import io.jamesext.lemonade.imap.utf8.Utf8Accept;

/** Reads {@code search-criteria = charset 1*(SP search-key)}, with which SORT and THREAD end. RFC 5256 section 5. */
public final class CriteriaReader {
    /** RFC 6855 section 3 has strings in UTF-8 once it is enabled: another charset would contradict. */
    private static final Set<Charset> OF_UTF8 = Set.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_8);

    private CriteriaReader() {
    }

    /** The program, to the end of the command; none if the charset is not supported, for then it cannot be read. */
    public static Optional<SearchKey> read(SearchTokens tokens, ImapSession session) throws DecodingException {
        Optional<Charset> charset = SearchCharsets.named(tokens.astring(StandardCharsets.US_ASCII));
        if (Utf8Accept.isEnabled(session)) {
            charset = charset.filter(OF_UTF8::contains).map(named -> StandardCharsets.UTF_8);
        }
        tokens.space();
        return charset.isEmpty() ? Optional.empty() : Optional.of(new SearchProgramReader(tokens, charset.get()).program(""));
    }

    /** The answer to a command whose charset is not supported. RFC 5256: "can't sort that charset". */
    public static StatusLine badCharset(Tag tag, ImapCommand command, ImapSession session) {
        String code = Utf8Accept.isEnabled(session) ? "BADCHARSET (US-ASCII UTF-8)" : SearchCharsets.badCharset();
        return new StatusLine(tag, StatusResponse.Type.NO, code, command, "The charset is not supported");
    }
}
