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

/**
 * A folded string to be found in folded text that comes piece by piece. By Knuth, Morris and Pratt: what it costs depends on the text
 * alone, for both may have been made to match almost everywhere.
 */
final class Needle {
    private final String string;
    /** Of each beginning of the string, the longest shorter beginning that it ends with. */
    private final int[] borders;

    private Needle(String string, int[] borders) {
        this.string = string;
        this.borders = borders;
    }

    /** Looks for that string as a client has sent it. */
    static Needle of(String value) {
        String string = Casemap.fold(value);
        int[] borders = new int[string.length()];
        Needle needle = new Needle(string, borders);
        for (int at = 1; at < borders.length; at++) {
            borders[at] = needle.next(borders[at - 1], string.charAt(at));
        }
        return needle;
    }

    /** How much of the string has been met behind a sign, where so much had been met before it. */
    private int next(int met, char sign) {
        int now = met;
        while (now > 0 && string.charAt(now) != sign) {
            now = borders[now - 1];
        }
        return string.charAt(now) == sign ? now + 1 : now;
    }

    /** How much of the string has been met at the end of a piece, where so much had been met before it; ends when all of it has. */
    int feed(CharSequence piece, int met) {
        int now = met;
        for (int at = 0; at < piece.length() && !isFound(now); at++) {
            now = next(now, piece.charAt(at));
        }
        return now;
    }

    boolean isFound(int met) {
        return met == string.length();
    }

    boolean isIn(CharSequence text) {
        return isFound(feed(text, 0));
    }
}
