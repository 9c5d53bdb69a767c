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

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

import io.jamesext.lemonade.imap.frame.ReadingCommand;

/** A SEARCH or UID SEARCH. RFC 3501 section 6.4.4, RFC 4731 section 3. */
public final class SearchRequest extends AbstractImapRequest implements ReadingCommand {
    private final SearchKey program;
    private final ReturnOptions options;
    private final boolean uids;

    /** Makes a request. */
    public SearchRequest(Tag tag, SearchKey program, ReturnOptions options, boolean uids) {
        super(tag, ImapConstants.SEARCH_COMMAND);
        this.program = program;
        this.options = options;
        this.uids = uids;
    }

    public SearchKey program() {
        return program;
    }

    public ReturnOptions options() {
        return options;
    }

    public boolean uids() {
        return uids;
    }
}
