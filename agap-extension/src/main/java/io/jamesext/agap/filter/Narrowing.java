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
package io.jamesext.agap.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.ConjunctionCriterion;
import org.apache.james.mailbox.model.SearchQuery.Criterion;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

import io.jamesext.agap.message.PartPath;

/** What James is searched for, so that not every item must be read. It may find too much, but never too little. */
final class Narrowing {
    /** OpenSearch takes 1,024 clauses, and James makes up to twenty of one of ours. */
    private static final int MAX_CRITERIA = 40;
    /** In the index, text is words; the commonest English ones, all shorter than this, are left out of it. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]{6}");
    private static final int MAX_WORD = 40;
    private static final Splitter BLANKS = Splitter.on(CharMatcher.anyOf(" \t")).omitEmptyStrings();

    private Narrowing() {
    }

    /** For a whole filter; empty when all items are to be looked at. */
    static Optional<SearchQuery> query(Rule rule) {
        return rule.narrowing().filter(criterion -> size(criterion) <= MAX_CRITERIA).map(SearchQuery::of);
    }

    private static int size(Criterion criterion) {
        return criterion instanceof ConjunctionCriterion several ? several.getCriteria().stream().mapToInt(Narrowing::size).sum() : 1;
    }

    /** All of them, or none when one is missing or there are none. */
    static Optional<List<Criterion>> all(Stream<Optional<Criterion>> criteria) {
        List<Criterion> all = new ArrayList<>();
        for (Optional<Criterion> criterion : (Iterable<Optional<Criterion>>) criteria::iterator) {
            if (criterion.isEmpty()) {
                return Optional.empty();
            }
            all.add(criterion.get());
        }
        return Optional.<List<Criterion>>of(ImmutableList.copyOf(all)).filter(found -> !found.isEmpty());
    }

    /**
     * A header that is exactly this text has its longest word in it, by the words of OpenSearch and as a part of it by a scan. An encoded
     * word is none, for James has decoded it. Neither has what stands behind a delimiter to be a word. James sees no header at all in a
     * message without CRLF CRLF, and none with {@code indexHeaders=false}: what seems to have no such header is found too.
     */
    static Optional<Criterion> header(String path, String text) {
        return PartPath.find(path)
            .flatMap(PartPath::messageHeader)
            // As James's index has it.
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> !text.contains("=?"))
            .flatMap(name -> longestWord(text).map(word -> SearchQuery.or(
                SearchQuery.headerContains(name, word), SearchQuery.not(SearchQuery.headerExists(name)))));
    }

    private static Optional<String> longestWord(String text) {
        return BLANKS.splitToStream(text)
            .filter(word -> word.length() <= MAX_WORD && CharMatcher.inRange('!', '~').matchesAllOf(word) && WORD.matcher(word).find())
            .max(Comparator.comparingInt(String::length));
    }
}
