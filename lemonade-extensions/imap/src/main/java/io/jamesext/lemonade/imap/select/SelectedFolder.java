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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import javax.mail.Flags;

import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.events.Registration;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.processor.base.UidMsnConverter;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.NullableMessageSequenceNumber;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxACLUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import io.jamesext.kernel.mailbox.PermanentFlags;
import reactor.core.publisher.Mono;

/**
 * The selected mailbox as its client knows it, and what the client is to be told. James's own loses what happens while a client is being
 * told, and counts messages of which the client has not heard.
 */
public final class SelectedFolder implements SelectedMailbox, EventListener.ReactiveEventListener {
    private final MessageManager manager;
    private final MailboxSession session;
    private final PermanentFlags permanentFlags;
    private final UidMsnConverter known = new UidMsnConverter();
    private final NavigableSet<MessageUid> recent = new TreeSet<>();
    private final Arrivals arrivals = new Arrivals();
    /** UIDs of messages that are gone, and whether the client has removed them itself. */
    private final NavigableMap<MessageUid, Boolean> expunged = new TreeMap<>();
    private final ChangedFlags flags = new ChangedFlags();
    private ModSeq modSeqBefore = ModSeq.first();
    private boolean recentRemoved;
    private boolean deleted;
    private volatile @Nullable Registration registration;
    private final Lookup lookup;
    private final News news = new News();
    private Follower follower = Follower.NOBODY;

    SelectedFolder(MailboxManager mailboxes, MessageManager manager, MailboxSession session, PermanentFlags permanentFlags) {
        this.manager = manager;
        this.session = session;
        this.permanentFlags = permanentFlags;
        this.lookup = new Lookup(mailboxes, manager, session);
    }

    /** What the session has selected, if anything: only our SELECT and EXAMINE select. */
    public static @Nullable SelectedFolder of(ImapSession session) {
        return (SelectedFolder) session.getSelected();
    }

    /** The flags that its user may change now. */
    public PermanentFlags permanentFlags() {
        return permanentFlags;
    }

    /** Wakes who waits. */
    public News news() {
        return news;
    }

    /** From now on events come here; they wait until the client is told. */
    void registered(Registration made) {
        registration = made;
    }

    /** What is there when the client selects the mailbox. */
    synchronized void loaded(List<MessageUid> uids, Collection<MessageUid> recents, Flags applicable, ModSeq highest) {
        modSeqBefore = highest;
        known.addAll(uids);
        List<MessageUid> meanwhile = arrivals.begin(known.getLastUid().orElse(MessageUid.of(0)));
        known.addAll(meanwhile);
        recent.addAll(meanwhile);
        recent.addAll(recents);
        flags.loaded(applicable);
        arrivals.takeGone(this::contains).forEach(uid -> expunged.put(uid, false));
        news.ringLater(arrivals.areHeld());
    }

    Arrivals arrivals() {
        return arrivals;
    }

    ChangedFlags flags() {
        return flags;
    }

    Lookup lookup() {
        return lookup;
    }

    /** A mod-sequence below that of anything that happened since the mailbox was selected. */
    public ModSeq modSeqBefore() {
        return modSeqBefore;
    }

    /** Who follows the messages; nobody at first. */
    public synchronized Follower follower() {
        return follower;
    }

    /** From now on this one, and nobody else, hears what happens to the messages. */
    public synchronized void follow(Follower next) {
        follower = next;
    }

    /** Whether the message has gone, and the client knows it as there. */
    public synchronized boolean isExpunged(MessageUid uid) {
        return expunged.containsKey(uid);
    }

    /** Whether the client knows of that message. */
    public boolean contains(MessageUid uid) {
        return known.getMsn(uid).asInt().isPresent();
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        return Mono.fromRunnable(() -> {
            if (event instanceof MailboxEvent change && change.getMailboxId().equals(manager.getId())) {
                note(change);
            }
            news.ring();
        });
    }

    private synchronized void note(MailboxEvent event) {
        boolean own = session.getSessionId().equals(event.getSessionId());
        if (event instanceof Added added) {
            arrivals.came(added.getUids(), own);
            news.ringLater(arrivals.areHeld());
        } else if (event instanceof Expunged gone) {
            arrivals.went(gone.getUids(), this::contains);
            gone.getUids().stream().filter(this::contains).forEach(uid -> expunged.merge(uid, own, Boolean::logicalOr));
            gone.getUids().forEach(flags::forget);
        } else if (event instanceof FlagsUpdated updated) {
            updated.getUpdatedFlags().forEach(changed -> noteFlags(changed, own));
        }
        if (event instanceof MailboxACLUpdated) {
            lookup.rightsChanged();
        }
        deleted |= event instanceof MailboxDeletion;
    }

