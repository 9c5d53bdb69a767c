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

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.james.core.Username;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.mailbox.MailboxSession.SessionId;
import org.apache.james.mailbox.events.MailboxEvents.MailboxACLUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxAdded;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.events.MailboxEvents.MailboxRenamed;
import org.apache.james.mailbox.events.MailboxEvents.MailboxSubscribedEvent;
import org.apache.james.mailbox.events.MailboxEvents.MailboxUnsubscribedEvent;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;

import com.google.common.collect.Sets;

import io.jamesext.lemonade.imap.frame.FramedSession;
import io.jamesext.lemonade.imap.names.MailboxNames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What one client watches, and what it is to be told of that. Events come from any thread, and the same may come twice: what is told
 * is what makes a difference to what is known here. What the client does itself is known, and not told (RFC 5465 section 5).
 */
final class Watch implements FramedSession.Attachment {
    private static final String KEY = "lemonade.watch";
    private static final String SHARED = "/shared";
    /** Behind the event of a mailbox its subscription has changed too. */
    private static final Duration RESUBSCRIBED = Duration.ofSeconds(1);
    private final Watches watches;
    private final EventGroups groups;
    private final MailboxNames names;
    private final Username user;
    private final SessionId client;
    private final Runnable ring;
    private final Map<MailboxId, Watched> watched = new ConcurrentHashMap<>();
    private final Set<MailboxPath> subscriptions = ConcurrentHashMap.newKeySet();
    private final Notes notes = new Notes();
    private final Renames renames;
    private volatile boolean ended;

    /** Of nothing yet. */
    Watch(Watches watches, EventGroups groups, ImapSession session) {
        this.watches = watches;
        this.groups = groups;
        this.names = MailboxNames.of(session);
        this.renames = new Renames(names.delimiter());
        this.user = session.getUserName();
        this.client = session.getMailboxSession().getSessionId();
        this.ring = FramedSession.of(session)::ring;
    }

    /** That of the client of this session, if it has one. */
    static Optional<Watch> of(ImapSession session) {
        return Optional.ofNullable((Watch) session.getAttribute(KEY));
    }

    /** Makes it the one of the session. */
    void install(ImapSession session) {
        session.setAttribute(KEY, this);
    }

    /** The session has none any more. */
    static void remove(ImapSession session) {
        session.setAttribute(KEY, null);
    }

    Username user() {
        return user;
    }

    EventGroups groups() {
        return groups;
    }

    Notes notes() {
        return notes;
    }

    Map<MailboxId, Watched> watched() {
        return watched;
    }

    Set<MailboxPath> subscriptions() {
        return subscriptions;
    }

    /** What is told of a name. */
    Set<NotifyEvent> events(MailboxPath path) {
        return groups.of(new EventGroup.Candidate(names.name(path), names.own(path), subscriptions.contains(path)), names.delimiter());
    }

    boolean tells(NotifyEvent event, MailboxPath path) {
        return events(path).contains(event);
    }

    /** Watches a mailbox, if anything is to be told of it: from then on its events come here. */
    Mono<Void> watch(MailboxId id, MailboxPath path, Watched.Access access) {
        Set<NotifyEvent> events = events(path);
        if (ended || events.isEmpty()) {
            return Mono.empty();
        }
        if (watched.put(id, new Watched(path, access, events)) != null) {
            return Mono.empty();
        }
        if (watched.size() > Watches.MAX_MAILBOXES) {
            lose();
        }
        return watches.settle(id, this).doOnError(e -> lose());
    }

    Mono<Void> unwatch(MailboxId id) {
        watched.remove(id);
        return watches.settle(id, this);
    }

    /** Whether its events are to come here. */
    boolean watches(MailboxId id) {
        return !ended && watched.containsKey(id);
    }

    /** Something cannot be told: the client is told that, and nothing more. RFC 5465 section 5.8. */
    void lose() {
        notes.lose();
        ring.run();
    }

