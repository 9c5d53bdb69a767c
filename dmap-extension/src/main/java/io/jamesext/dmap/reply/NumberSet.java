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
package io.jamesext.dmap.reply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;

/**
 * Message numbers or UIDs as a sequence set: {@code 3,5:7}. RFC 9051 section 9, sequence-set.
 *
 * @param ranges in ascending order, none next to another
 */
public record NumberSet(List<Range> ranges) {
    /** From the first to the last, both of them too. */
    public record Range(long first, long last) {
        @Override
        public String toString() {
            return first == last ? Long.toString(first) : first + ":" + last;
        }
    }

    /** Of these numbers, each once. */
    public static NumberSet of(Collection<Long> ascending) {
        List<Range> ranges = new ArrayList<>();
        for (long number : ascending) {
            int latest = ranges.size() - 1;
            if (latest >= 0 && ranges.get(latest).last() + 1 == number) {
                ranges.set(latest, new Range(ranges.get(latest).first(), number));
            } else {
                ranges.add(new Range(number, number));
            }
        }
        return new NumberSet(List.copyOf(ranges));
    }

    /** Of these numbers. */
    public static NumberSet of(RangeSet<Long> numbers) {
        TreeRangeSet<Long> canonical = TreeRangeSet.create();
        numbers.asRanges().forEach(range -> canonical.add(range.canonical(DiscreteDomain.longs())));
        return new NumberSet(canonical.asRanges().stream()
            .map(range -> new Range(range.lowerEndpoint(), range.upperEndpoint() - 1))
            .toList());
    }

    @Override
    public String toString() {
        return String.join(",", ranges.stream().map(Range::toString).toList());
    }
}
