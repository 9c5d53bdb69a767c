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

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;

/**
 * The messages that have come and that the client has not been told of, and which of them it may be told of now. RFC 3501 section 2.3.1.1
 * has UIDs ascend with the message numbers, and on Cassandra a message has its UID before it is stored, so that of two that are appended
 * at once the one with the higher UID may arrive first. It waits for the other one, but not for ever: then the mailbox is asked for it,
 * since its event may be lost. One that comes too late would take the number of a message that the client knows, and is not told before
 * the mailbox is selected anew.
 */
final class Arrivals {
    /** How long a message waits for one with a lower UID. That one may never come: not every append that has begun succeeds. */
    static final Duration PATIENCE = Duration.ofSeconds(1);
    /** So many are remembered for a client that is told nothing; when there are more, the mailbox is read again instead. */
    static final int MAX_WAITING = 10_000;

    private final NavigableMap<MessageUid, Arrival> waiting = new TreeMap<>();
    /** UIDs of messages that went before the client was told of them. A list that is being read may have them, and Added may come later. */
    private final NavigableSet<MessageUid> gone = new TreeSet<>();
    /** The highest UID that the client knows or has known. */
    private MessageUid last = MessageUid.of(0);
    /** Up to this UID no message is missing. */
    private MessageUid complete = last;
    /** Up to this one UIDs were given out when the mailbox was read; some of these messages may have been on their way. */
    private MessageUid givenOut = last;
    private long givenOutNanos;
    private boolean begun;
    private boolean behind;
    private Optional<MessageUid> readingTo = Optional.empty();

    /** Whether the client has added the message itself, and when it came. */
    private record Arrival(boolean own, long nanos) {
        static Arrival now(boolean own) {
            return new Arrival(own, System.nanoTime());
        }
    }

    /**
     * The mailbox has been read: what comes has higher UIDs than that.
     *
     * @return those that have come meanwhile with lower ones, which the client may still be told of with all others
     */
    synchronized List<MessageUid> begin(MessageUid lastRead) {
        begun = true;
        last = lastRead;
        List<MessageUid> meanwhile = List.copyOf(waiting.headMap(last, true).keySet());
        waiting.headMap(last, true).clear();
        completeUpTo(last);
        return meanwhile;
    }

    /** Messages up to that UID may be missing from what has been read. */
    synchronized void givenOut(MessageUid uid) {
        givenOut = uid;
        givenOutNanos = System.nanoTime();
    }

    /** Those that went before the client was told of them. */
    synchronized List<MessageUid> gone() {
        return List.copyOf(gone);
    }

    /** Forgets of these the ones that are so, and returns them. */
    synchronized List<MessageUid> takeGone(Predicate<MessageUid> taken) {
        List<MessageUid> found = gone.stream().filter(taken).toList();
        gone.removeAll(found);
        return found;
    }

    /** Messages have come. */
    synchronized void came(Collection<MessageUid> uids, boolean own) {
        uids.stream().filter(this::isNew).forEach(uid -> waiting.put(uid, Arrival.now(own)));
        noted();
    }

    /** Messages have gone; of those that the client does not know. The same is returned. */
    synchronized void went(Collection<MessageUid> uids, Predicate<MessageUid> known) {
        uids.forEach(waiting::remove);
        uids.stream().filter(known.negate()).forEach(gone::add);
        noted();
    }

    private boolean isNew(MessageUid uid) {
        return uid.compareTo(last) > 0 && !gone.contains(uid);
    }

    private void noted() {
        if (begun && waiting.size() + gone.size() > MAX_WAITING) {
            waiting.clear();
            gone.clear();
            complete = last;
            behind = true;
            readingTo = Optional.empty();
        }
        completeUpTo(complete);
    }

    private void completeUpTo(MessageUid uid) {
        complete = uid.compareTo(complete) > 0 ? uid : complete;
        while (waiting.containsKey(complete.next()) || gone.contains(complete.next())) {
            complete = complete.next();
        }
    }

    /** Whether one waits for another, so that somebody has to look again when the patience is over. */
    synchronized boolean areHeld() {
        return begun && waiting.higherKey(complete) != null;
    }

    /**
     * What has to be read before more can be told: the place of those whose patience is over, or all if there were too many.
     *
     * @param enough when so many are ready, they are told first
     */
    synchronized Optional<MessageRange> toRead(int enough) {
        if (ready().size() >= enough) {
            return Optional.empty();
        }
        readingTo = behind ? Optional.of(MessageUid.MAX_VALUE) : overdue();
        return readingTo.map(to -> MessageRange.range(complete.next(), to));
    }

    /** That has been read, in order; all of it or as much as there is here. What happened meanwhile is noted too. */
    synchronized void read(List<MessageUid> found, boolean all) {
        // When too much has happened meanwhile, what was found may be gone.
        readingTo.ifPresent(to -> {
            found.stream().filter(this::isNew).forEach(uid -> waiting.putIfAbsent(uid, Arrival.now(false)));
            MessageUid lastFound = found.isEmpty() ? complete : found.get(found.size() - 1);
            completeUpTo(all && !behind ? to : lastFound);
            behind &= !all;
        });
        readingTo = Optional.empty();
    }

    private NavigableMap<MessageUid, Arrival> ready() {
        return waiting.headMap(complete, true);
    }

    private Optional<MessageUid> overdue() {
        Stream<MessageUid> held = waiting.tailMap(complete, false).entrySet().stream()
            .filter(message -> isOver(message.getValue().nanos())).map(Map.Entry::getKey);
        Stream<MessageUid> before = Stream.of(givenOut).filter(uid -> uid.compareTo(complete) > 0 && isOver(givenOutNanos));
        return Stream.concat(held, before).max(Comparator.naturalOrder());
    }

    private static boolean isOver(long nanos) {
        return System.nanoTime() - nanos >= PATIENCE.toNanos();
    }

    /** Whether there are some of which the client may be told now. */
    synchronized boolean areReady() {
        return behind || !ready().isEmpty() || overdue().isPresent();
    }

    /** The first of these, which the client is told of now, and whether it has added them itself. */
    synchronized NavigableMap<MessageUid, Boolean> take(int most) {
        NavigableMap<MessageUid, Boolean> taken = new TreeMap<>();
        ready().entrySet().stream().limit(most).forEach(message -> taken.put(message.getKey(), message.getValue().own()));
        taken.keySet().forEach(waiting::remove);
        if (!taken.isEmpty()) {
            last = taken.lastKey();
            gone.headSet(last).clear();
        }
        return taken;
    }
}
