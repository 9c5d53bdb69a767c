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

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

import io.jamesext.lemonade.imap.frame.ReadingCommand;
import io.jamesext.lemonade.imap.search.ReturnOptions;
import io.jamesext.lemonade.imap.search.SearchKey;

/** A SORT or UID SORT. RFC 5256, SORT; RFC 5267 section 3. */
public final class SortRequest extends AbstractImapRequest implements ReadingCommand {
    /** SORT, with a mailbox selected only. */
    public static final ImapCommand COMMAND = ImapCommand.selectedStateCommand("SORT");

    private final SortOrder order;
    private final SearchKey program;
    private final ReturnOptions options;
    private final boolean uids;

    /** Makes a request. */
    public SortRequest(Tag tag, SortOrder order, SearchKey program, ReturnOptions options, boolean uids) {
        super(tag, COMMAND);
        this.order = order;
        this.program = program;
        this.options = options;
        this.uids = uids;
    }

    public SortOrder order() {
        return order;
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
