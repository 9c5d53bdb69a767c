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

package io.jamesext.lemonade.imap.list;

import java.util.HashMap;
import java.util.Map;

/**
 * Matches names with the wildcards of RFC 3501 section 6.3.8: {@code *} is anything, {@code %} anything without the delimiter. All places
 * of the pattern that a name may have come to are followed at once, a bit for each, so that no pattern makes a client's command slow.
 */
final class Glob {
    private static final char ANYTHING = '*';
    private static final char LEVEL = '%';

    private final int length;
    private final char delimiter;
    private final Map<Character, long[]> literals = new HashMap<>();
    private final long[] anything;
    private final long[] wildcards;

    Glob(String pattern, char delimiter) {
        String text = collapse(pattern);
        this.length = text.length();
        this.delimiter = delimiter;
        this.anything = places();
        this.wildcards = places();
        for (int at = 0; at < length; at++) {
            char c = text.charAt(at);
            if (c == ANYTHING) {
                set(anything, at);
            }
            set(isWildcard(c) ? wildcards : literals.computeIfAbsent(c, literal -> places()), at);
        }
    }

    static boolean isWildcard(char c) {
        return c == ANYTHING || c == LEVEL;
    }

    /** Wildcards in a row are one, so that one step is enough to skip them. */
    private static String collapse(String pattern) {
        return pattern.replaceAll("[*%]*\\*[*%]*", "*").replaceAll("%+", "%");
    }

    private long[] places() {
        return new long[length / Long.SIZE + 1];
    }

    private static void set(long[] places, int at) {
        places[at / Long.SIZE] |= 1L << at;
    }

    boolean matches(String name) {
        long[] now = places();
        long[] next = places();
        set(now, 0);
        skipWildcards(now);
        for (int at = 0; at < name.length(); at++) {
            if (!step(now, name.charAt(at), next)) {
                return false;
            }
            long[] free = now;
            now = next;
            next = free;
        }
        return (now[length / Long.SIZE] & 1L << length) != 0;
    }

    /** Where the pattern may be behind that character; false if nowhere. */
    private boolean step(long[] now, char c, long[] next) {
        long[] literal = literals.get(c);
        long[] staying = c == delimiter ? anything : wildcards;
        long carry = 0;
        long any = 0;
        for (int i = 0; i < now.length; i++) {
            long read = literal == null ? 0 : now[i] & literal[i];
            next[i] = read << 1 | carry | now[i] & staying[i];
            carry = read >>> Long.SIZE - 1;
            any |= next[i];
        }
        skipWildcards(next);
        return any != 0;
    }

    /** A wildcard matches nothing, too. */
    private void skipWildcards(long[] places) {
        long carry = 0;
        for (int i = 0; i < places.length; i++) {
            long at = places[i] & wildcards[i];
            places[i] |= at << 1 | carry;
            carry = at >>> Long.SIZE - 1;
        }
    }
}
