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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestStreamLineReader;
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.search.SearchKey.Filter;
import reactor.core.publisher.Mono;

/** Named searches, RFC 5466: server annotations that hold search programs, and FILTER, which stands for one of them. */
public final class Filters {
    /** Of a user's own filters, below which are their names. Section 3.2. */
    public static final String PRIVATE = "/private/filters/values/";
    /** Of the filters of all users. */
    public static final String SHARED = "/shared/filters/values/";
    /** Filters in filters. Section 3.1 wants three at least. */
    private static final int MAX_NESTING = 10;

    private final Source source;

    /** Where filters are kept. */
    public interface Source {
        /** The server annotations that the user can see, by the names of their entries in lower case. */
        Mono<Map<String, String>> of(MailboxSession session);
    }

    public Filters(Source source) {
        this.source = source;
    }

    /**
     * The program with what they stand for in the place of its filters. Fails with {@link RefusedException} for one that is not there, or
     * that comes to itself again.
     */
    public Mono<SearchKey> expanded(SearchKey program, MailboxSession session) {
        if (!program.has(Filter.class::isInstance)) {
            return Mono.just(program);
        }
        return source.of(session).flatMap(values -> Blocking.call(() -> new Expansion(values).of(program, 0)));
    }

    /** Whether a filter can be called so. Section 4: {@code filter-name = 1*<any ATOM-CHAR except "/">}. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(octet -> octet != '/' && SearchTokens.isAtom(octet));
    }

    /** Whether a value can be kept as a filter: section 3.2 wants "a full and correct search criterion". */
    public static boolean isProgram(String value) {
        return read(value).isPresent();
    }

    private static Optional<SearchKey> read(String value) {
        ByteArrayInputStream octets = new ByteArrayInputStream((value + "\r\n").getBytes(StandardCharsets.UTF_8));
        try (ImapRequestStreamLineReader in = new ImapRequestStreamLineReader(octets, OutputStream.nullOutputStream())) {
            SearchKey program = new SearchProgramReader(new SearchTokens(in), StandardCharsets.UTF_8).program("");
            // A line behind it is no part of a program.
            return Optional.of(program).filter(read -> octets.available() == 0);
        } catch (DecodingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("an array of octets that cannot be read", e);
        }
    }

    /** Each filter of a program is read once, and all that they come to is counted: each may stand for many others. */
    private static final class Expansion {
        /** Of And, Or, Not and leaves: NEW alone is four of them. */
        private static final int MAX_PARTS = 4 * SearchProgramReader.MAX_KEYS;
        /** Twice what is read: each filter may stand as deep as it may be itself. */
        private static final int MAX_DEPTH = 2 * SearchProgramReader.MAX_DEPTH;

        private final Map<String, String> values;
        private final Map<String, SearchKey> programs = new HashMap<>();
        private final Set<String> open = new HashSet<>();
        private int parts;

        Expansion(Map<String, String> values) {
            this.values = values;
        }

        SearchKey of(SearchKey key, int depth) throws RefusedException {
            if (++parts > MAX_PARTS || depth > MAX_DEPTH) {
                throw new RefusedException("LIMIT", "The filters come to too many search keys");
            }
            if (key instanceof SearchKey.And and) {
                return new SearchKey.And(all(and.keys(), depth + 1));
            }
            if (key instanceof SearchKey.Or or) {
                return new SearchKey.Or(all(or.keys(), depth + 1));
            }
            if (key instanceof SearchKey.Not not) {
                return new SearchKey.Not(of(not.key(), depth + 1));
            }
            return key instanceof Filter filter ? filter(filter, depth) : key;
        }

        private List<SearchKey> all(List<SearchKey> keys, int depth) throws RefusedException {
            List<SearchKey> expanded = new ArrayList<>();
            for (SearchKey key : keys) {
                expanded.add(of(key, depth));
            }
            return expanded;
        }

        private SearchKey filter(Filter filter, int depth) throws RefusedException {
            // RFC 5464 section 3.1: names of entries compare without case.
            String name = filter.name().toLowerCase(Locale.ROOT);
            // Section 3.1: a loop, and what is nested too deep, is as one that does not exist.
            if (open.size() == MAX_NESTING || !open.add(name)) {
                throw undefined(filter);
            }
            SearchKey program = programs.get(name);
            if (program == null) {
                program = value(name).flatMap(Filters::read).orElseThrow(() -> undefined(filter));
                programs.put(name, program);
            }
            SearchKey expanded = of(program, depth);
            open.remove(name);
            return expanded;
        }

        private Optional<String> value(String name) {
            return Optional.ofNullable(values.get(PRIVATE + name)).or(() -> Optional.ofNullable(values.get(SHARED + name)));
        }

        private static RefusedException undefined(Filter filter) {
            return new RefusedException("UNDEFINED-FILTER " + filter.name(), "There is no such filter");
        }
    }
}
