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
package io.jamesext.testing.transcript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Patterns of transcripts, and what {@code ${name}} stood for so far. */
final class Matching {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?:(?<function>\\w+) )?(?<name>\\w+)}");

    /**
     * What is known from the beginning.
     *
     * @param values of variables
     * @param functions what can be made of a value
     */
    record Known(Map<String, String> values, Map<String, UnaryOperator<String>> functions) {
        static final Known NOTHING = new Known(Map.of(), Map.of());
    }

    private final Map<String, String> values;
    private final Map<String, UnaryOperator<String>> functions;

    Matching() {
        this(Known.NOTHING);
    }

    Matching(Known known) {
        this.values = new HashMap<>(known.values);
        this.functions = known.functions;
    }

    /** Puts known values in their places, or what a function makes of them. */
    String fill(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String value = values.getOrDefault(found.group(2), found.group());
            return Matcher.quoteReplacement(found.group(1) == null ? value
                : Objects.requireNonNull(functions.get(found.group(1)), found.group()).apply(value));
        });
    }

    /** True when the text equals the pattern or is matched by it as a regular expression; keeps new values only then. */
    boolean matches(String pattern, String text) {
        return matches(pattern, text, true) || matches(pattern, text, false);
    }

    private boolean matches(String pattern, String text, boolean literally) {
        List<String> fresh = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        Matcher variables = VARIABLE.matcher(pattern);
        int from = 0;
        while (variables.find()) {
            regex.append(part(pattern.substring(from, variables.start()), literally));
            regex.append(variable(variables.group("name"), fresh));
            from = variables.end();
        }
        regex.append(part(pattern.substring(from), literally));
        try {
            Matcher matcher = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text);
            if (!matcher.matches()) {
                return false;
            }
            fresh.forEach(name -> values.put(name, matcher.group(name)));
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private String variable(String name, List<String> fresh) {
        String known = values.get(name);
        if (known != null) {
            return Pattern.quote(known);
        }
        if (fresh.contains(name)) {
            return "\\k<" + name + ">";
        }
        fresh.add(name);
        return "(?<" + name + ">.*?)";
    }

    private static String part(String text, boolean literally) {
        return literally ? Pattern.quote(text) : text;
    }

    /** What is known, to go back to when an attempt fails. */
    Map<String, String> snapshot() {
        return Map.copyOf(values);
    }

    void restore(Map<String, String> snapshot) {
        values.clear();
        values.putAll(snapshot);
    }
}
