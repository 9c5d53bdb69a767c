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

import java.util.Iterator;
import java.util.List;

import org.apache.james.imap.api.message.UidRange;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.message.response.VanishedResponse;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;

import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.lemonade.imap.select.SelectRequest.Match;
import io.jamesext.lemonade.imap.select.SelectRequest.Resync;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells a client what has happened since it was here last. RFC 7162 section 3.2.5. */
final class Resynchronization {
    private final SelectedFolder folder;
    private final Resync resync;
    private final ExpungeLog log;
    private final ImmutableRangeSet<Long> known;

    Resynchronization(SelectedFolder folder, Resync resync, ExpungeLog log) {
        this.folder = folder;
        this.resync = resync;
        this.log = log;
        this.known = resync.known().orElse(ImmutableRangeSet.of(Range.greaterThan(0L)));
    }

    /** First what has vanished, so that the client may forget it, then the changed flags: RFC 7162 section 3.2.6. */
    Mono<Void> tell(List<ComposedMessageIdWithMetaData> changed, Responder responder) {
        Range<Long> unmatched = Range.greaterThan(resync.match().map(this::lastMatch).orElse(0L));
        return Flux.concat(log.after(folder.getMailboxId(), ModSeq.of(resync.modSeq())), Flux.fromIterable(folder.arrivals().gone()))
            .filter(uid -> known.contains(uid.asLong()) && unmatched.contains(uid.asLong()) && !folder.contains(uid))
            .<RangeSet<Long>>collect(TreeRangeSet::create, (gone, uid) -> gone.add(one(uid)))
            .doOnNext(gone -> {
                if (!gone.isEmpty()) {
                    responder.respond(new VanishedResponse(ranges(gone), true));
                }
                changed.forEach(message -> tellChanged(message, responder));
            })
            .then();
    }

    private void tellChanged(ComposedMessageIdWithMetaData message, Responder responder) {
        MessageUid uid = message.getComposedMessageId().getUid();
        if (known.contains(uid.asLong())) {
            Unsolicited.tellMessage(folder, responder, new Unsolicited.Item(uid, true,
                Unsolicited.Item.flags(folder, uid, message.getFlags()), message.getModSeq()));
        }
    }

    /** RFC 7162 section 3.2.5.2: up to the UID of the last pair in a row that is right, the client knows what is gone. */
    private long lastMatch(Match match) {
        Iterator<Long> uids = each(match.uids());
        long last = 0;
        for (Iterator<Long> numbers = each(match.numbers()); numbers.hasNext();) {
            long number = numbers.next();
            long uid = uids.next();
            if (number > folder.existsCount() || folder.uid((int) number).filter(there -> there.asLong() == uid).isEmpty()) {
                return last;
            }
            last = uid;
        }
        return last;
    }

    /** One by one, as they are asked for: a client may name all numbers that there are. */
    private static Iterator<Long> each(List<Range<Long>> ranges) {
        return Iterables.concat(Lists.transform(ranges, range -> ContiguousSet.create(range, DiscreteDomain.longs()))).iterator();
    }

    private static Range<Long> one(MessageUid uid) {
        return Range.singleton(uid.asLong()).canonical(DiscreteDomain.longs());
    }

    private static UidRange[] ranges(RangeSet<Long> gone) {
        return gone.asRanges().stream()
            .map(range -> new UidRange(MessageUid.of(range.lowerEndpoint()), MessageUid.of(range.upperEndpoint() - 1)))
            .toArray(UidRange[]::new);
    }
}
