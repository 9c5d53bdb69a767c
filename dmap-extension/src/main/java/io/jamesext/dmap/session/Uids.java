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
package io.jamesext.dmap.session;

import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.LongStream;

/** UIDs in ascending order, found by their place and the other way round. Places are message numbers, from 1. */
final class Uids {
    private long[] uids;
    private int count;

    Uids(long[] ascending) {
        this.uids = ascending;
        this.count = ascending.length;
    }

    int count() {
        return count;
    }

    long at(int sequence) {
        return uids[sequence - 1];
    }

    /** The largest; 0 when there is none. */
    long last() {
        return count == 0 ? 0 : uids[count - 1];
    }

    OptionalInt sequenceOf(long uid) {
        int index = Arrays.binarySearch(uids, 0, count, uid);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index + 1);
    }

    /** The place of the first UID that is not below this one; one more than the count when all are. */
    int firstFrom(long uid) {
        int index = Arrays.binarySearch(uids, 0, count, uid);
        return index < 0 ? -index : index + 1;
    }

    /** Adds UIDs, each at its place. */
    void add(Collection<Long> more) {
        uids = LongStream.concat(Arrays.stream(uids, 0, count), more.stream().mapToLong(Long::longValue)).sorted().toArray();
        count = uids.length;
    }

    /** Adds UIDs that are above the last one, in ascending order. */
    void append(Collection<Long> ascending) {
        if (count + ascending.size() > uids.length) {
            uids = Arrays.copyOf(uids, Math.max(count + ascending.size(), count + count / 2));
        }
        for (long uid : ascending) {
            uids[count++] = uid;
        }
    }

    void remove(Set<Long> gone) {
        int kept = 0;
        for (int index = 0; index < count; index++) {
            if (!gone.contains(uids[index])) {
                uids[kept++] = uids[index];
            }
        }
        count = kept;
    }
}
