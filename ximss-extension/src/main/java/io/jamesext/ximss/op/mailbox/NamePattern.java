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
package io.jamesext.ximss.op.mailbox;

import io.jamesext.ximss.xml.Element;

/**
 * A filter "in the IMAP protocol format" (RFC 3501 section 6.3.8): {@code *} stands for anything, {@code %} for anything within one
 * level. Matching takes the product of both lengths at most, whatever the filter: a regular expression would not.
 *
 * @param pattern the filter
 * @param delimiter what stands between levels
 */
record NamePattern(String pattern, char delimiter) {
    /** Protects the matching: a mailbox's name has at most 200 characters. */
    private static final int MAX_FILTER = 400;

    /** The attribute {@code filter} of a request; without one, everything matches. */
    static String filter(Element request) {
        String filter = request.attribute("filter").orElse("*");
        return filter.substring(0, Math.min(filter.length(), MAX_FILTER));
    }

    boolean matches(String name) {
        if (name.length() > MAX_FILTER) {
            // Other protocols may keep subscriptions to what can be no mailbox.
            return false;
        }
        // reached[i]: the pattern read so far can match the first i characters of the name.
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int p = 0; p < pattern.length(); p++) {
            char c = pattern.charAt(p);
            boolean[] next = new boolean[name.length() + 1];
            for (int i = 0; i <= name.length(); i++) {
                if (c == '*' || c == '%') {
                    next[i] = reached[i] || i > 0 && next[i - 1] && (c == '*' || name.charAt(i - 1) != delimiter);
                } else {
                    next[i] = i > 0 && reached[i - 1] && name.charAt(i - 1) == c;
                }
            }
            reached = next;
        }
        return reached[name.length()];
    }
}
