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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.apache.james.events.Event;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.MailboxEvents;
import org.apache.james.mailbox.model.UpdatedFlags;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.Sets;
import com.google.common.collect.TreeRangeSet;

import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Exists;
import io.jamesext.dmap.reply.Expunged;
import io.jamesext.dmap.reply.Vanished;

/**
 * What happened in a mailbox and was not told yet; the latest of each message only, and nothing of those that nobody has heard of when
 * they go. So it never outgrows the mailbox and the client's view of it. Events come from any thread.
 */
final class MailboxChanges {
    private final MailboxSession.SessionId own;
    private final NavigableSet<Long> added = new TreeSet<>();
    private final Map<Long, MessageState> flagsOfNew = new HashMap<>();
    private final Set<Long> expunged = new HashSet<>();
    private final Set<Long> cameAndWent = new HashSet<>();
    private final TreeMap<Long, MessageState> flags = new TreeMap<>();
    private boolean deleted;
    /** UIDs above are in no view; as long as the first view may still be being read, any may be. */
    private long highest = Long.MAX_VALUE;

    MailboxChanges(MailboxSession.SessionId own) {
        this.own = own;
    }

    synchronized void add(Event event) {
        if (event instanceof MailboxEvents.Added addition) {
            addition.getUids().forEach(uid -> {
                added.add(uid.asLong());
                flagsOfNew.put(uid.asLong(), MessageState.of(addition.getMetaData(uid)));
            });
        } else if (event instanceof MailboxEvents.Expunged expunge) {
            expunge.getUids().forEach(this::gone);
        } else if (event instanceof MailboxEvents.FlagsUpdated update && !update.getSessionId().equals(own)) {
            // The own ones were answered by the command that made them.
            update.getUpdatedFlags().stream().filter(UpdatedFlags::flagsChanged).map(MessageState::of)
                .forEach(changed -> flags.merge(changed.uid(), changed, MessageState::or));
        } else if (event instanceof MailboxEvents.MailboxDeletion) {
            deleted = true;
        }
    }

    synchronized void expunged(Collection<MessageUid> uids) {
        uids.forEach(this::gone);
    }

    private void gone(MessageUid uid) {
        flagsOfNew.remove(uid.asLong());
        flags.remove(uid.asLong());
        boolean isNew = added.remove(uid.asLong());
        if (isNew && uid.asLong() > highest) {
            return;
        }
        expunged.add(uid.asLong());
        if (isNew) {
            cameAndWent.add(uid.asLong());
        }
    }

    /** How many entries there are. */
    synchronized int size() {
        return added.size() + flagsOfNew.size() + expunged.size() + cameAndWent.size() + flags.size();
    }

    /** Brings the view up to date and says how. */
    synchronized List<DmapReply> apply(Uids uids, boolean mayRenumber, Telling telling) {
        List<DmapReply> news = new ArrayList<>();
        added.removeIf(uid -> uids.sequenceOf(uid).isPresent());
        flagsOfNew.keySet().retainAll(added);
        if (mayRenumber) {
            expunge(uids, telling, news);
        }
        append(uids, mayRenumber, telling, news);
        tellFlags(uids, telling, news);
        highest = uids.last();
        return news;
    }

    private void expunge(Uids uids, Telling telling, List<DmapReply> news) {
        boolean late = !telling.uidOnly() && !added.isEmpty() && added.first() < uids.last();
        if (!late && !deleted && expunged.isEmpty()) {
            return;
        }
        Set<Long> leaving = new HashSet<>();
        List<DmapReply> counted = new ArrayList<>();
        for (int sequence = uids.count(); sequence > 0; sequence--) {
            long uid = uids.at(sequence);
            // A message that was added before one which the client knows already, and whose event came later, cannot be slipped in
            // between (draft section 3.3.1.2). Those behind it leave, and come back behind it.
            boolean inTheWay = late && uid > added.first();
            if (inTheWay && !expunged.contains(uid)) {
                added.add(uid);
                leaving.add(uid);
            }
            if (deleted || leaving.contains(uid) || expunged.contains(uid)) {
                leaving.add(uid);
                counted.add(new Expunged(sequence));
            }
        }
        news.addAll(telling.vanished() ? vanished(leaving) : counted);
        uids.remove(leaving);
        expunged.clear();
        cameAndWent.clear();
    }

    /**
     * RFC 7162 section 3.2.10. What went while the mailbox was being selected is not counted in it, but the client may know it from
     * before; it hears that it went EARLIER.
     */
    private List<DmapReply> vanished(Set<Long> leaving) {
        List<DmapReply> vanished = new ArrayList<>();
        vanished.addAll(Vanished.of(true, ranges(Sets.difference(expunged, Sets.union(leaving, cameAndWent)))));
        vanished.addAll(Vanished.of(false, ranges(leaving)));
        return vanished;
    }

    private static RangeSet<Long> ranges(Set<Long> uids) {
        RangeSet<Long> ranges = TreeRangeSet.create();
        uids.forEach(uid -> ranges.add(Range.closedOpen(uid, uid + 1)));
        return ranges;
    }

    /** With QRESYNC or UIDONLY the client hears of each new message what it would have to ask for next. */
    private void append(Uids uids, boolean mayRenumber, Telling telling, List<DmapReply> news) {
        // Without message numbers there is nothing to keep in order.
        SortedSet<Long> behind = telling.uidOnly() ? added : added.tailSet(uids.last(), false);
        if (!behind.isEmpty() && !deleted) {
            List<Long> told = List.copyOf(behind);
            if (told.get(0) > uids.last()) {
                uids.append(told);
            } else {
                uids.add(told);
            }
            for (long uid : told) {
                MessageState state = flagsOfNew.remove(uid);
                if (state != null && telling.vanished()) {
                    flags.merge(uid, state, MessageState::or);
                }
            }
            behind.clear();
            news.add(new Exists(uids.count()));
        }
        if (mayRenumber && deleted) {
            added.clear();
            flagsOfNew.clear();
        }
    }

    private void tellFlags(Uids uids, Telling telling, List<DmapReply> news) {
        flags.forEach((uid, latest) -> {
            OptionalInt sequence = uids.sequenceOf(uid);
            if (sequence.isPresent()) {
                news.add(telling.flags(sequence.getAsInt(), latest));
            }
        });
        flags.clear();
    }
}