    /** A session that changes flags tells its client itself. */
    private void noteFlags(UpdatedFlags changed, boolean own) {
        if (flags.isChange(changed)) {
            follower.touched(List.of(changed.getUid()));
            if (!own) {
                flags.note(changed, contains(changed.getUid()));
            }
        }
    }

    @Override
    public Mono<Void> deselect() {
        Registration made = registration;
        registration = null;
        return made == null ? Mono.empty() : Mono.from(made.unregister());
    }

    @Override
    public void registerIdle(EventListener.ReactiveEventListener listener) {
        throw new UnsupportedOperationException("James's IDLE: ours listens to the news");
    }

    @Override
    public void unregisterIdle() {
    }

    @Override
    public NullableMessageSequenceNumber msn(MessageUid uid) {
        return known.getMsn(uid);
    }

    @Override
    public Optional<MessageUid> uid(int msn) {
        return known.getUid(msn);
    }

    @Override
    public Optional<MessageUid> getFirstUid() {
        return known.getFirstUid();
    }

    @Override
    public Optional<MessageUid> getLastUid() {
        return known.getLastUid();
    }

    @Override
    public long existsCount() {
        return known.getNumMessage();
    }

    @Override
    public NullableMessageSequenceNumber remove(MessageUid uid) {
        removeRecent(uid);
        return known.getAndRemove(uid);
    }

    @Override
    public synchronized boolean addRecent(MessageUid uid) {
        return recent.add(uid);
    }

    @Override
    public synchronized boolean removeRecent(MessageUid uid) {
        boolean removed = recent.remove(uid);
        recentRemoved |= removed;
        return removed;
    }

    @Override
    public synchronized Collection<MessageUid> getRecent() {
        return new ArrayList<>(recent);
    }

    @Override
    public synchronized int recentCount() {
        return (int) recent.stream().filter(this::contains).count();
    }

    @Override
    public synchronized boolean isRecent(MessageUid uid) {
        return recent.contains(uid);
    }

    @Override
    public synchronized boolean isRecentUidRemoved() {
        return recentRemoved;
    }

    @Override
    public synchronized void resetRecentUidRemoved() {
        recentRemoved = false;
    }

    @Override
    public Mono<MailboxPath> getPathReactive() {
        return lookup.path();
    }

    @Override
    public MailboxId getMailboxId() {
        return manager.getId();
    }

    @Override
    public MessageManager getMessageManager() {
        return manager;
    }

    @Override
    public synchronized boolean isDeletedByOtherSession() {
        return deleted;
    }

    /** Counts what has arrived as known: whoever asks tells the client. */
    @Override
    public boolean isSizeChanged() {
        return grow(Integer.MAX_VALUE);
    }

    synchronized boolean grow(int most) {
        NavigableMap<MessageUid, Boolean> told = arrivals.take(most);
        follower.came(told.keySet());
        told.keySet().forEach(known::addUid);
        recent.addAll(told.keySet());
        news.arrived(told.entrySet().stream().filter(message -> !message.getValue()).map(Map.Entry::getKey).toList());
        return !told.isEmpty();
    }

    @Override
    public synchronized Collection<MessageUid> expungedUids() {
        return List.copyOf(expunged.keySet());
    }

    /** Those that the client has removed itself. */
    synchronized List<MessageUid> expungedByClient() {
        return expunged.keySet().stream().filter(expunged::get).toList();
    }

    @Override
    public synchronized void resetExpungedUids() {
        expunged.keySet().removeIf(uid -> !contains(uid));
    }

    @Override
    public Collection<MessageUid> flagUpdateUids() {
        return flags.first(Integer.MAX_VALUE, this::contains);
    }

    @Override
    public void resetEvents() {
        flags.told();
    }

    @Override
    public Flags getApplicableFlags() {
        return flags.applicable();
    }

    @Override
    public boolean hasNewApplicableFlags() {
        return flags.hasNewApplicable();
    }

    @Override
    public void resetNewApplicableFlags() {
        flags.resetNewApplicable();
    }
}
