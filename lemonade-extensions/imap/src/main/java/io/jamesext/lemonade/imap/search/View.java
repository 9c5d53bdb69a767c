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
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MessageUid;

import io.jamesext.lemonade.imap.search.SearchKey.Leaf;
import io.jamesext.lemonade.imap.search.SearchKey.Numbers;
import io.jamesext.lemonade.imap.search.SearchKey.Recent;
import io.jamesext.lemonade.imap.search.SearchKey.UidIn;
import io.jamesext.lemonade.imap.select.SelectedFolder;

/**
 * The mailbox as the connection has been told of it: which messages there are and what their numbers are. Messages it does not know of yet
 * are not found: RFC 3501 section 7.3.1 has EXISTS say first that they are there. Nor are messages of which it does not know yet that they
 * have gone.
 *
 * @param saved the UIDs in "$"
 */
public record View(SelectedMailbox selected, NumberSet saved) {
    /** What the connection knows now. */
    public static View of(ImapSession session) {
        return new View(session.getSelected(), SavedSearch.uids(session));
    }

    /** How many messages the client knows. */
    public int size() {
        return Math.toIntExact(selected.existsCount());
    }

    /** All that the client knows, ascending. */
    public LongStream uids() {
        return IntStream.rangeClosed(1, size()).mapToObj(this::uid).flatMap(Optional::stream).mapToLong(Long::longValue);
    }

    /** The UID of the message with that number, from 1; none when it has just gone. */
    public Optional<Long> uid(int number) {
        return selected.uid(number).map(MessageUid::asLong);
    }

    /** The number of the message with that UID; none where the client does not know it. */
    public Optional<Integer> number(long uid) {
        return selected.msn(MessageUid.of(uid)).foldSilent(Optional::empty, number -> Optional.of(number.asInt()));
    }

    /** The program with UIDs for all numbers, so that it means the same whatever happens to the mailbox later. */
    SearchKey bind(SearchKey program) {
        return program.map(leaf -> leaf instanceof Numbers numbers ? new UidIn(uids(numbers)) : leaf);
    }

    /**
     * The program with UIDs for message numbers and for "$", which mean the messages of now: RFC 5267 section 4.3. A set of UIDs with "*"
     * stays, for new messages belong to it.
     */
    public SearchKey freeze(SearchKey program) {
        return program.map(leaf -> leaf instanceof Numbers numbers && !(numbers.uids() && numbers.set().hasStar())
            ? new UidIn(uids(numbers)) : leaf);
    }

    /** Whether the message is there as far as the server knows; the client may not have been told yet that it has gone. */
    boolean isThere(long uid) {
        return !(selected instanceof SelectedFolder folder && folder.isExpunged(MessageUid.of(uid)));
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
