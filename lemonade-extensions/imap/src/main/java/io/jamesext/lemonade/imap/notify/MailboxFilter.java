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

import java.util.Locale;
import java.util.Optional;

/** Which mailboxes a group of events is for. RFC 5465 section 6. */
enum MailboxFilter {
    SELECTED, SELECTED_DELAYED, INBOXES, PERSONAL, SUBSCRIBED, SUBTREE, MAILBOXES;

    static Optional<MailboxFilter> of(String word) {
        for (MailboxFilter filter : values()) {
            if (filter.name().replace('_', '-').equals(word.toUpperCase(Locale.ROOT))) {
                return Optional.of(filter);
            }
        }
        return Optional.empty();
    }

    /** Section 6.1: whether it is for the selected mailbox, whatever that is. */
    boolean ofSelected() {
        return this == SELECTED || this == SELECTED_DELAYED;
    }

    /** Sections 6.5 and 6.6: whether names follow. */
    boolean hasNames() {
        return this == SUBTREE || this == MAILBOXES;
    }
}
