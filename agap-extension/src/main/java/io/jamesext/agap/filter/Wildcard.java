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

/**
 * The text of {@code IS =}. It is exact, but section 7.8 finds a summary with {@code '*RFC*'}: a star at its beginning or end stands for
 * any text. {@code \*} is a star itself.
 */
final class Wildcard {
    private Wildcard() {
    }

    static boolean matches(String pattern, String value) {
        boolean open = opens(pattern);
        boolean closed = !closes(pattern);
        String text = text(pattern);
        if (open) {
            return closed ? value.endsWith(text) : value.contains(text);
        }
        return closed ? value.equals(text) : value.startsWith(text);
    }

    /** True when only one text matches. */
    static boolean isExact(String pattern) {
        return !opens(pattern) && !closes(pattern);
    }

    /** What is there beside the stars that stand for something. */
    static String text(String pattern) {
        int start = opens(pattern) ? 1 : 0;
        int end = closes(pattern) && pattern.length() > start ? pattern.length() - 1 : pattern.length();
        return pattern.substring(start, end).replace("\\*", "*");
    }

    private static boolean opens(String pattern) {
        return pattern.startsWith("*");
    }

    private static boolean closes(String pattern) {
        return pattern.endsWith("*") && !pattern.endsWith("\\*");
    }
}
