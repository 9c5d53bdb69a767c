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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.apache.james.mailbox.MessageUid;

import io.jamesext.lemonade.imap.status.UntaggedStatus;
import reactor.core.scheduler.Schedulers;

/** What a client is to be told beside the state of its mailbox, and who is woken when there is something new. */
public final class News {
    private static final Runnable NOBODY = () -> { };

    private final Set<UntaggedStatus> notices = new LinkedHashSet<>();
    private final List<MessageUid> arrivals = new ArrayList<>();
    private volatile Runnable listener = NOBODY;

    /** Told with the next news; the same twice is told once. */
    public void add(UntaggedStatus notice) {
        synchronized (notices) {
            notices.add(notice);
        }
        ring();
    }

    /** What was added and is not told yet. */
    List<UntaggedStatus> take() {
        synchronized (notices) {
            List<UntaggedStatus> taken = List.copyOf(notices);
            notices.clear();
            return taken;
        }
    }

    /** The client is told that these messages of others exist, or they are to be told once more. */
    synchronized void arrived(Collection<MessageUid> uids) {
        arrivals.addAll(uids);
    }

    /** The first messages of others that have arrived since this was asked last. */
    synchronized List<MessageUid> takeArrivals(int most) {
        List<MessageUid> first = arrivals.subList(0, Math.min(most, arrivals.size()));
        List<MessageUid> taken = List.copyOf(first);
        first.clear();
        return taken;
    }

    /** Whether there are more of these. */
    synchronized boolean hasArrivals() {
        return !arrivals.isEmpty();
    }

    /** Something has happened. */
    void ring() {
        listener.run();
    }

    /** Something may have to be looked at when the patience with a message that is missing is over. */
    void ringLater(boolean waits) {
        if (waits) {
            Schedulers.parallel().schedule(this::ring, Arrivals.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** From now on whoever is given here is woken by news. */
    public void listen(Runnable woken) {
        listener = woken;
    }
}
