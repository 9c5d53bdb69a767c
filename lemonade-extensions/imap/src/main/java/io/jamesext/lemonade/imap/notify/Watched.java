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

import java.util.EnumSet;
import java.util.Set;

import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.lemonade.imap.mailbox.StatusItem;

/**
 * A mailbox that a client watches.
 *
 * @param events what of it is told
 */
record Watched(MailboxPath path, Access access, Set<NotifyEvent> events) {
    /** RFC 5465 section 5: all events need the rights "l" and "r". */
    enum Access {
        NONE, LOOKUP, READ
    }

    boolean tells(NotifyEvent event) {
        return access == Access.READ && events.contains(event);
    }

    Watched with(Access newAccess) {
        return new Watched(path, newAccess, events);
    }

    /** What STATUS tells when the client begins to watch; empty where no message-event is. RFC 5465 section 3.1. */
    Set<StatusItem> statusItems() {
        Set<StatusItem> items = EnumSet.noneOf(StatusItem.class);
        if (tells(NotifyEvent.MESSAGE_NEW)) {
            items.addAll(EnumSet.of(StatusItem.MESSAGES, StatusItem.UIDNEXT, StatusItem.UIDVALIDITY));
        }
        if (tells(NotifyEvent.FLAG_CHANGE)) {
            items.add(StatusItem.HIGHESTMODSEQ);
        }
        return items;
    }

    /** What STATUS tells of changes; empty where they are not told. RFC 5465 sections 5.1 to 5.3. */
    Set<StatusItem> statusItems(Set<Note.Change> changes, boolean condstore) {
        Set<StatusItem> items = EnumSet.noneOf(StatusItem.class);
        if (changes.contains(Note.Change.COUNT)) {
            items.add(StatusItem.MESSAGES);
            items.add(StatusItem.UIDNEXT);
        }
        if (changes.contains(Note.Change.SEEN)) {
            items.add(StatusItem.UNSEEN);
        }
        if (condstore) {
            items.add(StatusItem.HIGHESTMODSEQ);
        }
        if (!items.isEmpty()) {
            items.add(StatusItem.UIDVALIDITY);
        }
        return items;
    }
}
