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
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestStreamLineReader;
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.search.SearchKey.Filter;
import reactor.core.Exceptions;
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
        return source.of(session).map(values -> new Expansion(values).of(program));
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

    /** One program's filters are read once, and counted: each may stand for many others. */
    private static final class Expansion {
        private final Map<String, String> values;
        private final Set<String> open = new HashSet<>();
        private int keys;

        Expansion(Map<String, String> values) {
            this.values = values;
        }

        SearchKey of(SearchKey program) {
            return program.map(leaf -> {
                if (++keys > SearchProgramReader.MAX_KEYS) {
                    throw refused("LIMIT", "The filters come to too many search keys");
                }
                return leaf instanceof Filter filter ? filter(filter) : leaf;
            });
        }

        private SearchKey filter(Filter filter) {
            // RFC 5464 section 3.1: names of entries compare without case.
            String name = filter.name().toLowerCase(Locale.ROOT);
            SearchKey program = value(name).flatMap(Filters::read).orElseThrow(() -> undefined(filter));
            // Section 3.1: a loop, and what is nested too deep, is as one that does not exist.
            if (open.size() == MAX_NESTING || !open.add(name)) {
                throw undefined(filter);
            }
            SearchKey expanded = of(program);
            open.remove(name);
            return expanded;
        }

        private Optional<String> value(String name) {
            return Optional.ofNullable(values.get(PRIVATE + name)).or(() -> Optional.ofNullable(values.get(SHARED + name)));
        }

        private static RuntimeException undefined(Filter filter) {
            return refused("UNDEFINED-FILTER " + filter.name(), "There is no such filter");
        }

        private static RuntimeException refused(String code, String text) {
            return Exceptions.propagate(new RefusedException(code, text));
        }
    }
}
