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

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

import io.jamesext.lemonade.imap.frame.ReadingCommand;
import io.jamesext.lemonade.imap.search.SearchKey;

/** A THREAD or UID THREAD. RFC 5256, THREAD. */
public final class ThreadRequest extends AbstractImapRequest implements ReadingCommand {
    /** With a mailbox selected only. */
    static final ImapCommand COMMAND = ImapCommand.selectedStateCommand("THREAD");

    private final Algorithm algorithm;
    private final SearchKey program;
    private final boolean uids;

    ThreadRequest(Tag tag, Algorithm algorithm, SearchKey program, boolean uids) {
        super(tag, COMMAND);
        this.algorithm = algorithm;
        this.program = program;
        this.uids = uids;
    }

    Algorithm algorithm() {
        return algorithm;
    }

    SearchKey program() {
        return program;
    }

    boolean uids() {
        return uids;
    }
}
