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

package io.jamesext.lemonade.imap.sort;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.apache.james.imap.decode.DecodingException;

import io.jamesext.lemonade.imap.search.SearchTokens;

/** Reads {@code sort-criteria = "(" sort-criterion *(SP sort-criterion) ")"}. RFC 5256 section 5. */
public final class SortOrderReader {
    private SortOrderReader() {
    }

    /**
     * Reads the criteria from the parenthesis to its end.
     *
     * @throws DecodingException for an unknown criterion too
     */
    public static SortOrder read(SearchTokens tokens) throws DecodingException {
        List<SortOrder.Criterion> criteria = new ArrayList<>();
        Set<SortKey> keys = EnumSet.noneOf(SortKey.class);
        tokens.expect('(');
        do {
            SortOrder.Criterion criterion = criterion(tokens);
            // What a key has not decided it will not decide the second time: however many there are, each counts once.
            if (keys.add(criterion.key())) {
                criteria.add(criterion);
            }
        } while (tokens.skip(' '));
        tokens.expect(')');
        return new SortOrder(criteria);
    }

    private static SortOrder.Criterion criterion(SearchTokens tokens) throws DecodingException {
        String name = tokens.name();
        boolean reverse = name.equals("REVERSE");
        if (reverse) {
            tokens.space();
            name = tokens.name();
        }
        try {
            return new SortOrder.Criterion(SortKey.valueOf(name), reverse);
        } catch (IllegalArgumentException e) {
            throw SearchTokens.bad("Unknown sort criterion");
        }
    }
}
