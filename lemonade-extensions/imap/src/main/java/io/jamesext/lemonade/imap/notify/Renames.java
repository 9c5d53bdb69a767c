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
package io.jamesext.lemonade.imap.notify;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.james.mailbox.MailboxSession.SessionId;
import org.apache.james.mailbox.events.MailboxEvents.MailboxRenamed;

/**
 * Knows which mailboxes are renamed with the one above them. RFC 5465 section 5.4 has these not told; James tells of the one above first,
 * and of the others one by one, maybe while other sessions rename too.
 */
final class Renames {
    /** Sessions that rename at the same time. */
    private static final int MAX_SESSIONS = 16;

    private final char delimiter;
    private final Map<SessionId, MailboxRenamed> last = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, MailboxRenamed> eldest) {
            return size() > MAX_SESSIONS;
        }
    };

    Renames(char delimiter) {
        this.delimiter = delimiter;
    }

    /** Whether it is one of those. */
    synchronized boolean withParent(MailboxRenamed event) {
        MailboxRenamed above = last.get(event.getSessionId());
        if (above != null) {
            String before = above.getMailboxPath().getName();
            String inferior = event.getMailboxPath().getName();
            if (inferior.startsWith(before + delimiter)
                    && event.getNewPath().getName().equals(above.getNewPath().getName() + inferior.substring(before.length()))) {
                return true;
            }
        }
        last.remove(event.getSessionId());
        last.put(event.getSessionId(), event);
        return false;
    }
}
