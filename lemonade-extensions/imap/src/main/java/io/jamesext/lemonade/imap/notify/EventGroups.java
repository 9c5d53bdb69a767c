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

import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.google.common.collect.Sets;

import io.jamesext.lemonade.imap.names.MailboxNames;
import io.jamesext.lemonade.imap.notify.EventGroup.Candidate;

/** What a client has asked for by NOTIFY SET. RFC 5465 section 3.1. */
record EventGroups(List<EventGroup> groups) {
    EventGroups {
        groups = List.copyOf(groups);
    }

    /** Section 6.1: the one for the selected mailbox, if there is one with events. */
    Optional<EventGroup> selected() {
        return groups.stream().filter(group -> group.filter().ofSelected() && !group.events().isEmpty()).findAny();
    }

    /**
     * What is told of a mailbox when it is not selected, and besides of its messages when it is: of all groups that are for it together
     * (section 6), and nothing where one of them says NONE (section 5).
     */
    Set<NotifyEvent> of(Candidate mailbox, char delimiter) {
        Set<NotifyEvent> events = Set.of();
        for (EventGroup group : groups) {
            if (group.matches(mailbox, delimiter)) {
                if (group.events().isEmpty()) {
                    return Set.of();
                }
                // One set for all mailboxes of a group: there may be many.
                events = events.isEmpty() ? group.events() : Sets.immutableEnumSet(Sets.union(events, group.events()));
            }
        }
        return events;
    }

    /** Section 5.7: the server is no mailbox, so that any filter will do. */
    boolean ofServer() {
        return groups.stream().anyMatch(group -> group.events().contains(NotifyEvent.SERVER_METADATA_CHANGE));
    }

    /** Whether mailboxes of other users may be among them. */
    boolean ofOthers() {
        return groups.stream().anyMatch(group -> group.filter() == MailboxFilter.SUBSCRIBED
            || group.names().stream().anyMatch(name -> name.startsWith(MailboxNames.NAMESPACE)));
    }

    /** Whether any mailbox is watched that is not selected. */
    boolean ofMailboxes() {
        return groups.stream().anyMatch(group -> !group.filter().ofSelected() && !group.events().isEmpty());
    }

    /** Whether the subscriptions choose mailboxes. Section 6.4. */
    boolean bySubscription() {
        return groups.stream().anyMatch(group -> group.filter() == MailboxFilter.SUBSCRIBED);
    }

    /** Whether an event was asked for that is not supported. */
    boolean unsupported() {
        return groups.stream().anyMatch(group -> group.events().stream().anyMatch(event -> !event.supported()));
    }
}
