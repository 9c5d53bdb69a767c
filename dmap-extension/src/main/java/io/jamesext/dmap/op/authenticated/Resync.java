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
package io.jamesext.dmap.op.authenticated;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.apache.james.mailbox.MessageUid;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;

import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.MessageState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.session.Telling;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.SequenceSet;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/**
 * The parameter QRESYNC: what a client knows of a mailbox that it selects. RFC 7162 section 3.2.5:
 * {@code "QRESYNC" SP "(" uidvalidity SP modseq [SP known-uids] [SP "(" sequence-set SP uid-set ")"] ")"}.
 *
 * @param uidValidity of the mailbox as the client knows it; with another one nothing of this is of use
 * @param modSeq what changed behind it the client does not know
 * @param known the UIDs that the client wants to hear of; all when it does not say
 * @param match a sample of numbers and UIDs in ascending order, from which the server sees what the client knows to be gone
 */
record Resync(long uidValidity, long modSeq, Optional<RangeSet<Long>> known, Optional<Match> match) {
    /** Numbers, and the UIDs that belong to them, one to one. */
    record Match(List<Range<Long>> numbers, List<Range<Long>> uids) {
    }

    static Resync parse(DmapReader arguments) {
        arguments.expectSpace().expect('(');
        long uidValidity = arguments.expectNumber();
        long modSeq = arguments.expectSpace().expectNumber();
        Optional<RangeSet<Long>> known = Optional.empty();
        Optional<Match> match = Optional.empty();
        boolean more = arguments.accept(' ');
        if (more && !arguments.sees('(')) {
            known = Optional.of(TreeRangeSet.create(ranges(arguments)));
            more = arguments.accept(' ');
        }
        if (more) {
            arguments.expect('(');
            match = Optional.of(match(arguments));
        }
        arguments.expect(')');
        return new Resync(uidValidity, modSeq, known, match);
    }

    private static Match match(DmapReader arguments) {
        Match match = new Match(ranges(arguments), ranges(arguments.expectSpace()));
        arguments.expect(')');
        if (!ascending(match.numbers()) || !ascending(match.uids()) || size(match.numbers()) != size(match.uids())) {
            throw new ProtocolException(Failure.SYNTAX, "expected as many message numbers as UIDs, both ascending");
        }
        return match;
    }

    /** RFC 7162 section 7: these sets have no {@code *}. */
    private static List<Range<Long>> ranges(DmapReader arguments) {
        return arguments.expectSequenceSet().ranges().stream().map(range -> {
            if (range.first() == SequenceSet.LAST || range.last() == SequenceSet.LAST) {
                throw new ProtocolException(Failure.SYNTAX, "`*` is not known to the client");
            }
            return Range.closedOpen(range.low(0), range.high(0) + 1);
        }).toList();
    }

    private static boolean ascending(List<Range<Long>> ranges) {
        long last = 0;
        for (Range<Long> range : ranges) {
            if (range.lowerEndpoint() <= last) {
                return false;
            }
            last = range.upperEndpoint() - 1;
        }
        return true;
    }

    private static long size(List<Range<Long>> ranges) {
        return ranges.stream().mapToLong(range -> range.upperEndpoint() - range.lowerEndpoint()).sum();
    }

    /** First what has vanished, so that the client may forget it, then what has changed: RFC 7162 section 3.2.6. */
    Flux<DmapReply> replies(SelectedMailbox selected, List<MessageState> changed, ExpungeLog log, Telling telling) {
        RangeSet<Long> wanted = known.orElseGet(() -> TreeRangeSet.create(List.of(Range.atLeast(1L))));
        Range<Long> unmatched = Range.greaterThan(match.map(sample -> lastMatch(sample, selected)).orElse(0L));
        return Flux.concat(selected.vanished(wanted.subRangeSet(unmatched), modSeq, log), Flux.fromIterable(changed)
            .filter(message -> wanted.contains(message.uid()))
            .map(message -> telling.flags(selected.sequence(MessageUid.of(message.uid())).orElseThrow(), message)));
    }

    /** RFC 7162 section 3.2.5.2: up to the UID of the last pair in a row that is right, the client knows what is gone. */
    private static long lastMatch(Match sample, SelectedMailbox selected) {
        Iterator<Long> uids = each(sample.uids());
        long last = 0;
        for (Iterator<Long> numbers = each(sample.numbers()); numbers.hasNext();) {
            long number = numbers.next();
            long uid = uids.next();
            if (number > selected.count() || selected.uid((int) number) != uid) {
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
}