    /** Takes over what the client has not been told yet of what it watched before. */
    void inherit(Watch before) {
        before.notes.take(Integer.MAX_VALUE).stream().filter(note -> note.isWantedBy(this)).forEach(notes::add);
    }

    boolean tells(NotifyEvent event, MailboxId id) {
        Watched mailbox = watched.get(id);
        return mailbox != null && mailbox.tells(event);
    }

    @Override
    public Mono<Void> end() {
        return Mono.defer(() -> {
            ended = true;
            watches.remove(this);
            return Flux.fromIterable(Set.copyOf(watched.keySet())).concatMap(this::unwatch).then();
        });
    }

    /** Notes it, and wakes the client. */
    void note(Note note) {
        if (!ended) {
            notes.add(note);
            ring.run();
        }
    }

    /** Takes what an event says; ends when the mailbox that it tells of is watched, if it is to be. */
    Mono<Void> happened(MailboxEvent event) {
        boolean own = client.equals(event.getSessionId());
        if (event instanceof MailboxAdded added) {
            return added(added, own);
        } else if (event instanceof MailboxRenamed renamed) {
            return renamed(renamed, own);
        } else if (event instanceof MailboxDeletion deletion) {
            return deleted(deletion, own);
        } else if (event instanceof MailboxACLUpdated) {
            if (!watched.containsKey(event.getMailboxId()) && events(event.getMailboxPath()).isEmpty()) {
                return Mono.empty();
            }
            note(new Note.Access(event.getMailboxPath(), Optional.of(event.getMailboxId()), Optional.empty()));
        } else if (event instanceof MailboxSubscribedEvent || event instanceof MailboxUnsubscribedEvent) {
            resubscribed(event, own);
        } else if (!own) {
            messages(event);
        }
        return Mono.empty();
    }

    private Mono<Void> added(MailboxAdded event, boolean own) {
        if (!event.getMailboxPath().getUser().equals(user) || watched.containsKey(event.getMailboxId())) {
            return Mono.empty();
        }
        return watch(event.getMailboxId(), event.getMailboxPath(), Watched.Access.READ)
            .then(Mono.fromRunnable(() -> {
                if (!own) {
                    affected(event.getMailboxPath());
                    if (tells(NotifyEvent.MESSAGE_NEW, event.getMailboxPath())) {
                        // RFC 5465 section 5.1: a mailbox that is made anew has another UIDVALIDITY. And there may be messages already.
                        note(new Note.Messages(event.getMailboxId(), EnumSet.of(Note.Change.COUNT)));
                    }
                }
            }));
    }

    /** RFC 5465 section 5.4: the name and that of its direct parent, be there such a mailbox or not. */
    private void affected(MailboxPath path) {
        if (tells(NotifyEvent.MAILBOX_NAME, path)) {
            note(Note.Name.of(path));
        }
        int end = path.getName().lastIndexOf(names.delimiter());
        if (end > 0) {
            MailboxPath parent = new MailboxPath(path, path.getName().substring(0, end));
            if (tells(NotifyEvent.MAILBOX_NAME, parent)) {
                note(Note.Name.of(parent));
            }
        }
    }

    private Mono<Void> deleted(MailboxDeletion event, boolean own) {
        resubscribedLater(event, own);
        Watched gone = watched.get(event.getMailboxId());
        if (gone == null) {
            return Mono.empty();
        }
        return unwatch(event.getMailboxId()).then(Mono.fromRunnable(() -> {
            if (!own && gone.access() != Watched.Access.NONE) {
                affected(gone.path());
            }
        }));
    }

