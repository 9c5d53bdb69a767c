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

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.decode.DecodingException;

import io.jamesext.lemonade.imap.status.StatusLine;

/** FILTER in a search whose charset is neither UTF-8 nor US-ASCII: RFC 5466 section 3.1 wants a BAD with BADCHARSET. */
public final class FilterCharsetException extends DecodingException {
    private static final long serialVersionUID = 1L;

    FilterCharsetException() {
        super(HumanReadableText.BAD_IO_ENCODING, "FILTER wants UTF-8");
    }

    /** What to answer. */
    public StatusLine answer(Tag tag, ImapCommand command) {
        return new StatusLine(tag, StatusResponse.Type.BAD, "BADCHARSET (US-ASCII UTF-8)", command, "failed. A filter is in UTF-8");
    }
}
