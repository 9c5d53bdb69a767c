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

package io.jamesext.lemonade.imap.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.apache.james.imap.api.message.IdRange;

/** Message numbers or UIDs, kept as ranges: 1:4294967295 takes no more room than 1. */
public record NumberSet(List<Range> ranges) {
    public static final NumberSet EMPTY = new NumberSet(List.of());

    /** Both ends are in it. */
    public record Range(long low, long high) {
        public Range {
            if (low > high) {
                throw new IllegalArgumentException("a range from its end to its beginning");
            }
        }
    }

    /** Of ranges in any order, which may overlap. They are kept ascending and apart from each other. */
    public NumberSet {
        List<Range> joined = new ArrayList<>();
        for (Range range : ranges.stream().sorted(Comparator.comparingLong(Range::low)).toList()) {
            Range last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && range.low() <= last.high() + 1) {
                joined.set(joined.size() - 1, new Range(last.low(), Math.max(last.high(), range.high())));
            } else {
                joined.add(range);
            }
        }
        ranges = List.copyOf(joined);
    }

    /** Of single numbers, in any order. */
    public static NumberSet of(LongStream numbers) {
        long[] sorted = numbers.sorted().toArray();
        List<Range> ranges = new ArrayList<>();
        for (int first = 0; first < sorted.length;) {
            int last = first;
            while (last + 1 < sorted.length && sorted[last + 1] <= sorted[last] + 1) {
                last++;
            }
            ranges.add(new Range(sorted[first], sorted[last]));
            first = last + 1;
        }
        return new NumberSet(ranges);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public boolean contains(long number) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range range = ranges.get(middle);
            if (number < range.low()) {
                high = middle - 1;
            } else if (number > range.high()) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** Every number of it: only for sets of messages that are there. */
    LongStream numbers() {
        return ranges.stream().flatMapToLong(range -> LongStream.rangeClosed(range.low(), range.high()));
    }

    /** For the processors of James that take ranges. */
    IdRange[] toIdRanges() {
        return ranges.stream().map(range -> new IdRange(range.low(), range.high())).toArray(IdRange[]::new);
    }

    /** As a sequence-set of RFC 3501 section 9, which has no form for the empty set. */
    @Override
    public String toString() {
        return ranges.stream()
            .map(range -> range.low() == range.high() ? Long.toString(range.low()) : range.low() + ":" + range.high())
            .collect(Collectors.joining(","));
    }
}
