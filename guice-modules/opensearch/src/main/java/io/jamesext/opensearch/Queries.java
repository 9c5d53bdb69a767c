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
package io.jamesext.opensearch;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.query_dsl.Operator;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch._types.query_dsl.TextQueryType;

/** The few forms of OpenSearch query that we use. Every value goes in as a value: nothing a user writes is ever read as a query. */
final class Queries {
    /**
     * How many of the words of a search must be in one field. The contract of James wants messages that have only some of the words; of
     * RFC 3501's substring the first and the last word may be pieces of longer words, those between them must all be there.
     */
    private static final String SOME_WORDS = "1<1 3<-2";
    private static final int PREFIX_EXPANSIONS = 50;
    /** OpenSearch limits the clauses of a query: of longer values the beginning is looked for. A pattern fits into {@code OVERLAP}. */
    private static final int MAX_PATTERN = MessageDocuments.OVERLAP;
    private static final int MAX_WORDS = 250;

    private static final Pattern SPECIAL = Pattern.compile("[\\\\*?]");

    private Queries() {
    }

    static Query everything() {
        return Query.of(query -> query.matchAll(all -> all));
    }

    static Query nothing() {
        return Query.of(query -> query.matchNone(none -> none));
    }

    static Query is(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(FieldValue.of(value))));
    }

    static Query is(String field, boolean value) {
        return Query.of(query -> query.term(term -> term.field(field).value(FieldValue.of(value))));
    }

    static Query isOneOf(String field, Collection<FieldValue> values) {
        return Query.of(query -> query.terms(terms -> terms.field(field).terms(list -> list.value(List.copyOf(values)))));
    }

    static Query between(String field, long low, long high) {
        return Query.of(query -> query.range(range -> range.field(field).gte(JsonData.of(low)).lte(JsonData.of(high))));
    }

    static Query below(String field, Object limit) {
        return Query.of(query -> query.range(range -> range.field(field).lt(JsonData.of(limit))));
    }

    static Query above(String field, Object limit) {
        return Query.of(query -> query.range(range -> range.field(field).gt(JsonData.of(limit))));
    }

    static Query from(String field, Object limit) {
        return Query.of(query -> query.range(range -> range.field(field).gte(JsonData.of(limit))));
    }

    static Query all(List<Query> parts) {
        return parts.isEmpty() ? everything() : Query.of(query -> query.bool(bool -> bool.filter(parts)));
    }

    static Query any(List<Query> parts) {
        return parts.isEmpty() ? nothing() : Query.of(query -> query.bool(bool -> bool.should(parts).minimumShouldMatch("1")));
    }

    static Query none(List<Query> parts) {
        return parts.isEmpty() ? everything() : Query.of(query -> query.bool(bool -> bool.mustNot(parts)));
    }

    static Query not(Query part) {
        return none(List.of(part));
    }

    /** The value anywhere in a field that is as it was written, but for case and accents. */
    static Query contains(String field, String value) {
        return pattern(field, "*" + literal(value) + "*");
    }

    /** The value anywhere in a field of {@link Collation#searchable} text, as RFC 3501 section 6.4.4 says of strings. */
    static Query containsFolded(String field, String value) {
        return contains(field, Collation.searchable(value));
    }

    /** A header field of that name whose value contains the given one; any value when it is empty. */
    static Query header(String name, String value) {
        return pattern("headers", literal(Collation.searchable(name)) + ":*"
            + (value.isEmpty() ? "" : literal(Collation.searchable(value)) + "*"));
    }

    /** The words in running text: some of them in one field, or all as they stand with the last one possibly unfinished. */
    static Query words(String wanted, List<String> fields) {
        String value = Texts.bounded(wanted, MAX_WORDS);
        Query phrase = Query.of(query -> query.multiMatch(match -> match.query(value).fields(fields)
            .type(TextQueryType.PhrasePrefix).maxExpansions(PREFIX_EXPANSIONS)));
        if (value.codePoints().anyMatch(Queries::isWrittenWithoutSpaces)) {
            // Each sign is a word of the index: some of them would be found nearly everywhere.
            return phrase;
        }
        return any(List.of(phrase, Query.of(query -> query.multiMatch(match -> match.query(value).fields(fields)
            .type(TextQueryType.BestFields).operator(Operator.Or).minimumShouldMatch(SOME_WORDS)))));
    }

    private static boolean isWrittenWithoutSpaces(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    private static Query pattern(String field, String pattern) {
        return Query.of(query -> query.wildcard(wildcard -> wildcard.field(field).value(pattern)));
    }

    private static String literal(String value) {
        String bounded = Texts.bounded(value, MAX_PATTERN);
        // OpenSearch 2.18 looks for the pieces of an escaped backslash with both backslashes: any one sign finds too much at most.
        boolean onlyBackslashes = bounded.chars().allMatch(sign -> sign == '\\');
        return SPECIAL.matcher(bounded).replaceAll(special -> Matcher.quoteReplacement(
            special.group().equals("\\") && !onlyBackslashes ? "?" : "\\" + special.group()));
    }
}
