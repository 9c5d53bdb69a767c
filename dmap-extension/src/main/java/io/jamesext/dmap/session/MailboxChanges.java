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
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import javax.mail.Flags;

import org.apache.james.events.Event;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.MailboxEvents;
import org.apache.james.mailbox.model.UpdatedFlags;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.mail.DmapFlags;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Exists;
import io.jamesext.dmap.reply.Expunged;
import io.jamesext.dmap.reply.FetchValue;
import io.jamesext.dmap.reply.Fetched;

/**
 * What happened in a mailbox and was not told yet; the latest of each message only, so it never outgrows the mailbox. Events come
 * from any thread.
 */
final class MailboxChanges {
    private final MailboxSession.SessionId own;
    private final NavigableSet<Long> added = new TreeSet<>();
    private final Set<Long> expunged = new HashSet<>();
    private final TreeMap<Long, Flags> flags = new TreeMap<>();
    private boolean deleted;

    MailboxChanges(MailboxSession.SessionId own) {
        this.own = own;
    }

    synchronized void add(Event event) {
        if (event instanceof MailboxEvents.Added addition) {
            addition.getUids().forEach(uid -> added.add(uid.asLong()));
        } else if (event instanceof MailboxEvents.Expunged expunge) {
            expunge.getUids().forEach(this::gone);
        } else if (event instanceof MailboxEvents.FlagsUpdated update && !update.getSessionId().equals(own)) {
            // The own ones were answered by the command that made them.
            update.getUpdatedFlags().stream().filter(UpdatedFlags::flagsChanged)
                .forEach(changed -> flags.put(changed.getUid().asLong(), changed.getNewFlags()));
        } else if (event instanceof MailboxEvents.MailboxDeletion) {
            deleted = true;
        }
    }

    synchronized void expunged(Collection<MessageUid> uids) {
        uids.forEach(this::gone);
    }

    private void gone(MessageUid uid) {
        expunged.add(uid.asLong());
        added.remove(uid.asLong());
        flags.remove(uid.asLong());
    }

    /** Brings the view up to date and says how. */
    synchronized List<DmapReply> apply(Uids uids, boolean mayRenumber, boolean withUid) {
        List<DmapReply> news = new ArrayList<>();
        added.removeIf(uid -> uids.sequenceOf(uid).isPresent());
        if (mayRenumber) {
            expunge(uids, news);
        }
        append(uids, mayRenumber, news);
        tellFlags(uids, withUid, news);
        return news;
    }

    private void expunge(Uids uids, List<DmapReply> news) {
        boolean late = !added.isEmpty() && added.first() < uids.last();
        if (!late && !deleted && expunged.isEmpty()) {
            return;
        }
        Set<Long> leaving = new HashSet<>(expunged);
        for (int sequence = uids.count(); sequence > 0; sequence--) {
            long uid = uids.at(sequence);
            // A message that was added before one which the client knows already, and whose event came later, cannot be slipped in
            // between (draft section 3.3.1.2). Those behind it leave, and come back behind it.
            boolean inTheWay = late && uid > added.first();
            if (inTheWay && !expunged.contains(uid)) {
                added.add(uid);
                leaving.add(uid);
            }
            if (deleted || leaving.contains(uid)) {
                leaving.add(uid);
                news.add(new Expunged(sequence));
            }
        }
        uids.remove(leaving);
        expunged.clear();
    }

    private void append(Uids uids, boolean mayRenumber, List<DmapReply> news) {
        SortedSet<Long> behind = added.tailSet(uids.last(), false);
        if (!behind.isEmpty() && !deleted) {
            uids.append(ImmutableList.copyOf(behind));
            behind.clear();
            news.add(new Exists(uids.count()));
        }
        if (mayRenumber && deleted) {
            added.clear();
        }
    }

    private void tellFlags(Uids uids, boolean withUid, List<DmapReply> news) {
        flags.forEach((uid, latest) -> {
            OptionalInt sequence = uids.sequenceOf(uid);
            if (sequence.isPresent()) {
                ImmutableList.Builder<FetchValue> values = ImmutableList.builder();
                values.add(new FetchValue.Flags(DmapFlags.format(latest)));
                if (withUid) {
                    values.add(new FetchValue.Numeric("UID", uid));
                }
                news.add(new Fetched(sequence.getAsInt(), values.build()));
            }
        });
        flags.clear();
    }
}
