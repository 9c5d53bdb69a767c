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

import java.util.Optional;

/** Cuts a filter into words. A parenthesis is one wherever it stands but in a string. AGAP section 4.3.1. */
final class FilterTokens {
    private static final String BLANKS = " \t\n";
    private static final String ENDS = " \t\n()";
    private static final char QUOTE = '\'';
    private static final char ESCAPE = '\\';

    private final String text;
    private int position;

    FilterTokens(String text) {
        this.text = text;
    }

    boolean at(String token) {
        return peek().filter(token::equalsIgnoreCase).isPresent();
    }

    boolean accept(String token) {
        boolean there = at(token);
        if (there) {
            position += token.length();
        }
        return there;
    }

    /** The next word, which is no parenthesis. */
    String next(String what) {
        return take(peek(), what);
    }

    /** The next word of a rule: a rule is complete in its line. */
    String argument(String what) {
        skip(" \t");
        return take(word(), what);
    }

    private String take(Optional<String> found, String what) {
        String word = found.filter(token -> !token.equals("(") && !token.equals(")")).orElseThrow(() -> Rules.invalid(what + " expected"));
        position += word.length();
        return word;
    }

    /** The next token; leaves the position at its beginning. */
    Optional<String> peek() {
        skip(BLANKS);
        return word();
    }

    private Optional<String> word() {
        int end = position;
        while (end < text.length() && ENDS.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (end == position && end < text.length() && text.charAt(end) != '\n') {
            end++;
        }
        return Optional.of(text.substring(position, end)).filter(token -> !token.isEmpty());
    }

    private void skip(String blanks) {
        while (position < text.length() && blanks.indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    /** A string in quotes, without them and their escapes. It ends in its line, and a blank or a parenthesis follows. */
    String string() {
        skip(" \t");
        if (position == text.length() || text.charAt(position) != QUOTE) {
            throw Rules.invalid("a text in ' expected");
        }
        StringBuilder string = new StringBuilder();
        position++;
        while (position < text.length() && text.charAt(position) != QUOTE && text.charAt(position) != '\n') {
            boolean escape = text.charAt(position) == ESCAPE && position + 1 < text.length()
                && (text.charAt(position + 1) == QUOTE || text.charAt(position + 1) == ESCAPE);
            position += escape ? 1 : 0;
            string.append(text.charAt(position++));
        }
        if (position == text.length() || text.charAt(position) != QUOTE) {
            throw Rules.invalid("' is missing at the end of a text");
        }
        position++;
        if (position < text.length() && ENDS.indexOf(text.charAt(position)) < 0) {
            throw Rules.invalid("a space expected after a text");
        }
        return string.toString();
    }
}
