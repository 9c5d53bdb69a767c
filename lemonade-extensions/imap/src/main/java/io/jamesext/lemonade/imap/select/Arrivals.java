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
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.apache.james.mailbox.MessageUid;

/**
 * The messages that have come and that the client has not been told of, and which of them it may be told of now. RFC 3501 section 2.3.1.1
 * has UIDs ascend with the message numbers, and on Cassandra a message has its UID before it is stored, so that of two that are appended
 * at once the one with the higher UID may arrive first. It waits for the other one, but not for ever; one that comes too late would take
 * the number of a message that the client knows, and is not told before the mailbox is selected anew.
 */
final class Arrivals {
    /** How long a message waits for one with a lower UID. That one may never come: not every append that has begun succeeds. */
    static final Duration PATIENCE = Duration.ofSeconds(1);
    /** So many are remembered for a client that is told nothing; when there are more, the mailbox is read again instead. */
    static final int MAX_WAITING = 10_000;

    /** UIDs, and whether the client has added the message itself. */
    private final NavigableMap<MessageUid, Boolean> waiting = new TreeMap<>();
    /** UIDs of messages that went before the client was told of them. A list that is being read may have them, and Added may come later. */
    private final NavigableSet<MessageUid> gone = new TreeSet<>();
    /** UIDs of which something is known, above one of which nothing is. */
    private final NavigableSet<Long> ahead = new TreeSet<>();
    /** The highest UID that the client knows or has known. */
    private MessageUid last = MessageUid.of(0);
    private long complete;
    private long waitingSince;
    private boolean begun;
    private boolean behind;

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
        completeUpTo(last.asLong());
        return meanwhile;
    }

    /** Nothing up to that UID is waited for. */
    synchronized void completeUpTo(long uid) {
        complete = Math.max(complete, uid);
        advance();
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

    /**
     * Messages have come.
     *
     * @return whether one waits from now on, so that somebody has to look again when the patience is over
     */
    synchronized boolean came(Collection<MessageUid> uids, boolean own) {
        uids.stream().filter(uid -> !behind && uid.compareTo(last) > 0 && !gone.contains(uid)).forEach(uid -> waiting.put(uid, own));
        return note(uids);
    }

    /** Messages have gone; of those that the client does not know. The same is returned. */
    synchronized boolean went(Collection<MessageUid> uids, Predicate<MessageUid> known) {
        uids.forEach(waiting::remove);
        uids.stream().filter(known.negate()).forEach(gone::add);
        return note(uids);
    }

    private boolean note(Collection<MessageUid> uids) {
        if (begun && waiting.size() + gone.size() > MAX_WAITING) {
            waiting.clear();
            gone.clear();
            behind = true;
        }
        endPatience();
        long before = complete;
        boolean waited = !ahead.isEmpty();
        uids.stream().map(MessageUid::asLong).forEach(ahead::add);
        if (!begun) {
            return false;
        }
        advance();
        boolean waits = !ahead.isEmpty() && (!waited || complete > before);
        if (waits) {
            waitingSince = System.nanoTime();
        }
        return waits;
    }

    private void advance() {
        ahead.headSet(complete, true).clear();
        while (ahead.remove(complete + 1)) {
            complete++;
        }
    }

    private void endPatience() {
        if (begun && !ahead.isEmpty() && System.nanoTime() - waitingSince >= PATIENCE.toNanos()) {
            completeUpTo(ahead.last());
        }
    }

    /** Whether there were too many: those above {@link #last} have to be read. */
    synchronized boolean isBehind() {
        return behind;
    }

    synchronized MessageUid last() {
        return last;
    }

    /** The mailbox is about to be read from the last one on: what happens from now on is noted again. */
    synchronized void catchUp() {
        behind = false;
    }

    /** It has been. */
    synchronized void caughtUp(List<MessageUid> read, boolean all) {
        if (behind) {
            // Too much has happened meanwhile: what has been read may be gone.
            return;
        }
        behind = !all;
        read.stream().filter(uid -> !gone.contains(uid)).forEach(uid -> waiting.putIfAbsent(uid, false));
        if (!read.isEmpty()) {
            completeUpTo(read.get(read.size() - 1).asLong());
            if (behind) {
                // These would be told before those in between that are still to be read.
                waiting.tailMap(read.get(read.size() - 1), false).clear();
            }
        }
    }

    /** Whether there are some of which the client may be told now. */
    synchronized boolean areReady() {
        endPatience();
        return behind || !waiting.headMap(MessageUid.of(complete), true).isEmpty();
    }

    /** The first of these, which the client is told of now, and whether it has added them itself. */
    synchronized NavigableMap<MessageUid, Boolean> take(int most) {
        endPatience();
        NavigableMap<MessageUid, Boolean> taken = new TreeMap<>();
        waiting.headMap(MessageUid.of(complete), true).entrySet().stream().limit(most)
            .forEach(message -> taken.put(message.getKey(), message.getValue()));
        taken.keySet().forEach(waiting::remove);
        if (!taken.isEmpty()) {
            last = taken.lastKey();
            gone.headSet(last).clear();
        }
        return taken;
    }
}
