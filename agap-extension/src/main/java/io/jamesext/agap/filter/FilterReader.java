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

import java.util.Locale;
import java.util.Optional;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.tag.Tag;
import io.jamesext.agap.wire.Base62;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Reads a filter. AGAP section 4.3.1, in this grammar, which covers every example of the draft:
 *
 * <pre>
 * filter = *( rule )                        ; a group begins as AND
 * rule   = [ "NOT" ] ( group / test ) / oper
 * oper   = "AND" / "OR"                     ; before "(": the operator of that one group; else of all rules that follow in this group
 * group  = [ "AND" / "OR" ] "(" 1*rule ")"
 * test   = "UID" SP uid [ ":" uid ] / "TAG" SP name [ "=" value ]
 * </pre>
 *
 * <p>IS and REGEX rules are refused as an invalid filter: TODO section 4.3.1, they need the fields of the XML form.
 */
public final class FilterReader {
    /** Groups in groups, and operators in a row, each of which begins one. */
    private static final int MAX_DEPTH = 32;
    /** Bounds what one search asks of James. */
    private static final int MAX_TESTS = 500;

    private final String text;
    private int position;
    private int tests;

    private FilterReader(String text) {
        this.text = text;
    }

    /**
     * Reads a whole filter.
     *
     * @param text its lines, joined by spaces
     */
    public static Rule read(String text) {
        FilterReader reader = new FilterReader(text);
        Rule rule = new Rule.And(reader.rules(0));
        if (reader.peek().isPresent()) {
            throw invalid("a parenthesis too many");
        }
        return rule;
    }

    /** The rules up to the end of the group. */
    private ImmutableList<Rule> rules(int depth) {
        if (depth > MAX_DEPTH) {
            throw invalid("too many groups");
        }
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        while (peek().isPresent() && !at(")")) {
            Optional<String> operator = operator();
            if (operator.isPresent() && !at("(")) {
                rules.add(combined(operator.get(), rules(depth + 1)));
            } else {
                rules.add(operator.isPresent() ? group(operator.get(), depth) : rule(depth));
            }
        }
        return rules.build();
    }

    private Rule rule(int depth) {
        if (accept("NOT")) {
            return new Rule.Not(unit(depth));
        }
        return unit(depth);
    }

    private Rule unit(int depth) {
        Optional<String> operator = operator();
        if (operator.isPresent() || at("(")) {
            return group(operator.orElse("AND"), depth);
        }
        String keyword = next("rule").toUpperCase(Locale.ROOT);
        tests++;
        if (tests > MAX_TESTS) {
            throw invalid("too many rules");
        }
        return switch (keyword) {
            case "UID" -> uids(next("UID"));
            case "TAG" -> new Rule.Tagged(Tag.parse(next("tag")).orElseThrow(() -> invalid("not a tag")));
            case "IS", "REGEX" -> throw invalid(keyword + " rules are not supported yet");
            default -> throw invalid("not a rule");
        };
    }

    private Rule group(String operator, int depth) {
        if (!accept("(")) {
            throw invalid("( expected");
        }
        ImmutableList<Rule> rules = rules(depth + 1);
        if (!accept(")")) {
            throw invalid(") expected");
        }
        return combined(operator, rules);
    }

    private static Rule combined(String operator, ImmutableList<Rule> rules) {
        if (rules.isEmpty()) {
            throw invalid("a group without rules");
        }
        return operator.equals("OR") ? new Rule.Or(rules) : new Rule.And(rules);
    }

    private static Rule uids(String range) {
        int colon = range.indexOf(':');
        String first = colon < 0 ? range : range.substring(0, colon);
        String last = range.substring(colon + 1);
        if (!Base62.isIdentifier(first) || !Base62.isIdentifier(last)) {
            throw invalid("not a UID");
        }
        return new Rule.Uids(first, last);
    }

    private Optional<String> operator() {
        if (accept("AND")) {
            return Optional.of("AND");
        }
        return accept("OR") ? Optional.of("OR") : Optional.empty();
    }

    private boolean at(String token) {
        return peek().filter(token::equalsIgnoreCase).isPresent();
    }

    private boolean accept(String token) {
        boolean there = at(token);
        if (there) {
            position += token.length();
        }
        return there;
    }

    private String next(String what) {
        String token = peek().filter(found -> !found.equals("(") && !found.equals(")")).orElseThrow(() -> invalid(what + " expected"));
        position += token.length();
        return token;
    }

    /** The next token; a parenthesis is one wherever it stands. Leaves the position at its beginning. */
    private Optional<String> peek() {
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
        int end = position;
        while (end < text.length() && " \t()".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (end == position && end < text.length()) {
            end++;
        }
        return Optional.of(text.substring(position, end)).filter(token -> !token.isEmpty());
    }

    private static ProtocolException invalid(String why) {
        return new ProtocolException(Failure.SYNTAX, "INVALID filter definition (" + why + ")");
    }
}
