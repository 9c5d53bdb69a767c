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

import java.util.regex.Matcher;

import com.google.common.base.CharMatcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import io.jamesext.kernel.failure.ProtocolException;

/**
 * Reads a regular expression of AGAP section 2.4 and writes it as RE2 understands it: everything in figure 1, and groups, which the draft
 * does not name but cannot do without. What RE2 has beyond that is refused, so that an expression means the same on any other server.
 *
 * <p>Not thread-safe; for one expression.
 */
final class RegexReader {
    /** RE2's own limit. */
    static final int MAX_COUNT = 1000;
    /** Time and memory of a match grow with it; a counted repetition has its states as often as it counts. */
    static final int MAX_STATES = 2000;
    /** An expression from a line of the protocol is never longer. */
    static final int MAX_LENGTH = 1024;
    /** Groups in groups. */
    private static final int MAX_DEPTH = 32;
    private static final java.util.regex.Pattern COUNT = java.util.regex.Pattern.compile("\\{(\\d+)(?:(,)(\\d*))?}");
    private static final String NOTHING_COUNTED = "a quantifier without what it counts";
    private static final CharMatcher HEX = CharMatcher.anyOf("0123456789abcdefABCDEF");
    private static final String QUANTIFIERS = "?*+";

    private final String text;
    private final StringBuilder re2 = new StringBuilder();
    private int position;

    RegexReader(String text) {
        this.text = text;
    }

    RegularExpression read() {
        if (text.length() > MAX_LENGTH) {
            throw Rules.invalid("the regular expression is too long");
        }
        int states = alternatives(0);
        if (position < text.length()) {
            throw invalid(") without (");
        }
        try {
            return new RegularExpression(text, states, Pattern.compile(re2.toString(), Pattern.MULTILINE));
        } catch (PatternSyntaxException e) {
            throw invalid("not in the form of section 2.4");
        }
    }

    /** {@code X|Y}. */
    private int alternatives(int depth) {
        int states = sequence(depth);
        while (accept('|')) {
            re2.append('|');
            states = added(states, 1 + sequence(depth));
        }
        return states;
    }

    /** {@code XY}. */
    private int sequence(int depth) {
        int states = 0;
        while (position < text.length() && !at('|') && !at(')')) {
            states = added(states, quantified(depth));
        }
        return states;
    }

    private static int added(int states, int more) {
        if (states + more > MAX_STATES) {
            throw Rules.invalid("the regular expression is too big");
        }
        return states + more;
    }

    private int quantified(int depth) {
        int states = atom(depth);
        if (position < text.length() && QUANTIFIERS.indexOf(text.charAt(position)) >= 0) {
            re2.append(text.charAt(position++));
            states++;
        } else if (at('{')) {
            Matcher count = COUNT.matcher(text).region(position, text.length());
            if (!count.lookingAt()) {
                return states;
            }
            position = count.end();
            states = counted(states, count);
        } else {
            return states;
        }
        if (accept('?')) {
            re2.append('?');
        }
        if (position < text.length() && (QUANTIFIERS.indexOf(text.charAt(position)) >= 0 || isCount())) {
            throw invalid("two quantifiers in a row");
        }
        return states;
    }

    private boolean isCount() {
        return COUNT.matcher(text).region(position, text.length()).lookingAt();
    }

    /** <code>{n}</code>, <code>{n,}</code>, <code>{n,m}</code>. */
    private int counted(int states, Matcher count) {
        int least = number(count.group(1));
        boolean open = count.group(2) != null && count.group(3).isEmpty();
        int most = open ? least + 1 : count.group(2) == null ? least : number(count.group(3));
        if (most < least) {
            throw invalid("a count that ends before it begins");
        }
        re2.append(count.group());
        long all = (long) states * most + most - least + 1;
        if (all > MAX_STATES) {
            throw Rules.invalid("the regular expression is too big");
        }
        return (int) all;
    }

    private int number(String digits) {
        if (digits.length() > 4 || Integer.parseInt(digits) > MAX_COUNT) {
            throw invalid("a count over " + MAX_COUNT);
        }
        return Integer.parseInt(digits);
    }

    private int atom(int depth) {
        int c = text.codePointAt(position);
        position += Character.charCount(c);
        return switch (c) {
            case '(' -> group(depth);
            case '[' -> characters();
            case '.', '^', '$' -> kept(String.valueOf((char) c));
            case '\\' -> at('b') || at('B') ? kept("\\" + text.charAt(position++)) : literal(escaped());
            case '?', '*', '+' -> throw invalid(NOTHING_COUNTED);
            case '{' -> literalBrace();
            default -> literal(c);
        };
    }

    /** A brace that begins no count is a character; figure 28 has one. */
    private int literalBrace() {
        position--;
        if (isCount()) {
            throw invalid(NOTHING_COUNTED);
        }
        position++;
        return literal('{');
    }

    private int group(int depth) {
        if (depth == MAX_DEPTH) {
            throw invalid("too many groups");
        }
        if (at('?')) {
            throw invalid("(? is not in section 2.4");
        }
        re2.append("(?:");
        int states = alternatives(depth + 1);
        if (!accept(')')) {
            throw invalid(") is missing");
        }
        re2.append(')');
        return added(states, 1);
    }

    private int kept(String part) {
        re2.append(part);
        return 1;
    }

    private int literal(int c) {
        re2.append(hex(c));
        return 1;
    }

    /** {@code [abc]}, {@code [^abc]}, {@code [a-zA-Z]}. */
    private int characters() {
        re2.append(accept('^') ? "[^" : "[");
        int from = position;
        while (!at(']')) {
            int first = member();
            boolean range = at('-') && position + 1 < text.length() && text.charAt(position + 1) != ']';
            if (range) {
                position++;
            }
            int last = range ? member() : first;
            if (last < first) {
                throw invalid("a range that ends before it begins");
            }
            re2.append(hex(first)).append('-').append(hex(last));
        }
        if (from == position) {
            throw invalid("a class without characters");
        }
        position++;
        re2.append(']');
        return 1;
    }

    private int member() {
        if (position == text.length()) {
            throw invalid("] is missing");
        }
        int c = text.codePointAt(position);
        position += Character.charCount(c);
        return c == '\\' ? escaped() : c;
    }

    /** The character behind a backslash. */
    private int escaped() {
        if (position == text.length()) {
            throw invalid("\\ at the end");
        }
        char c = text.charAt(position++);
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'x' -> code(2);
            case 'u' -> code(4);
            default -> {
                // Figure 1 has no way to say a dot or a bracket; figure 26 writes "\." for one.
                if (c < ' ' || c > '~' || Character.isLetterOrDigit(c)) {
                    throw invalid("\\" + (c < ' ' || c > '~' ? "" : c) + " is not in section 2.4");
                }
                yield c;
            }
        };
    }

    private int code(int digits) {
        int end = position + digits;
        if (end > text.length() || !HEX.matchesAllOf(text.substring(position, end))) {
            throw invalid("\\ and too few hexadecimal digits");
        }
        int code = Integer.parseInt(text.substring(position, end), 16);
        if (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
            throw invalid("\\u and no character");
        }
        position = end;
        return code;
    }

    private static String hex(int c) {
        return "\\x{" + Integer.toHexString(c) + "}";
    }

    private boolean at(char c) {
        return position < text.length() && text.charAt(position) == c;
    }

    private boolean accept(char c) {
        boolean there = at(c);
        if (there) {
            position++;
        }
        return there;
    }

    private static ProtocolException invalid(String why) {
        return Rules.invalid("regular expression: " + why);
    }
}
