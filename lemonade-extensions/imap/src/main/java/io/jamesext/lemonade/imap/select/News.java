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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.events.MailboxEvents.MessageEvent;

import io.jamesext.lemonade.imap.status.UntaggedStatus;
import reactor.core.scheduler.Schedulers;

/**
 * What a client is to be told beside the state of its mailbox, and who is woken when there is something new. It remembers too which
 * messages the client has added or removed itself.
 */
public final class News {
    private static final Runnable NOBODY = () -> { };

    private final Set<UntaggedStatus> notices = new LinkedHashSet<>();
    private final Set<MessageUid> added = new HashSet<>();
    private final Set<MessageUid> removed = new HashSet<>();
    private final ArrivalOrder order = new ArrivalOrder();
    private List<MessageUid> arrivals = new ArrayList<>();
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

    /** In which order the client is told of messages that come. */
    ArrivalOrder order() {
        return order;
    }

    /** Remembers what that session has done itself, and which messages have come. */
    void note(MailboxEvent event, MailboxSession.SessionId client) {
        remember(event, client);
        if ((event instanceof Added || event instanceof Expunged) && order.note(((MessageEvent) event).getUids())) {
            Schedulers.parallel().schedule(this::ring, ArrivalOrder.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void remember(MailboxEvent event, MailboxSession.SessionId client) {
        if (client.equals(event.getSessionId())) {
            if (event instanceof Added own) {
                added.addAll(own.getUids());
            } else if (event instanceof Expunged own) {
                removed.addAll(own.getUids());
            }
        }
    }

    /** Whether the client has removed it itself. */
    synchronized boolean removedByClient(MessageUid uid) {
        return removed.contains(uid);
    }

    /** These the client is told of now: that they are gone. */
    synchronized void toldRemoved(Collection<MessageUid> uids) {
        removed.removeAll(uids);
    }

    /** Of messages that the client does not know, those that it is told of now: that they exist. */
    synchronized List<MessageUid> arrived(Collection<MessageUid> unknown) {
        List<MessageUid> told = unknown.stream().filter(order::mayBeTold).toList();
        told.stream().filter(uid -> !added.remove(uid)).forEach(arrivals::add);
        return told;
    }

    /** The messages of others that have arrived since this was asked last. */
    synchronized List<MessageUid> takeArrivals() {
        List<MessageUid> taken = arrivals;
        arrivals = new ArrayList<>();
        return taken;
    }

    /** Something has happened. */
    void ring() {
        listener.run();
    }

    /** From now on whoever is given here is woken by news. */
    public void listen(Runnable woken) {
        listener = woken;
    }
}
