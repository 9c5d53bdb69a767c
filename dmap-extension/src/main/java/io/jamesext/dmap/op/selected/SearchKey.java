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

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import javax.mail.Flags;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.wire.SequenceSet;

/** A criterion of SEARCH. Draft section 7.6.3. All of them look at metadata only, never into a message. */
public sealed interface SearchKey {
    /** What has to be known of a message to decide; each includes those before it. */
    enum Needs { NUMBERS, FLAGS, METADATA }

    /** The largest numbers of the mailbox as the client sees it; {@code *} is one of them. */
    record Largest(int sequence, long uid) {
    }

    /** What is known of a message; what was not needed has any value. */
    record Candidate(int sequence, long uid, Flags flags, Instant internalDate, long size) {
        /** A message of which only the numbers matter. */
        static Candidate of(int sequence, long uid) {
            return new Candidate(sequence, uid, new Flags(), Instant.EPOCH, 0);
        }
    }

    /** What has to be known. */
    Needs needs();

    /** True when the message is wanted. */
    boolean matches(Candidate message, Largest largest);

    /** ALL, several keys, and a parenthesised list. */
    record And(ImmutableList<SearchKey> keys) implements SearchKey {
        @Override
        public Needs needs() {
            return keys.stream().map(SearchKey::needs).max(Enum::compareTo).orElse(Needs.NUMBERS);
        }

        @Override
        public boolean matches(Candidate message, Largest largest) {
            return keys.stream().allMatch(key -> key.matches(message, largest));
        }
    }

    /** OR of two; the draft's index has it, its text has not. */
    record Or(SearchKey left, SearchKey right) implements SearchKey {
        @Override
        public Needs needs() {
            return left.needs().compareTo(right.needs()) > 0 ? left.needs() : right.needs();
        }

        @Override
        public boolean matches(Candidate message, Largest largest) {
            return left.matches(message, largest) || right.matches(message, largest);
        }
    }

    /** NOT. */
    record Not(SearchKey key) implements SearchKey {
        @Override
        public Needs needs() {
            return key.needs();
        }

        @Override
        public boolean matches(Candidate message, Largest largest) {
            return !key.matches(message, largest);
        }
    }

    /** A sequence set, or UID and one. */
    record Numbers(SequenceSet set, boolean byUid) implements SearchKey {
        @Override
        public Needs needs() {
            return Needs.NUMBERS;
        }

        @Override
        public boolean matches(Candidate message, Largest largest) {
            long number = byUid ? message.uid() : message.sequence();
            long last = byUid ? largest.uid() : largest.sequence();
            return set.ranges().stream().anyMatch(range -> range.low(last) <= number && number <= range.high(last));
        }
    }

    /** DELETED, UNDELETED, SEEN and UNSEEN. */
    record Flagged(Flags.Flag flag, boolean isSet) implements SearchKey {
        @Override
        public Needs needs() {
            return Needs.FLAGS;
        }

        @Override
        public boolean matches(Candidate message, Largest largest) {
            return message.flags().contains(flag) == isSet;
        }
    }

    /** LARGER and SMALLER. */
    record Sized(int sign, long size) implements SearchKey {
        @Override
        public Needs needs() {
            return Needs.METADATA;
        }

        @Override
        public boolean matches(Candidate message, Largest largest) {
            return Integer.signum(Long.compare(message.size(), size)) == sign;
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
        public boolean matches(Candidate message, Largest largest) {
            LocalDate day = message.internalDate().atOffset(ZoneOffset.UTC).toLocalDate();
            return !day.isBefore(from) && day.isBefore(before);
        }
    }
}
