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
import java.util.NavigableSet;
import java.util.TreeSet;

import org.apache.james.mailbox.MessageUid;

/**
 * Says which new messages a client may be told of. On Cassandra a message has its UID before it is stored, so that of two that are
 * appended at once the one with the higher UID may arrive first. It waits for the other one: RFC 3501 section 2.3.1.1 has UIDs ascend with
 * the message numbers, and one that came below a message that is told could never be told.
 */
final class ArrivalOrder {
    /** How long a message waits for one with a lower UID. That one may never come: not every append that has begun succeeds. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** UIDs of which something is known, above one of which nothing is. */
    private final NavigableSet<Long> ahead = new TreeSet<>();
    private long complete;
    private long waitingSince;
    private boolean begun;

    /** The mailbox has been read: what comes has higher UIDs than that. */
    synchronized void begin(long lastUid) {
        begun = true;
        complete = Math.max(complete, lastUid);
        advance();
    }

    /**
     * Messages have come, or gone.
     *
     * @return whether one waits from now on, so that somebody has to look again when the patience is over
     */
    synchronized boolean note(Collection<MessageUid> uids) {
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

    /** Whether it may be told now. */
    synchronized boolean mayBeTold(MessageUid uid) {
        if (!ahead.isEmpty() && System.nanoTime() - waitingSince >= PATIENCE.toNanos()) {
            complete = ahead.last();
            advance();
        }
        return uid.asLong() <= complete;
    }
}
