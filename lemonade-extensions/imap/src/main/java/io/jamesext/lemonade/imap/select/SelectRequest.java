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

package io.jamesext.lemonade.imap.select;

import java.util.List;
import java.util.Optional;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;

/** SELECT or EXAMINE. RFC 3501 sections 6.3.1 and 6.3.2, RFC 7162 sections 3.1.8 and 3.2.5. */
final class SelectRequest extends AbstractImapRequest {
    private final String mailbox;
    private final boolean condstore;
    private final Optional<Resync> resync;

    /**
     * The QRESYNC parameter.
     *
     * @param known UIDs that the client knows; without them all
     * @param match messages of which the client knows number and UID, ascending
     */
    record Resync(long uidValidity, long modSeq, Optional<ImmutableRangeSet<Long>> known, Optional<Match> match) {
    }

    /** RFC 7162 section 3.2.5.2: as many numbers as UIDs, each in ranges from the first to before the upper endpoint. */
    record Match(List<Range<Long>> numbers, List<Range<Long>> uids) {
    }

    SelectRequest(Tag tag, ImapCommand command, String mailbox, boolean condstore, Optional<Resync> resync) {
        super(tag, command);
        this.mailbox = mailbox;
        this.condstore = condstore;
        this.resync = resync;
    }

    String mailbox() {
        return mailbox;
    }

    boolean readOnly() {
        return getCommand().equals(ImapConstants.EXAMINE_COMMAND);
    }

    boolean condstore() {
        return condstore;
    }

    Optional<Resync> resync() {
        return resync;
    }
}
