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
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MessageUid;

import io.jamesext.lemonade.imap.search.SearchKey.Leaf;
import io.jamesext.lemonade.imap.search.SearchKey.Numbers;
import io.jamesext.lemonade.imap.search.SearchKey.Recent;
import io.jamesext.lemonade.imap.search.SearchKey.UidIn;

/**
 * The mailbox as the connection has been told of it: which messages there are and what their numbers are. Messages it does not know of yet
 * are not found: RFC 3501 section 7.3.1 has EXISTS say first that they are there.
 *
 * @param saved the UIDs in "$"
 */
record View(SelectedMailbox selected, NumberSet saved) {
    static View of(ImapSession session) {
        return new View(session.getSelected(), SavedSearch.uids(session));
    }

    int size() {
        return Math.toIntExact(selected.existsCount());
    }

    /** The UID of the message with that number, from 1; none when it has just gone. */
    Optional<Long> uid(int number) {
        return selected.uid(number).map(MessageUid::asLong);
    }

    Optional<Integer> number(long uid) {
        return selected.msn(MessageUid.of(uid)).foldSilent(Optional::empty, number -> Optional.of(number.asInt()));
    }

    /** The program with UIDs for all numbers, so that it means the same whatever happens to the mailbox later. */
    SearchKey bind(SearchKey program) {
        return program.map(leaf -> leaf instanceof Numbers numbers ? new UidIn(uids(numbers)) : leaf);
    }

    Optional<Boolean> matches(Leaf leaf, long uid) {
        if (leaf instanceof UidIn in) {
            return Optional.of(in.uids().contains(uid));
        }
        return leaf instanceof Recent ? Optional.of(selected.isRecent(MessageUid.of(uid))) : Optional.empty();
    }

    private NumberSet uids(Numbers numbers) {
        if (numbers.set().saved()) {
            return saved;
        }
        int size = size();
        Optional<Long> last = size == 0 ? Optional.empty() : uid(size);
        if (last.isEmpty()) {
            return NumberSet.EMPTY;
        }
        List<SequenceSet.Range> ranges = numbers.set().ranges();
        return new NumberSet(numbers.uids()
            ? ranges.stream().map(range -> range.upTo(last.get())).toList()
            : ranges.stream().map(range -> range.upTo(size)).flatMap(range -> uidsOf(range, size)).toList());
    }

    /**
     * Numbers that no message has match none. RFC 3501 section 9 would have a BAD for them, but a client whose mailbox another one has just
     * emptied could not know.
     */
    private Stream<NumberSet.Range> uidsOf(NumberSet.Range numbers, int size) {
        if (numbers.low() > size) {
            return Stream.empty();
        }
        Optional<Long> low = uid((int) numbers.low());
        Optional<Long> high = uid((int) Math.min(numbers.high(), size));
        return low.isPresent() && high.isPresent() ? Stream.of(new NumberSet.Range(low.get(), high.get())) : Stream.empty();
    }
}
