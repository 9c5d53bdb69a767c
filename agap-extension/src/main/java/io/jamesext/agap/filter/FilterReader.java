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

/**
 * Reads a filter. AGAP section 4.3.1, in this grammar, which covers every example of the draft:
 *
 * <pre>
 * filter = *( rule )                        ; a group begins as AND
 * rule   = *"NOT" ( group / test ) / oper
 * oper   = "AND" / "OR"                     ; before "(": the operator of that one group; else of all rules that follow in this group
 * group  = [ "AND" / "OR" ] "(" 1*rule ")"
 * test   = "UID" SP uid [ ":" uid ] / "TAG" SP name [ "=" value ]
 *        / "IS" SP path SP ( "<" / "<=" / "=" / "!=" / ">" / ">=" ) SP string
 *        / "REGEX" SP path SP ( "=" / "!=" ) SP string
 * string = "'" *( char / "\'" / "\\" ) "'"  ; a backslash before anything else stands for itself
 * </pre>
 */
public final class FilterReader {
    private final FilterTokens tokens;
    private final Rules made = new Rules();

    private FilterReader(String text) {
        tokens = new FilterTokens(text);
    }

    /**
     * Reads a whole filter.
     *
     * @param text its lines, joined by LF
     */
    public static Rule read(String text) {
        FilterReader reader = new FilterReader(text);
        Rule rule = new Rule.And(reader.rules(0));
        if (reader.tokens.peek().isPresent()) {
            throw Rules.invalid("a parenthesis too many");
        }
        return rule;
    }

    /** The rules up to the end of the group. */
    private ImmutableList<Rule> rules(int depth) {
        checkDepth(depth);
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        while (tokens.peek().isPresent() && !tokens.at(")")) {
            Optional<String> operator = operator();
            if (operator.isPresent() && !tokens.at("(")) {
                rules.add(combined(operator.get(), rules(depth + 1)));
            } else {
                rules.add(operator.isPresent() ? group(operator.get(), depth) : rule(depth));
            }
        }
        return rules.build();
    }

    private Rule rule(int depth) {
        checkDepth(depth);
        return tokens.accept("NOT") ? new Rule.Not(rule(depth + 1)) : unit(depth);
    }

    private static void checkDepth(int depth) {
        if (depth > Rules.MAX_DEPTH) {
            throw Rules.invalid("too many groups");
        }
    }

    private Rule unit(int depth) {
        Optional<String> operator = operator();
        if (operator.isPresent() || tokens.at("(")) {
            return group(operator.orElse("AND"), depth);
        }
        return switch (tokens.next("rule").toUpperCase(Locale.ROOT)) {
            case "UID" -> made.uid(tokens.argument("UID"));
            case "TAG" -> made.tag(tokens.argument("tag"));
            case "IS" -> made.is(tokens.argument("field"), tokens.argument("operator"), tokens.string());
            case "REGEX" -> made.regex(tokens.argument("field"), tokens.argument("operator"), tokens.string());
            default -> throw Rules.invalid("not a rule");
        };
    }

    private Rule group(String operator, int depth) {
        if (!tokens.accept("(")) {
            throw Rules.invalid("( expected");
        }
        ImmutableList<Rule> rules = rules(depth + 1);
        if (!tokens.accept(")")) {
            throw Rules.invalid(") expected");
        }
        return combined(operator, rules);
    }

    private static Rule combined(String operator, ImmutableList<Rule> rules) {
        return Rules.group(operator.equals("OR"), rules);
    }

    private Optional<String> operator() {
        if (tokens.accept("AND")) {
            return Optional.of("AND");
        }
        return tokens.accept("OR") ? Optional.of("OR") : Optional.empty();
    }
}
