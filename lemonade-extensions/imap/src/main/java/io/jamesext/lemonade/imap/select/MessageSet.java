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
import java.util.List;
import java.util.stream.IntStream;

import org.apache.james.imap.api.message.IdRange;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;

/**
 * The messages that a command names, as far as its client knows them: never more than are in the mailbox, however large the numbers are.
 *
 * @param ranges the messages in as few ranges of UIDs as possible; there are no others between their ends
 * @param uids the same one by one, ascending
 */
public record MessageSet(List<MessageRange> ranges, List<MessageUid> uids) {
    /** James's "*". */
    private static final long LAST = Long.MAX_VALUE;

    /**
     * The messages of a sequence set, each once. RFC 3501 section 9: seq-range.
     *
     * @throws MessageRangeException when a sequence number is none of the mailbox's; UIDs that are not there are just left out
     */
    public static MessageSet of(SelectedFolder folder, IdRange[] ids, boolean byUid) throws MessageRangeException {
        RangeSet<Integer> numbers = TreeRangeSet.create();
        for (IdRange range : ids) {
            numbers.add(byUid ? ofUids(folder, range) : ofNumbers(folder, range));
        }
        List<MessageRange> ranges = new ArrayList<>();
        List<MessageUid> uids = new ArrayList<>();
        for (Range<Integer> range : numbers.asRanges()) {
            List<MessageUid> known = uids(folder, range);
            if (!known.isEmpty()) {
                ranges.add(MessageRange.range(known.get(0), known.get(known.size() - 1)));
                uids.addAll(known);
            }
        }
        return new MessageSet(ranges, uids);
    }

    /** All messages that the client knows. */
    public static MessageSet all(SelectedFolder folder) throws MessageRangeException {
        return of(folder, new IdRange[] {new IdRange(1, LAST)}, true);
    }

    private static List<MessageUid> uids(SelectedFolder folder, Range<Integer> numbers) {
        ContiguousSet<Integer> each = ContiguousSet.create(numbers, DiscreteDomain.integers());
        return each.isEmpty() ? List.of() : IntStream.rangeClosed(each.first(), each.last()).boxed()
            .flatMap(number -> folder.uid(number).stream())
            .toList();
    }

    private static Range<Integer> ofUids(SelectedFolder folder, IdRange range) {
        // RFC 3501 section 6.4.8: "*" is the last message, also where the other end is above it.
        long last = folder.getLastUid().map(MessageUid::asLong).orElse(0L);
        long one = range.getLowVal() == LAST ? last : range.getLowVal();
        long other = range.getHighVal() == LAST ? last : range.getHighVal();
        return Range.closedOpen(folder.firstFrom(Math.min(one, other)), folder.firstFrom(Math.max(one, other) + 1));
    }

    private static Range<Integer> ofNumbers(SelectedFolder folder, IdRange range) throws MessageRangeException {
        long exists = folder.existsCount();
        long one = range.getLowVal() == LAST ? exists : range.getLowVal();
        long other = range.getHighVal() == LAST ? exists : range.getHighVal();
        if (Math.min(one, other) < 1 || Math.max(one, other) > exists) {
            throw new MessageRangeException("no such message sequence number");
        }
        return Range.closedOpen((int) Math.min(one, other), (int) Math.max(one, other) + 1);
    }
}
