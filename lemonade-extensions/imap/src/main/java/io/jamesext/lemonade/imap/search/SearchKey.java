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

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import javax.mail.Flags.Flag;

/**
 * A search key, RFC 3501 section 6.4.4, and what extensions add to it. A search program is a key as well: all of its keys at once.
 *
 * <p>The keys without parts are grouped by what has to be known of a message to decide them.
 */
public sealed interface SearchKey {
    /** Several keys, or a list in parentheses: messages that match all of them. */
    record And(List<SearchKey> keys) implements SearchKey {
        /** ALL: every message. */
        public static final SearchKey EVERYTHING = new And(List.of());

        public And {
            keys = List.copyOf(keys);
        }
    }

    /** OR, and OR of OR: messages that match any of them. */
    record Or(List<SearchKey> keys) implements SearchKey {
        /** No message. */
        public static final SearchKey NOTHING = new Or(List.of());

        public Or {
            keys = List.copyOf(keys);
        }
    }

    /** NOT. */
    record Not(SearchKey key) implements SearchKey {
    }

    /** A key without parts. */
    sealed interface Leaf extends SearchKey {
    }

    /** FILTER: what is stored under that name stands here once it is known. RFC 5466 section 3.1. */
    record Filter(String name) implements Leaf {
    }

    /** Decided by what the connection has been told of the mailbox. */
    sealed interface ViewKey extends Leaf {
    }

    /** A sequence set, or UID with a set of UIDs, as it was written. */
    record Numbers(SequenceSet set, boolean uids) implements ViewKey {
    }

    /** A set of UIDs: what {@link Numbers} means at the moment of the search. */
    record UidIn(NumberSet uids) implements ViewKey {
    }

    /** RECENT. \Recent is the session's own: RFC 3501 section 2.3.2. */
    record Recent() implements ViewKey {
    }

    /** Decided by the mailbox's list of flags and MODSEQs. */
    sealed interface MarkKey extends Leaf {
    }

    /** ANSWERED, DELETED, DRAFT, FLAGGED or SEEN. */
    record SystemFlag(Flag flag) implements MarkKey {
    }

    /** KEYWORD. */
    record Keyword(String flag) implements MarkKey {
    }

    /** MODSEQ: this one or a later. RFC 7162 section 3.1.5. There is one MODSEQ for a message, so entry names are ignored, as it says. */
    record ModSeq(long least) implements MarkKey {
    }

    /** EMAILID. RFC 8474 section 6. */
    record EmailId(String id) implements MarkKey {
    }

    /** THREADID. RFC 8474 section 6. */
    record ThreadId(String id) implements MarkKey {
    }

    /** Decided by the mailbox's list of sizes and dates. */
    sealed interface MeasureKey extends Leaf {
    }

    /** LARGER. */
    record Larger(long bytes) implements MeasureKey {
    }

    /** SMALLER. */
    record Smaller(long bytes) implements MeasureKey {
    }

    /** BEFORE, ON and SINCE: by INTERNALDATE. */
    record Arrived(When when, LocalDate day) implements MeasureKey {
    }

    /** SAVEDBEFORE, SAVEDON and SAVEDSINCE. RFC 8514 section 4.3. */
    record Saved(When when, LocalDate day) implements MeasureKey {
    }

    /** OLDER: by INTERNALDATE. RFC 5032 section 2. */
    record Older(Duration age) implements MeasureKey {
    }

    /** YOUNGER: by INTERNALDATE. RFC 5032 section 2. */
    record Younger(Duration age) implements MeasureKey {
    }

    /** Decided by the text of the message, by an index or by reading it. */
    sealed interface TextKey extends Leaf {
    }

    /** HEADER, and BCC, CC, FROM, SUBJECT and TO, which are about the field of that name. An empty value asks for the field alone. */
    record Header(String name, String value) implements TextKey {
    }

    /** SENTBEFORE, SENTON and SENTSINCE: by the day that the Date field names. */
    record Sent(When when, LocalDate day) implements TextKey {
    }

    /** BODY. */
    record Body(String value) implements TextKey {
    }

    /** TEXT: in the header or the body. */
    record Text(String value) implements TextKey {
    }

    /** How a day is compared, disregarding time and timezone. */
    enum When {
        BEFORE, ON, SINCE;

        boolean matches(LocalDate actual, LocalDate wanted) {
            return switch (this) {
                case BEFORE -> actual.isBefore(wanted);
                case ON -> actual.equals(wanted);
                case SINCE -> !actual.isBefore(wanted);
            };
        }
    }

    /** All leaves of the program. */
    default Stream<Leaf> leaves() {
        if (this instanceof And and) {
            return and.keys().stream().flatMap(SearchKey::leaves);
        }
        if (this instanceof Or or) {
            return or.keys().stream().flatMap(SearchKey::leaves);
        }
        return this instanceof Not not ? not.key().leaves() : Stream.of((Leaf) this);
    }

    /** Whether the program has such a key anywhere. */
    default boolean has(Predicate<Leaf> wanted) {
        return leaves().anyMatch(wanted);
    }

    /** The same program with other leaves. */
    default SearchKey map(Function<Leaf, SearchKey> leaf) {
        if (this instanceof And and) {
            return new And(and.keys().stream().map(key -> key.map(leaf)).toList());
        }
        if (this instanceof Or or) {
            return new Or(or.keys().stream().map(key -> key.map(leaf)).toList());
        }
        return this instanceof Not not ? new Not(not.key().map(leaf)) : leaf.apply((Leaf) this);
    }

    /**
     * What of the program is left to decide about one message.
     *
     * @param known whether the message matches a leaf, as far as that is known of it
     * @return {@link And#EVERYTHING} when the message matches, {@link Or#NOTHING} when it does not
     */
    default SearchKey given(Function<Leaf, Optional<Boolean>> known) {
        if (this instanceof And and) {
            return join(and.keys(), known, Or.NOTHING, And.EVERYTHING);
        }
        if (this instanceof Or or) {
            return join(or.keys(), known, And.EVERYTHING, Or.NOTHING);
        }
        if (this instanceof Not not) {
            SearchKey rest = not.key().given(known);
            if (rest.equals(And.EVERYTHING)) {
                return Or.NOTHING;
            }
            return rest.equals(Or.NOTHING) ? And.EVERYTHING : new Not(rest);
        }
        return known.apply((Leaf) this).map(matches -> matches ? And.EVERYTHING : Or.NOTHING).orElse(this);
    }

    private SearchKey join(List<SearchKey> keys, Function<Leaf, Optional<Boolean>> known, SearchKey decisive, SearchKey neutral) {
        List<SearchKey> open = new ArrayList<>();
        for (SearchKey key : keys) {
            SearchKey rest = key.given(known);
            if (rest.equals(decisive)) {
                return decisive;
            }
            if (!rest.equals(neutral)) {
                open.add(rest);
            }
        }
        if (open.isEmpty()) {
            return neutral;
        }
        if (open.size() == 1) {
            return open.get(0);
        }
        return this instanceof And ? new And(open) : new Or(open);
    }
}
