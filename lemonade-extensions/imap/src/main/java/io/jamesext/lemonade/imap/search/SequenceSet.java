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

import java.util.List;

/**
 * A set of message numbers or UIDs as the client wrote it. RFC 3501 section 9, sequence-set, and RFC 5182 section 3.
 *
 * @param saved whether it is "$", the result of an earlier search; it has no ranges then
 */
public record SequenceSet(List<Range> ranges, boolean saved) {
    /** RFC 3501 section 9: "*", the largest number in use. */
    public static final long STAR = 0;
    /** The result of the last search that was saved. */
    public static final SequenceSet LAST_RESULT = new SequenceSet(List.of(), true);

    /** From a number to a number, in either order; both are in it. */
    public record Range(long from, long to) {
        NumberSet.Range upTo(long star) {
            long first = from == STAR ? star : from;
            long second = to == STAR ? star : to;
            return new NumberSet.Range(Math.min(first, second), Math.max(first, second));
        }
    }

    public SequenceSet {
        ranges = List.copyOf(ranges);
    }

    /** Whether "*" stands in it, so that it means other messages when the last message of the mailbox is another. */
    public boolean hasStar() {
        return ranges.stream().anyMatch(range -> range.from() == STAR || range.to() == STAR);
    }
}
