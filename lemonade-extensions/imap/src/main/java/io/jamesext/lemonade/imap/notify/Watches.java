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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.apache.james.core.Username;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.MailboxSession.SessionId;
import org.apache.james.mailbox.events.GenericGroup;
import org.apache.james.mailbox.events.MailboxEvents.MailboxACLUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxAdded;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.events.MailboxEvents.MailboxRenamed;
import org.apache.james.mailbox.events.MailboxEvents.MailboxSubscribedEvent;
import org.apache.james.mailbox.events.MailboxEvents.MailboxUnsubscribedEvent;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.reactivestreams.Publisher;

import com.google.inject.Inject;

import io.jamesext.lemonade.imap.select.Registrations;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All that clients of this process watch. A mailbox is registered with James's event bus once, however many clients watch it: those
 * events come from all nodes. As a group listener this hears of mailboxes that nobody can watch yet, and of subscriptions and rights; of
 * these James's event bus gives each to one node only, which has the others hear of it ({@link Relay}).
 */
public final class Watches implements EventListener.ReactiveGroupEventListener {
    /** What one client may watch: each mailbox is a registration with James's event bus, with RabbitMQ a binding. */
    static final int MAX_MAILBOXES = 1000;

    /** A group of James's own class: James reads the names of groups back without the class loader of extensions. */
    private static final Group GROUP = new GenericGroup("lemonade-notify");

    private final Registrations registrations;
    private final Map<MailboxId, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Relay relay;

    /** None yet. */
    @Inject
    public Watches(EventBus eventBus, Registrations registrations, MailboxId.Factory mailboxIds) {
        this.registrations = registrations;
        this.relay = new Relay(eventBus, registrations, mailboxIds, new AllNodes());
    }

    /** A mailbox with those who watch it. */
    private final class Mailbox implements EventListener.ReactiveEventListener {
        private final Set<Watch> watching = ConcurrentHashMap.newKeySet();
        /** Registered with the first who waits for it, and for all. */
        private final Mono<Registration> registration;

        Mailbox(MailboxId id) {
            registration = registrations.register(this, id)
                // Who comes next may have more luck.
                .doOnError(e -> mailboxes.remove(id, this))
                .cache();
        }

        @Override
        public boolean isHandling(Event event) {
            return event instanceof MailboxEvent;
        }

        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            return Flux.fromIterable(watching).concatMap(watch -> watch.happened((MailboxEvent) event));
        }
    }

    /** What a listener of the group heard, on this node or another one, is heard here. */
    private final class AllNodes implements EventListener.ReactiveEventListener {
        @Override
        public boolean isHandling(Event event) {
            return Watches.this.isHandling(event);
        }

        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            MailboxEvent change = (MailboxEvent) event;
            return Flux.fromIterable(watches)
                .filter(watch -> concerned(watch, change))
                .concatMap(watch -> watch.happened(change));
        }
    }

    /** Has that client hear what becomes of the mailbox if it watches it now, and else no more, whichever of two calls comes last. */
    Mono<Void> settle(MailboxId id, Watch watch) {
        return Mono.defer(() -> {
            Mailbox[] left = new Mailbox[1];
            Mailbox now = mailboxes.compute(id, (key, known) -> {
                if (watch.watches(id)) {
                    Mailbox mailbox = known == null ? new Mailbox(id) : known;
                    mailbox.watching.add(watch);
                    return mailbox;
                }
                boolean removed = known != null && known.watching.remove(watch);
                if (removed && known.watching.isEmpty()) {
                    left[0] = known;
                    return null;
                }
                return known;
            });
            if (left[0] != null) {
                // One that could not be registered is gone already.
                return left[0].registration.onErrorComplete().flatMap(made -> Mono.from(made.unregister()));
            }
            return now != null && watch.watches(id) ? now.registration.then() : Mono.empty();
        });
    }

    /** From now on that client hears of the names of its user. */
    Mono<Void> add(Watch watch) {
        return Mono.defer(() -> {
            watches.add(watch);
            return relay.listen();
        });
    }

    /** Ends that. */
    void remove(Watch watch) {
        watches.remove(watch);
    }

    /** A client has subscribed its user to a name, or ended that: James has events of names that are mailboxes only. */
    public void subscribed(Username user, MailboxPath path, boolean on, SessionId by) {
        ofUser(user, watch -> watch.subscribed(path, on, by));
    }

    /** A client has set or removed annotations of a mailbox; James has no event of that. */
    public void annotated(MailboxId mailbox, Collection<String> entries, SessionId by) {
        Mailbox watched = mailboxes.get(mailbox);
        if (watched != null) {
            watched.watching.forEach(watch -> watch.annotated(mailbox, entries, by));
        }
    }

    /** A client of that user has set or removed annotations of the server: private ones are the user's, shared ones are everybody's. */
    public void serverAnnotated(Username user, Collection<String> entries, SessionId by) {
        watches.forEach(watch -> watch.serverAnnotated(user, entries, by));
    }

    private void ofUser(Username user, Consumer<Watch> told) {
        watches.stream().filter(watch -> watch.user().equals(user)).forEach(told);
    }

    /** How many mailboxes somebody watches. */
    int size() {
        return mailboxes.size();
    }

    @Override
    public Group getDefaultGroup() {
        return GROUP;
    }

    @Override
    public boolean isHandling(Event event) {
        return event instanceof MailboxAdded || event instanceof MailboxRenamed || event instanceof MailboxACLUpdated
            || event instanceof MailboxSubscribedEvent || event instanceof MailboxUnsubscribedEvent;
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        return Relay.isAgain(event) ? Mono.empty() : relay.pass((MailboxEvent) event);
    }

    private static boolean concerned(Watch watch, MailboxEvent event) {
        if (event instanceof MailboxSubscribedEvent || event instanceof MailboxUnsubscribedEvent) {
            return watch.user().equals(event.getUsername());
        }
        return event.getMailboxPath().getUser().equals(watch.user()) || watch.groups().ofOthers();
    }
}
