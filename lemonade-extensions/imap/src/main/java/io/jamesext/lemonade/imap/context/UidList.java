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
package io.jamesext.lemonade.imap.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** UIDs in the requested order, four octets each. It does not change: another one takes its place, and says how it came about. */
public final class UidList {
    public static final UidList EMPTY = new UidList(new int[0]);

    private static final long MAX_UID = 0xFFFF_FFFFL;

    /** As unsigned numbers: RFC 3501 section 2.3.1.1. */
    private final int[] uids;

    /**
     * Results that come or go next to each other. RFC 5267 sections 4.3.3 and 4.3.4.
     *
     * @param position of the first of them, from 1, when the steps before have been done
     */
    record Step(int position, UidList uids) {
    }

    /** A list, and the steps to it from another one. */
    record Changed(UidList list, List<Step> steps) {
        Changed {
            steps = List.copyOf(steps);
        }
    }

    private UidList(int[] uids) {
        this.uids = uids;
    }

    /** These in this order. */
    public static UidList of(LongStream uids) {
        return new UidList(uids.mapToInt(UidList::unsigned).toArray());
    }

    /** These in this order. */
    public static UidList of(Collection<Long> uids) {
        return of(uids.stream().mapToLong(Long::longValue));
    }

    private static int unsigned(long uid) {
        if (uid < 1 || uid > MAX_UID) {
            throw new IllegalArgumentException("not a UID");
        }
        return (int) uid;
    }

    public int size() {
        return uids.length;
    }

    public boolean isEmpty() {
        return uids.length == 0;
    }

    /** The UID at that place, from 0. */
    public long get(int index) {
        return Integer.toUnsignedLong(uids[index]);
    }

    /** All of them in this order. */
    public LongStream stream() {
        return stream(0, uids.length);
    }

    /** Those from a place up to before another one, both counted from 0. */
    public LongStream stream(int from, int to) {
        return Arrays.stream(uids, from, to).mapToLong(Integer::toUnsignedLong);
    }

    /** Which of these UIDs, ascending, are in it. */
    LongStream those(long[] ascending) {
        return stream().filter(uid -> Arrays.binarySearch(ascending, uid) >= 0);
    }

    /** The list without these UIDs, which are ascending and need not be in it. */
    Changed without(long[] ascending) {
        int[] rest = new int[uids.length];
        List<Step> steps = new ArrayList<>();
        int kept = 0;
        for (int at = 0; at < uids.length;) {
            int end = at;
            while (end < uids.length && Arrays.binarySearch(ascending, get(end)) >= 0) {
                end++;
            }
            if (end > at) {
                steps.add(new Step(kept + 1, new UidList(Arrays.copyOfRange(uids, at, end))));
                at = end;
            } else {
                rest[kept] = uids[at];
                kept++;
                at++;
            }
        }
        return steps.isEmpty() ? new Changed(this, steps) : new Changed(new UidList(Arrays.copyOf(rest, kept)), steps);
    }

    /**
     * The list with others.
     *
     * @param placing none of the others is in it
     */
    Changed with(Order.Placing placing) {
        UidList others = placing.uids();
        int[] places = placing.places();
        if (others.isEmpty()) {
            return new Changed(this, List.of());
        }
        int[] all = new int[uids.length + others.size()];
        List<Step> steps = new ArrayList<>();
        int copied = 0;
        for (int at = 0; at < others.size();) {
            int first = at;
            int place = places[first];
            int end = IntStream.range(first, others.size()).filter(next -> places[next] != place).findFirst().orElse(others.size());
            System.arraycopy(uids, copied, all, copied + first, place - copied);
            System.arraycopy(others.uids, first, all, place + first, end - first);
            steps.add(new Step(place + first + 1, new UidList(Arrays.copyOfRange(others.uids, first, end))));
            copied = place;
            at = end;
        }
        System.arraycopy(uids, copied, all, copied + others.size(), uids.length - copied);
        return new Changed(new UidList(all), steps);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UidList list && Arrays.equals(uids, list.uids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(uids);
    }

    /**
     * As a sequence-set in this order, or what else the UIDs are called: RFC 5267 section 3.2 has ranges for ascending numbers only.
     *
     * @param numbers in their order; not empty
     */
    static String set(LongStream numbers) {
        StringBuilder set = new StringBuilder();
        long[] range = {0, -1};
        numbers.forEachOrdered(number -> {
            if (number == range[1] + 1) {
                range[1] = number;
                return;
            }
            append(set, range[0], range[1]);
            range[0] = number;
            range[1] = number;
        });
        append(set, range[0], range[1]);
        return set.toString();
    }

    private static void append(StringBuilder set, long first, long last) {
        if (first == 0) {
            return;
        }
        set.append(set.isEmpty() ? "" : ",").append(first);
        if (last > first) {
            set.append(':').append(last);
        }
    }

    @Override
    public String toString() {
        return set(stream());
    }
}
