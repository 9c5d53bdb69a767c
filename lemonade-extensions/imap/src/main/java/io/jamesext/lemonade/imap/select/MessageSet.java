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

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.james.imap.api.message.IdRange;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;

import io.jamesext.lemonade.imap.search.Page;

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
     * The messages of a sequence set, each once. RFC 3501 section 9, sequence-set.
     *
     * @throws MessageRangeException when a sequence number is none of the mailbox's; UIDs that are not there are just left out
     */
    public static MessageSet of(SelectedFolder folder, IdRange[] ids, boolean byUid) throws MessageRangeException {
        List<MessageRange> ranges = ranges(folder, Arrays.asList(ids), byUid);
        return new MessageSet(ranges, ranges.stream().flatMap(range -> uids(folder, range)).toList());
    }

    /** The ranges alone: a client may ask for all messages of a large mailbox, and one by one they cost memory. */
    public static List<MessageRange> ranges(SelectedFolder folder, List<IdRange> ids, boolean byUid) throws MessageRangeException {
        return ranges(folder, ids, byUid, Optional.empty());
    }

    /**
     * A part of them.
     *
     * @param page which of the messages that are there, by their place among them; RFC 9394 section 3.3
     */
    public static List<MessageRange> ranges(SelectedFolder folder, List<IdRange> ids, boolean byUid, Optional<Page> page)
            throws MessageRangeException {
        RangeSet<Integer> numbers = TreeRangeSet.create();
        for (IdRange range : ids) {
            numbers.add(byUid ? ofUids(folder, range) : ofNumbers(folder, range));
        }
        page.ifPresent(wanted -> keep(numbers, wanted));
        return numbers.asRanges().stream().flatMap(range -> range(folder, range).stream()).toList();
    }

    private static void keep(RangeSet<Integer> numbers, Page page) {
        int size = numbers.asRanges().stream().mapToInt(range -> range.upperEndpoint() - range.lowerEndpoint()).sum();
        int begin = page.begin(size);
        int end = page.end(size);
        int before = 0;
        for (Range<Integer> range : List.copyOf(numbers.asRanges())) {
            int low = range.lowerEndpoint();
            int first = Math.max(begin - before, 0);
            int after = Math.min(end - before, range.upperEndpoint() - low);
            numbers.remove(range);
            if (first < after) {
                numbers.add(Range.closedOpen(low + first, low + after));
            }
            before += range.upperEndpoint() - low;
        }
    }

    /** Whether a set names that UID, be it of a message or of none. */
    public static boolean names(List<IdRange> ids, MessageUid uid) {
        return ids.stream().anyMatch(range -> range.getLowVal() <= uid.asLong() && uid.asLong() <= range.getHighVal());
    }

    private static Optional<MessageRange> range(SelectedFolder folder, Range<Integer> numbers) {
        return folder.uid(numbers.lowerEndpoint())
            .flatMap(first -> folder.uid(numbers.upperEndpoint() - 1).map(last -> MessageRange.range(first, last)));
    }

    private static Stream<MessageUid> uids(SelectedFolder folder, MessageRange range) {
        return IntStream.range(firstFrom(folder, range.getUidFrom().asLong()), firstFrom(folder, range.getUidTo().asLong() + 1)).boxed()
            .flatMap(number -> folder.uid(number).stream());
    }

    private static Range<Integer> ofUids(SelectedFolder folder, IdRange range) {
        // RFC 3501 section 6.4.8: "*" is the last message, also where the other end is above it.
        long last = folder.getLastUid().map(MessageUid::asLong).orElse(0L);
        long one = range.getLowVal() == LAST ? last : range.getLowVal();
        long other = range.getHighVal() == LAST ? last : range.getHighVal();
        return Range.closedOpen(firstFrom(folder, Math.min(one, other)), firstFrom(folder, Math.max(one, other) + 1));
    }

    /** The number of the first message whose UID is not below that one; one more than there are when there is none. */
    static int firstFrom(SelectedFolder folder, long uid) {
        int low = 1;
        int high = (int) folder.existsCount() + 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (folder.uid(middle).map(MessageUid::asLong).orElse(Long.MAX_VALUE) < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
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