    /** With RabbitMQ one event comes in two ways, and old ones after new ones: what a mailbox is called now is looked up. */
    private Mono<Void> renamed(MailboxRenamed event, boolean own) {
        Watched before = watched.get(event.getMailboxId());
        MailboxPath path = event.getNewPath();
        if (before != null && before.path().equals(path)) {
            return Mono.empty();
        }
        boolean alone = !renames.withParent(event);
        if (alone) {
            resubscribedLater(event, own);
        }
        if (before == null && events(path).isEmpty()) {
            return Mono.empty();
        }
        boolean silent = before == null ? names.own(path) && (own || !alone) : !alone && before.path().equals(event.getMailboxPath());
        if (silent) {
            return events(path).isEmpty() ? unwatch(event.getMailboxId())
                : watch(event.getMailboxId(), path, before == null ? Watched.Access.READ : before.access());
        }
        boolean seen = before == null ? names.own(path) : before.access() != Watched.Access.NONE;
        note(new Note.Access(path, Optional.of(event.getMailboxId()),
            seen && alone && !own ? Optional.of(event.getMailboxPath()) : Optional.empty()));
        return Mono.empty();
    }

    /** By JMAP a mailbox is renamed and removed together with the subscription, in this order, and without an event of that. */
    private void resubscribedLater(MailboxEvent event, boolean own) {
        if (!own && event.getUsername().equals(user)) {
            Schedulers.parallel().schedule(() -> note(new Note.Subscriptions()), RESUBSCRIBED.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void resubscribed(MailboxEvent event, boolean own) {
        if (Relay.isAgain(event)) {
            // It may come behind later ones.
            note(new Note.Subscriptions());
        } else if (event.getUsername().equals(user)) {
            subscribed(event.getMailboxPath(), event instanceof MailboxSubscribedEvent, own);
        }
    }

    /** The user has subscribed to a name, or does so no more. */
    void subscribed(MailboxPath path, boolean on, SessionId by) {
        subscribed(path, on, client.equals(by));
    }

    /** These are the names that the user is subscribed to. */
    void subscriptions(Set<MailboxPath> now) {
        Set.copyOf(Sets.difference(subscriptions, now)).forEach(path -> subscribed(path, false, false));
        Set.copyOf(Sets.difference(now, subscriptions)).forEach(path -> subscribed(path, true, false));
    }

    private void subscribed(MailboxPath path, boolean on, boolean own) {
        boolean before = tells(NotifyEvent.SUBSCRIPTION_CHANGE, path);
        if (on ? !subscriptions.add(path) : !subscriptions.remove(path)) {
            return;
        }
        // The name may be watched because of the subscription.
        if ((before || tells(NotifyEvent.SUBSCRIPTION_CHANGE, path)) && !own) {
            note(Note.Name.of(path));
        }
        if (groups.bySubscription()) {
            note(new Note.Access(path, Optional.empty(), Optional.empty()));
        }
    }

    /** Annotations of a mailbox were set or removed. RFC 5465 section 5.6. */
    void annotated(MailboxId id, Collection<String> entries, SessionId by) {
        Watched mailbox = watched.get(id);
        if (mailbox != null && mailbox.tells(NotifyEvent.MAILBOX_METADATA_CHANGE)) {
            annotated(Optional.of(id), names.own(mailbox.path()), entries, by);
        }
    }

    /** Annotations of the server were set or removed by a client of that user. RFC 5465 section 5.7. */
    void serverAnnotated(Username owner, Collection<String> entries, SessionId by) {
        if (groups.ofServer()) {
            annotated(Optional.empty(), owner.equals(user), entries, by);
        }
    }

    private void annotated(Optional<MailboxId> id, boolean own, Collection<String> entries, SessionId by) {
        // Private annotations are the owner's.
        List<String> visible = entries.stream().filter(entry -> own || entry.startsWith(SHARED)).toList();
        if (!visible.isEmpty() && !client.equals(by)) {
            note(Note.Metadata.of(id, visible));
        }
    }

    private void messages(MailboxEvent event) {
        Watched mailbox = watched.get(event.getMailboxId());
        if (mailbox == null) {
            return;
        }
        Set<Note.Change> changes = Note.Change.of(event, mailbox);
        if (!changes.isEmpty()) {
            note(new Note.Messages(event.getMailboxId(), changes));
        }
    }
}
