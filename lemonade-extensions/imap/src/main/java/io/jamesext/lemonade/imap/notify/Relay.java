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

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

import org.apache.james.events.Event;
import org.apache.james.events.Event.EventId;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.mailbox.events.MailboxEvents.MailboxACLUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxAdded;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.events.MailboxEvents.MailboxRenamed;
import org.apache.james.mailbox.events.MailboxEvents.MailboxSubscribedEvent;
import org.apache.james.mailbox.events.MailboxEvents.MailboxUnsubscribedEvent;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.model.MailboxId;

import io.jamesext.lemonade.imap.select.Registrations;
import reactor.core.publisher.Mono;

/**
 * Has all nodes hear of what James's event bus gives to the listeners of groups, each of which is on one node only. That one says the event
 * again, for the listeners of one key; they are on all nodes where somebody watches. Listeners of groups hear it again too, as they have to
 * expect: James's event bus may give them any event more than once.
 */
final class Relay {
    /** Of a mailbox that is none. */
    private static final UUID KEY = named("lemonade-notify");
    /** UUIDs made of names; those of James's own events are random. */
    private static final int NAMED = 3;

    private final EventBus eventBus;
    private final ReactiveEventListener listener;
    private final Optional<MailboxId> key;
    private final Mono<Void> listening;

    /**
     * Not listening yet.
     *
     * @param mailboxIds whether they are UUIDs says whether there can be several nodes: James's memory store has numbers
     */
    Relay(EventBus eventBus, Registrations registrations, MailboxId.Factory mailboxIds, ReactiveEventListener listener) {
        this.eventBus = eventBus;
        this.listener = listener;
        this.key = key(mailboxIds);
        this.listening = key.map(id -> registrations.register(listener, id)
                // For good; a failure is not kept.
                .cacheInvalidateIf(made -> false).then())
            .orElse(Mono.empty());
    }

    private static Optional<MailboxId> key(MailboxId.Factory mailboxIds) {
        try {
            return Optional.of(mailboxIds.fromString(KEY.toString()));
        } catch (IllegalArgumentException numbers) {
            return Optional.empty();
        }
    }

    private static UUID named(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII));
    }

    /** Begins to hear what is said again, on whichever node, if nobody has yet. */
    Mono<Void> listen() {
        return listening;
    }

    /** Says an event again, to the listeners of this node too; where there is but one node, its listener is told the event itself. */
    Mono<Void> pass(MailboxEvent event) {
        return key.map(id -> eventBus.dispatch(again(event), new MailboxIdRegistrationKey(id)))
            .orElseGet(() -> Mono.from(listener.reactiveEvent(event)));
    }

    /** Whether an event says another one again. */
    static boolean isAgain(Event event) {
        return event.getEventId().getId().version() == NAMED;
    }

    private static MailboxEvent again(MailboxEvent event) {
        EventId id = EventId.of(named("again " + event.getEventId().getId()));
        if (event instanceof MailboxRenamed renamed) {
            return new MailboxRenamed(event.getSessionId(), event.getUsername(), event.getMailboxPath(), event.getMailboxId(),
                renamed.getNewPath(), id);
        } else if (event instanceof MailboxACLUpdated updated) {
            return new MailboxACLUpdated(event.getSessionId(), event.getUsername(), event.getMailboxPath(), updated.getAclDiff(),
                event.getMailboxId(), id);
        } else if (event instanceof MailboxSubscribedEvent) {
            return new MailboxSubscribedEvent(event.getSessionId(), event.getUsername(), event.getMailboxPath(), event.getMailboxId(), id);
        } else if (event instanceof MailboxUnsubscribedEvent) {
            return new MailboxUnsubscribedEvent(event.getSessionId(), event.getUsername(), event.getMailboxPath(), event.getMailboxId(),
                id);
        }
        return new MailboxAdded(event.getSessionId(), event.getUsername(), event.getMailboxPath(), event.getMailboxId(), id);
    }
}
