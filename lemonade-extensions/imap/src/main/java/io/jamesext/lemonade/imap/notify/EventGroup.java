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

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;

import io.jamesext.lemonade.imap.fetch.FetchItem;

/**
 * Mailboxes, and what a client wants to be told of them. RFC 5465 section 8, event-group.
 *
 * @param names of mailboxes, where the filter has some
 * @param events none for {@code NONE}
 * @param attributes what is told of new messages in the selected mailbox
 */
record EventGroup(MailboxFilter filter, Set<String> names, Set<NotifyEvent> events, List<FetchItem> attributes) {
    EventGroup(MailboxFilter filter, Collection<String> names, Collection<NotifyEvent> events, List<FetchItem> attributes) {
        this(filter, ImmutableSet.copyOf(names), Sets.immutableEnumSet(events), List.copyOf(attributes));
    }

    /** A mailbox as filters see it. */
    record Candidate(String name, boolean own, boolean subscribed) {
    }

    /** Whether the events may stand together. Section 5. */
    static boolean allowed(Set<NotifyEvent> events) {
        Set<NotifyEvent> count = EnumSet.of(NotifyEvent.MESSAGE_NEW, NotifyEvent.MESSAGE_EXPUNGE);
        return events.containsAll(count) || events.stream().noneMatch(NotifyEvent::ofMessages);
    }

    /** Whether it is for that mailbox, be it selected or not. */
    boolean matches(Candidate mailbox, char delimiter) {
        return switch (filter) {
            case SELECTED, SELECTED_DELAYED -> false;
            // Section 6.3: Sieve delivers to all mailboxes, so that the two are the same.
            case INBOXES, PERSONAL -> mailbox.own();
            case SUBSCRIBED -> mailbox.subscribed();
            case MAILBOXES -> names.contains(mailbox.name());
            case SUBTREE -> below(mailbox.name(), delimiter);
        };
    }

    private boolean below(String name, char delimiter) {
        int end = name.length();
        while (end > 0) {
            if (names.contains(name.substring(0, end))) {
                return true;
            }
            end = name.lastIndexOf(delimiter, end - 1);
        }
        return false;
    }
}
