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

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import io.jamesext.lemonade.imap.search.SearchKey.Leaf;

/** Messages that a program has been tried on: those that match, and those about which more must be known, with what is left to decide. */
final class Sieve {
    private final List<Long> matching = new ArrayList<>();
    private final Map<Long, SearchKey> open = new HashMap<>();
    /** Most messages leave the same open: it is kept once. */
    private final Map<SearchKey, SearchKey> rests = new HashMap<>();

    /** Starts the next step: what matches stays, what is open must be put again. */
    static Sieve after(Sieve before) {
        Sieve next = new Sieve();
        next.matching.addAll(before.matching);
        return next;
    }

    void put(long uid, SearchKey program, Function<Leaf, Optional<Boolean>> known) {
        SearchKey rest = program.given(known);
        if (rest.equals(SearchKey.And.EVERYTHING)) {
            matching.add(uid);
        } else if (!rest.equals(SearchKey.Or.NOTHING)) {
            open.put(uid, rests.computeIfAbsent(rest, same -> same));
        }
    }

    /** Tries what the step before has left open of a message, if it has. */
    void putAgain(Sieve before, long uid, Function<Leaf, Optional<Boolean>> known) {
        Optional.ofNullable(before.open.get(uid)).ifPresent(rest -> put(uid, rest, known));
    }

    boolean needs(Class<? extends Leaf> kind) {
        return rests.keySet().stream().anyMatch(rest -> rest.has(kind::isInstance));
    }

    List<Long> matching() {
        return matching;
    }

    Collection<Long> open() {
        return open.keySet();
    }

    /** The open messages by what is left to decide of them, in ascending order. */
    Map<SearchKey, List<Long>> byRest() {
        Map<SearchKey, List<Long>> groups = new LinkedHashMap<>();
        open.keySet().stream().sorted().forEach(
            uid -> groups.computeIfAbsent(Objects.requireNonNull(open.get(uid)), rest -> new ArrayList<>()).add(uid));
        return groups;
    }
}
