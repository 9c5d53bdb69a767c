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
package io.jamesext.dmap.op.selected;

import static com.google.common.collect.ImmutableList.toImmutableList;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Predicate;

import javax.mail.Flags;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;

import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.wire.SequenceSet;

/** A criterion of SEARCH. Draft section 7.6.3. All of them look at metadata only, never into a message. */
public sealed interface SearchKey {
    /** What has to be known of a message to decide; each includes those before it. */
    enum Needs { NUMBERS, FLAGS, METADATA }

    /** The largest numbers of the mailbox as the client sees it; {@code *} is one of them. */
    record Largest(int sequence, long uid) {
    }

    /** What is known of a message; what was not needed has any value. */
    record Candidate(int sequence, long uid, Flags flags, long modSeq, Instant internalDate, long size) {
        /** A message of which only the numbers matter. */
        static Candidate of(int sequence, long uid) {
            return new Candidate(sequence, uid, new Flags(), 0, Instant.EPOCH, 0);
        }
    }

    /** What has to be known. */
    Needs needs();

    /** The message numbers outside of which there is no such message: only these have to be looked at. */
    default RangeSet<Integer> among(SelectedMailbox selected) {
        return selected.all();
    }

    /** Tells which messages are wanted; made once, so that a message is not held against each number of a long set. */
    Predicate<Candidate> matching(Largest largest);

    /** ALL, several keys, and a parenthesised list. */
    record And(ImmutableList<SearchKey> keys) implements SearchKey {
        @Override
        public Needs needs() {
            return keys.stream().map(SearchKey::needs).max(Enum::compareTo).orElse(Needs.NUMBERS);
        }

        @Override
        public Predicate<Candidate> matching(Largest largest) {
            ImmutableList<Predicate<Candidate>> all = keys.stream().map(key -> key.matching(largest)).collect(toImmutableList());
            return message -> all.stream().allMatch(key -> key.test(message));
        }

        @Override
        public RangeSet<Integer> among(SelectedMailbox selected) {
            RangeSet<Integer> all = selected.all();
            keys.forEach(key -> all.removeAll(key.among(selected).complement()));
            return all;
        }
    }

    /** OR of two; the draft's index has it, its text has not. */
    record Or(SearchKey left, SearchKey right) implements SearchKey {
        @Override
        public Needs needs() {
            return left.needs().compareTo(right.needs()) > 0 ? left.needs() : right.needs();
        }

        @Override
        public Predicate<Candidate> matching(Largest largest) {
            return left.matching(largest).or(right.matching(largest));
        }
    }

    /** NOT. */
    record Not(SearchKey key) implements SearchKey {
        @Override
        public Needs needs() {
            return key.needs();
        }

        @Override
        public Predicate<Candidate> matching(Largest largest) {
            return key.matching(largest).negate();
        }
    }

    /** A sequence set, or UID and one. */
    record Numbers(SequenceSet set, boolean byUid) implements SearchKey {
        @Override
        public Needs needs() {
            return Needs.NUMBERS;
        }

        @Override
        public Predicate<Candidate> matching(Largest largest) {
            long last = byUid ? largest.uid() : largest.sequence();
            TreeRangeSet<Long> numbers = TreeRangeSet.create();
            set.ranges().forEach(range -> numbers.add(Range.closed(range.low(last), range.high(last))));
            return message -> numbers.contains(byUid ? message.uid() : message.sequence());
        }

        @Override
        public RangeSet<Integer> among(SelectedMailbox selected) {
            return selected.present(set, byUid);
        }
    }

    /** DELETED, UNDELETED, SEEN and UNSEEN. */
    record Flagged(Flags.Flag flag, boolean isSet) implements SearchKey {
        @Override
        public Needs needs() {
            return Needs.FLAGS;
        }

        @Override
        public Predicate<Candidate> matching(Largest largest) {
            return message -> message.flags().contains(flag) == isSet;
        }
    }

    /** MODSEQ: from this one on. RFC 7162 section 3.1.5, without the names of entries: a message has one mod-sequence. */
    record ChangedFrom(long modSeq) implements SearchKey {
        @Override
        public Needs needs() {
            return Needs.FLAGS;
        }

        @Override
        public Predicate<Candidate> matching(Largest largest) {
            return message -> message.modSeq() >= modSeq;
        }
    }

    /** LARGER and SMALLER. */
    record Sized(int sign, long size) implements SearchKey {
        @Override
        public Needs needs() {
            return Needs.METADATA;
        }

        @Override
        public Predicate<Candidate> matching(Largest largest) {
            return message -> Integer.signum(Long.compare(message.size(), size)) == sign;
        }
    }

    /**
     * BEFORE, ON and SINCE. "Disregarding time and timezone": the day that INTERNALDATE shows, which is in UTC.
     *
     * @param from the first day wanted
     * @param before the first day not wanted any more
     */
    record Dated(LocalDate from, LocalDate before) implements SearchKey {
        @Override
        public Needs needs() {
            return Needs.METADATA;
        }

        @Override
        public Predicate<Candidate> matching(Largest largest) {
            return message -> {
                LocalDate day = message.internalDate().atOffset(ZoneOffset.UTC).toLocalDate();
                return !day.isBefore(from) && day.isBefore(before);
            };
        }
    }
}
