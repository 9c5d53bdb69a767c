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
package io.jamesext.dmap.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;

import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Vanished;
import io.jamesext.dmap.wire.SequenceSet;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The selected mailbox as its client sees it. Message numbers change only in {@link #takeNews}, together with the responses that
 * tell the client so; what others do meanwhile arrives by James's event bus and waits in {@link MailboxChanges}. Draft sections
 * 3.3.1.2 and 6.2.
 */
public final class SelectedMailbox implements EventListener.ReactiveEventListener {
    private final MessageManager mailbox;
    private final boolean readOnly;
    private final MailboxChanges changes;
    private Uids uids = new Uids(new long[0]);
    private final Set<Runnable> bells = ConcurrentHashMap.newKeySet();
    private Mono<Void> release = Mono.empty();

    private SelectedMailbox(MessageManager mailbox, MailboxSession session, boolean readOnly) {
        this.mailbox = mailbox;
        this.readOnly = readOnly;
        this.changes = new MailboxChanges(session.getSessionId());
    }

    /** Begins to listen; which messages there are is to be read by {@link #load} then, so that nothing is missed in between. */
    public static Mono<SelectedMailbox> listen(EventBus eventBus, MessageManager mailbox, MailboxSession session, boolean readOnly) {
        SelectedMailbox opened = new SelectedMailbox(mailbox, session, readOnly);
        return Mono.from(eventBus.register(opened, new MailboxIdRegistrationKey(mailbox.getId())))
            .map(registration -> {
                // Not before it is asked for: the event bus on RabbitMQ unregisters when it is called, not when it is subscribed to.
                opened.release = Mono.defer(() -> Mono.from(registration.unregister())).then();
                return opened;
            });
    }

    /**
     * Reads which messages there are.
     *
     * @param since the mod-sequence behind which changes are of interest
     * @return the messages that have changed behind it, in their order, from the same reading
     */
    public Mono<List<MessageState>> load(MailboxSession session, Optional<Long> since) {
        if (since.isEmpty()) {
            return Flux.defer(() -> messages(session)).map(MessageUid::asLong).collectSortedList().map(found -> {
                loaded(found);
                return List.of();
            });
        }
        List<Long> found = new ArrayList<>();
        return Flux.defer(() -> mailbox.listMessagesMetadata(MessageRange.all(), session))
            .map(MessageState::of)
            .doOnNext(message -> found.add(message.uid()))
            .filter(message -> message.modSeq() > since.get())
            .collectSortedList(Comparator.comparingLong(MessageState::uid))
            .doOnNext(changed -> loaded(found.stream().sorted().toList()));
    }

    private Publisher<MessageUid> messages(MailboxSession session) {
        try {
            // This very query is answered from the mailbox itself; any other one from the search index, which lags behind.
            return mailbox.search(SearchQuery.of(SearchQuery.all()), session);
        } catch (MailboxException e) {
            return Flux.error(e);
        }
    }

    private synchronized void loaded(List<Long> found) {
        uids = new Uids(found.stream().mapToLong(Long::longValue).toArray());
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        return Mono.fromRunnable(() -> {
            changes.add(event);
            bells.forEach(Runnable::run);
        });
    }

    /** James's own view of it. */
    public MessageManager mailbox() {
        return mailbox;
    }

    /** True when nothing in it may be changed through this selection. Draft section 7.3.2. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** Refuses what a read-only mailbox does not allow. */
    public void requireWritable() {
        if (readOnly) {
            throw new ProtocolException(Failure.NO_PERMISSION, "the mailbox is selected read-only");
        }
    }

    /** How many messages the client knows of. */
    public synchronized int count() {
        return uids.count();
    }

    /** The UID of the message of this number. */
    public synchronized long uid(int sequence) {
        return uids.at(sequence);
    }

    /** The number of a message, when the client knows of it. */
    public synchronized OptionalInt sequence(MessageUid uid) {
        return uids.sequenceOf(uid.asLong());
    }

    /**
     * The message numbers that a client's set stands for.
     *
     * @param byUid true when its numbers are UIDs; those that do not exist are then ignored (draft section 7.6.8)
     * @throws ProtocolException for a message number that does not exist
     */
    public synchronized RangeSet<Integer> sequences(SequenceSet set, boolean byUid) {
        int count = uids.count();
        if (!byUid && set.ranges().stream().anyMatch(range -> range.low(count) == 0 || range.high(count) > count)) {
            throw new ProtocolException(Failure.SYNTAX, "there is no message of that number");
        }
        return present(set, byUid);
    }

    /** The same, where numbers that do not exist are ignored too. */
    public synchronized RangeSet<Integer> present(SequenceSet set, boolean byUid) {
        RangeSet<Integer> sequences = TreeRangeSet.create();
        long largest = byUid ? uids.last() : uids.count();
        for (SequenceSet.Range range : set.ranges()) {
            long low = range.low(largest);
            long high = range.high(largest);
            int first = byUid ? uids.firstFrom(low) : (int) Math.min(Math.max(low, 1), largest + 1);
            int beyond = byUid ? uids.firstFrom(high + 1) : (int) Math.min(high, largest) + 1;
            if (first < beyond) {
                sequences.add(Range.closedOpen(first, beyond));
            }
        }
        return sequences;
    }

    /** The UIDs of the messages of these numbers. */
    public synchronized List<MessageUid> uids(RangeSet<Integer> sequences) {
        ImmutableList.Builder<MessageUid> found = ImmutableList.builder();
        for (Range<Integer> range : sequences.asRanges()) {
            for (int sequence = range.lowerEndpoint(); sequence < range.upperEndpoint(); sequence++) {
                found.add(MessageUid.of(uids.at(sequence)));
            }
        }
        return found.build();
    }

    /** The message numbers of those of these messages that the client knows of. */
    public synchronized RangeSet<Integer> sequences(Iterable<MessageUid> messages) {
        RangeSet<Integer> sequences = TreeRangeSet.create();
        messages.forEach(uid -> uids.sequenceOf(uid.asLong())
            .ifPresent(sequence -> sequences.add(Range.closedOpen(sequence, sequence + 1))));
        return sequences;
    }

    /** All message numbers. */
    public synchronized RangeSet<Integer> all() {
        RangeSet<Integer> sequences = TreeRangeSet.create();
        sequences.add(Range.closedOpen(1, uids.count() + 1));
        return sequences;
    }

    /**
     * The ranges of UIDs that hold these messages and no others that the client knows of.
     *
     * @param atMost no range holds more messages
     */
    public synchronized List<MessageRange> ranges(RangeSet<Integer> sequences, int atMost) {
        ImmutableList.Builder<MessageRange> ranges = ImmutableList.builder();
        for (Range<Integer> range : sequences.asRanges()) {
            for (int first = range.lowerEndpoint(); first < range.upperEndpoint(); first += atMost) {
                int last = Math.min(first + atMost, range.upperEndpoint()) - 1;
                ranges.add(MessageRange.range(MessageUid.of(uids.at(first)), MessageUid.of(uids.at(last))));
            }
        }
        return ranges.build();
    }

    /**
     * Tells which of these UIDs went behind this mod-sequence. RFC 7162 section 3.2.6. What is still to be told as an expunge is not told
     * here.
     */
    public Flux<DmapReply> vanished(RangeSet<Long> wanted, long modSeq, ExpungeLog log) {
        return log.after(mailbox.getId(), ModSeq.of(modSeq))
            .filter(uid -> wanted.contains(uid.asLong()) && sequence(uid).isEmpty())
            .<RangeSet<Long>>collect(TreeRangeSet::create, (gone, uid) -> gone.add(Range.closedOpen(uid.asLong(), uid.asLong() + 1)))
            .flatMapIterable(gone -> Vanished.of(true, gone));
    }

    /** These have gone by this connection's own command: its completion says so, whenever the event bus does. */
    public void expunged(Collection<MessageUid> gone) {
        changes.expunged(gone);
    }

    /** Does this, briefly and on any thread, whenever there may be news, until the answer is disposed of. */
    public Disposable onNews(Runnable ring) {
        bells.add(ring);
        return () -> bells.remove(ring);
    }

    /** See {@link DmapSession#takeNews}. */
    public synchronized List<DmapReply> takeNews(boolean mayRenumber, Telling telling) {
        return changes.apply(uids, mayRenumber, telling);
    }

    /** Stops listening. */
    public Mono<Void> release() {
        return release;
    }
}
