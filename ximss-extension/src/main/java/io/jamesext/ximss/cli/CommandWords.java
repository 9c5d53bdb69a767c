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
package io.jamesext.ximss.cli;

import java.util.ArrayList;
import java.util.List;

import com.google.common.base.CharMatcher;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Cuts a command into words, as a shell does with the line that starts James's own client: at blanks, but not within quotes. */
public final class CommandWords {
    /** Longer than any name, password and regular expression together. */
    private static final int MAX_LENGTH = 4096;
    private static final CharMatcher BLANK = CharMatcher.anyOf(" \t\r\n");

    private final String text;
    private int at;

    private CommandWords(String text) {
        this.text = text;
    }

    /**
     * The words, at least one.
     *
     * @throws ProtocolException when there is none, a quote does not end, or it is too long
     */
    public static List<String> of(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new ProtocolException(Failure.TOO_BIG, "a command has at most " + MAX_LENGTH + " characters");
        }
        List<String> words = new CommandWords(text).all();
        if (words.isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "the command is missing");
        }
        return words;
    }

    private List<String> all() {
        List<String> words = new ArrayList<>();
        while (skipBlanks()) {
            words.add(word());
        }
        return words;
    }

    private boolean skipBlanks() {
        while (at < text.length() && BLANK.matches(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    /** Quoted and other parts may follow each other: a"b c"d is one word. */
    private String word() {
        StringBuilder word = new StringBuilder();
        while (at < text.length() && !BLANK.matches(text.charAt(at))) {
            char c = text.charAt(at++);
            if (c == '"' || c == '\'') {
                quoted(c, word);
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }

    private void quoted(char quote, StringBuilder word) {
        int end = text.indexOf(quote, at);
        if (end < 0) {
            throw new ProtocolException(Failure.SYNTAX, "a quote in the command does not end");
        }
        word.append(text, at, end);
        at = end + 1;
    }
}
