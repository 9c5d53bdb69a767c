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
package io.jamesext.dmap.wire;

import java.util.stream.Collectors;

import com.google.common.collect.ImmutableList;

/**
 * A set of message numbers as the client wrote it. Draft section 7.6.8: the order of a range's ends makes no difference, and
 * {@code *} is the last message.
 *
 * @param ranges in the client's order
 */
public record SequenceSet(ImmutableList<Range> ranges) {
    /** {@code *}. Larger than any number on the wire. */
    public static final long LAST = Long.MAX_VALUE;

    /** One number, or two and all between them. */
    public record Range(long first, long last) {
        /** The smaller end, when {@code *} is this number. */
        public long low(long largest) {
            return Math.min(resolve(first, largest), resolve(last, largest));
        }

        /** The larger end, when {@code *} is this number. */
        public long high(long largest) {
            return Math.max(resolve(first, largest), resolve(last, largest));
        }

        private static long resolve(long number, long largest) {
            return number == LAST ? largest : number;
        }

        @Override
        public String toString() {
            String left = first == LAST ? "*" : Long.toString(first);
            String right = last == LAST ? "*" : Long.toString(last);
            return first == last ? left : left + ":" + right;
        }
    }

    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }
}
