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

package io.jamesext.lemonade.imap.sort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;

/**
 * What is known of the messages of one mailbox, and the orders in which they were asked for. With more messages another one takes its
 * place, which begins with the orders of this one: to put a few messages into an order is much cheaper than to sort all.
 */
final class KnownRows {
    private static final long[] NOTHING = {};
    private static final int MAX_ORDERS = 4;
    /** A row without its values, with its places in the lists here. */
    private static final int ROW_OCTETS = 56 + Long.BYTES * MAX_ORDERS;
    /** For so small a part of the messages it is cheaper to sort these than to look through all. */
    private static final int SMALL_PART = 8;

    private final MessageRow[] rows;
    private final long[] uids;
    private final long octets;
    /** All rows of which enough is known. */
    private final Cache<SortOrder, long[]> orders = CacheBuilder.newBuilder().maximumSize(MAX_ORDERS).build();
    /** The same, of rows that were known before. */
    private final Map<SortOrder, long[]> before;

    private KnownRows(MessageRow[] ascending, long octets, Map<SortOrder, long[]> before) {
        this.rows = ascending;
        this.uids = Arrays.stream(ascending).mapToLong(MessageRow::uid).toArray();
        this.octets = octets;
        this.before = before;
    }

    /** Nothing. */
    static KnownRows none() {
        return new KnownRows(new MessageRow[0], 0, Map.of());
    }

    /** About what it takes on the heap. */
    int octets() {
        return (int) Math.min(Integer.MAX_VALUE, octets);
    }

    private static int octets(MessageRow row) {
        return ROW_OCTETS + (row.hasHeader() ? row.values().octets() : 0);
    }

    /**
     * Those of these UIDs of which not enough is known.
     *
     * @param ascending UIDs
     * @param header whether what the header says has to be known
     */
    long[] lacking(long[] ascending, boolean header) {
        long[] lacking = new long[ascending.length];
        int count = 0;
        int at = 0;
        for (long uid : ascending) {
            at = next(uid, at);
            if (!isKnown(uid, at) || header && !rows[at].hasHeader()) {
                lacking[count] = uid;
                count++;
            }
        }
        return Arrays.copyOf(lacking, count);
    }

    /** What is known of the messages with these ascending UIDs. */
    List<MessageRow> those(long[] ascending) {
        List<MessageRow> found = new ArrayList<>(ascending.length);
        int at = 0;
        for (long uid : ascending) {
            at = next(uid, at);
            if (isKnown(uid, at)) {
                found.add(rows[at]);
            }
        }
        return found;
    }

    /** The place of the first row from there on that has this UID or a higher one. */
    private int next(long uid, int from) {
        if (from == uids.length || uids[from] >= uid) {
            return from;
        }
        int found = Arrays.binarySearch(uids, from, uids.length, uid);
        return found < 0 ? -1 - found : found;
    }

    private boolean isKnown(long uid, int at) {
        return at < uids.length && uids[at] == uid;
    }

    /** All this with that: of a message in both, the row that knows more. */
    KnownRows with(List<MessageRow> ascending) {
        MessageRow[] all = new MessageRow[rows.length + ascending.size()];
        int count = 0;
        int mine = 0;
        // Not summed up anew: it looks at each letter of a row.
        long sum = octets;
        for (MessageRow other : ascending) {
            int end = next(other.uid(), mine);
            System.arraycopy(rows, mine, all, count, end - mine);
            count += end - mine;
            boolean both = isKnown(other.uid(), end);
            boolean better = !both || !rows[end].hasHeader();
            all[count] = better ? other : rows[end];
            count++;
            sum += better ? octets(other) - (both ? octets(rows[end]) : 0) : 0;
            mine = both ? end + 1 : end;
        }
        System.arraycopy(rows, mine, all, count, rows.length - mine);
        return new KnownRows(Arrays.copyOf(all, count + rows.length - mine), sum,
            orders.size() == 0 ? before : Map.copyOf(orders.asMap()));
    }

    /** All this with what another one of the same mailbox knows. */
    KnownRows with(KnownRows other) {
        return with(Arrays.asList(other.rows));
    }

    /** Those of these ascending UIDs that are known, in that order. */
    long[] sort(SortOrder order, long[] ascending) {
        if (ascending.length < rows.length / SMALL_PART) {
            return those(ascending).stream().sorted(order.comparator()).mapToLong(MessageRow::uid).toArray();
        }
        long[] sorted = sorted(order);
        return sorted.length == rows.length && Arrays.equals(uids, ascending) ? sorted
            : LongStream.of(sorted).filter(uid -> Arrays.binarySearch(ascending, uid) >= 0).toArray();
    }

    private long[] sorted(SortOrder order) {
        long[] known = orders.getIfPresent(order);
        if (known != null) {
            return known;
        }
        long[] sorted = sorted(order, before.getOrDefault(order, NOTHING));
        orders.put(order, sorted);
        return sorted;
    }

    /** Beginning with those that are in order already: where they are most of all, there is not much to compare. */
    private long[] sorted(SortOrder order, long[] inOrder) {
        boolean[] placed = new boolean[rows.length];
        List<MessageRow> all = new ArrayList<>(rows.length);
        for (long uid : inOrder) {
            int at = next(uid, 0);
            placed[at] = true;
            all.add(rows[at]);
        }
        for (int at = 0; at < rows.length; at++) {
            if (!placed[at] && (rows[at].hasHeader() || !order.readsHeader())) {
                all.add(rows[at]);
            }
        }
        all.sort(order.comparator());
        return all.stream().mapToLong(MessageRow::uid).toArray();
    }
}
