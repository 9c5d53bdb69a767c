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

import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.process.ImapSession;

import io.jamesext.lemonade.imap.status.StatusLine;

/** Whether the selected mailbox was opened by EXAMINE: then nothing of it changes. RFC 3501 section 6.3.2. */
public final class ReadOnly {
    private static final String KEY = "lemonade.readOnly";

    private ReadOnly() {
    }

    /** True for a mailbox opened by EXAMINE. */
    public static boolean is(ImapSession session) {
        return Boolean.TRUE.equals(session.getAttribute(KEY));
    }

    /** The answer to a command that would change it. */
    public static StatusLine refusal(ImapRequest request) {
        return StatusLine.no(request, "READ-ONLY", "The mailbox is selected read-only.");
    }

    /** To be said when a mailbox is opened or left. */
    public static void set(ImapSession session, boolean readOnly) {
        session.setAttribute(KEY, readOnly);
    }
}
