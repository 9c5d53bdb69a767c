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

package io.jamesext.kernel.expunge;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;

/**
 * UIDs that were expunged together.
 *
 * @param modSeq the mailbox's mod-sequence that says so
 * @param id its own: two nodes may try the same mod-sequence at once
 */
record Tombstone(ModSeq modSeq, UUID id, ImmutableList<MessageRange> uids) {
    /** Ranges in one tombstone, some twenty octets each, so that none grows without bound. */
    static final int MAX_RANGES = 500;

    /** As many tombstones as these UIDs need. */
    static List<Tombstone> of(ModSeq modSeq, Collection<MessageUid> uids) {
        return Lists.partition(MessageRange.toRanges(new TreeSet<>(uids)), MAX_RANGES).stream()
            .map(part -> new Tombstone(modSeq, UUID.randomUUID(), ImmutableList.copyOf(part)))
            .toList();
    }

    /** What {@link #sequenceSet} has written. */
    static ImmutableList<MessageRange> ranges(String sequenceSet) {
        return Arrays.stream(sequenceSet.split(",")).map(Tombstone::range).collect(ImmutableList.toImmutableList());
    }

    /** The UIDs as IMAP writes them, RFC 3501 section 9: sequence-set. */
    String sequenceSet() {
        return uids.stream()
            .map(range -> range.getUidFrom().asLong() + ":" + range.getUidTo().asLong())
            .collect(Collectors.joining(","));
    }

    Iterable<MessageUid> each() {
        return Iterables.concat(uids);
    }

    void removeFrom(Set<MessageUid> others) {
        each().forEach(others::remove);
    }

    private static MessageRange range(String range) {
        String[] ends = range.split(":", 2);
        return MessageRange.range(MessageUid.of(Long.parseLong(ends[0])), MessageUid.of(Long.parseLong(ends[1])));
    }
}
