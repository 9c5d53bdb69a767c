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

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.james.imap.decode.DecodingException;

import io.jamesext.lemonade.imap.fetch.FetchItem;

/**
 * What stands behind RETURN. RFC 4466 section 3: {@code "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")"}.
 *
 * @param asked nothing without RETURN
 * @param page what of the results PARTIAL asks for
 * @param attributes what UPDATE has told of new messages: {@code modifier-update = "UPDATE" ["(" fetch-att *(SP fetch-att) ")"]}, RFC 5465
 *     section 8, and with a space as in the example of section 7
 */
public record ReturnOptions(Set<ReturnOption> asked, Optional<Page> page, List<FetchItem> attributes) {
    /** A command without RETURN. */
    public static final ReturnOptions NONE = new ReturnOptions(Set.of(), Optional.empty(), List.of());

    private static final Set<ReturnOption> RESULTS = Collections.unmodifiableSet(
        EnumSet.of(ReturnOption.MIN, ReturnOption.MAX, ReturnOption.COUNT, ReturnOption.ALL, ReturnOption.PARTIAL));

    public ReturnOptions {
        asked = Set.copyOf(asked);
        attributes = List.copyOf(attributes);
        if (asked.contains(ReturnOption.PARTIAL) != page.isPresent()) {
            throw new IllegalArgumentException("PARTIAL and its range come together");
        }
    }

    /** Reads them from behind the word RETURN. */
    public static ReturnOptions read(SearchTokens tokens) throws DecodingException {
        Set<ReturnOption> asked = EnumSet.noneOf(ReturnOption.class);
        Optional<Page> page = Optional.empty();
        List<FetchItem> attributes = List.of();
        tokens.space();
        tokens.expect('(');
        if (!tokens.next(')')) {
            boolean more;
            do {
                ReturnOption option = option(tokens.name());
                boolean list = option == ReturnOption.ALL || option == ReturnOption.PARTIAL;
                if (list && (asked.contains(ReturnOption.ALL) || page.isPresent())) {
                    // RFC 5267 section 4.4, RFC 9394 section 3.1.
                    throw SearchTokens.bad("One PARTIAL or one ALL");
                }
                if (option == ReturnOption.PARTIAL) {
                    tokens.space();
                    page = Optional.of(tokens.page());
                }
                asked.add(option);
                more = tokens.skip(' ');
                if (option == ReturnOption.UPDATE && tokens.next('(')) {
                    attributes = tokens.attributes();
                    more = tokens.skip(' ');
                }
            } while (more);
        }
        tokens.expect(')');
        if (Collections.disjoint(asked, RESULTS) && !asked.contains(ReturnOption.SAVE)) {
            // RFC 4731 section 3.1: no result options are "equivalent to (ALL)"; UPDATE and CONTEXT are none.
            asked.add(ReturnOption.ALL);
        }
        return new ReturnOptions(asked, page, attributes);
    }

    private static ReturnOption option(String name) throws DecodingException {
        try {
            return ReturnOption.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw SearchTokens.bad("Unknown return option");
        }
    }

    /** Whether the answer is an ESEARCH, if there is one. */
    public boolean extended() {
        return !asked.isEmpty();
    }

    /** Whether the client is answered at all. RFC 5182 section 2.1: the result of SAVE alone is kept, not told. */
    public boolean tells() {
        return !extended() || !Collections.disjoint(asked, RESULTS);
    }

    public boolean has(ReturnOption option) {
        return asked.contains(option);
    }

    public boolean hasAny(Collection<ReturnOption> options) {
        return !Collections.disjoint(asked, options);
    }
}
