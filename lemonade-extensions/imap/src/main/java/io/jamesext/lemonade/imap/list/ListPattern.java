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

import java.util.List;
import java.util.Locale;

import org.apache.james.mailbox.model.MailboxConstants;

import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.names.MailboxNames;

/**
 * A reference and a mailbox name with wildcards, put together. RFC 3501 section 6.3.8: {@code *} matches anything, {@code %} anything
 * without the delimiter. Matches in steps of name times pattern, whatever the client sends.
 */
final class ListPattern {
    // No name is longer, so that longer patterns match nothing: James's limit, and the prefix with the owner.
    private static final int MAX_LITERALS = 1_024;
    // What a client may have matched against each of its mailboxes.
    private static final int MAX_TOTAL = 4_096;
    private static final char ANYTHING = '*';
    private static final char LEVEL = '%';

    private final String text;
    private final char delimiter;

    private ListPattern(String text, char delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    /**
     * The patterns of a command.
     *
     * @throws RefusedException for more than is matched
     */
    static List<ListPattern> all(String reference, List<String> patterns, MailboxNames names) throws RefusedException {
        List<ListPattern> all = patterns.stream()
            .filter(pattern -> !pattern.isEmpty())
            // A name with a namespace is complete: RFC 3501 section 6.3.8 lets it override the reference.
            .map(pattern -> pattern.startsWith(MailboxNames.NAMESPACE) ? pattern : reference + pattern)
            .map(text -> new ListPattern(collapse(text), names.delimiter()))
            .toList();
        if (all.stream().mapToInt(pattern -> pattern.text.length()).sum() > MAX_TOTAL) {
            throw new RefusedException("LIMIT", "Too many patterns.");
        }
        return all;
    }

    /** Wildcards in a row are one. */
    private static String collapse(String text) {
        return text.replaceAll("[*%]*\\*[*%]*", "*").replaceAll("%+", "%");
    }

    /** What every name that matches begins with, but for INBOX. */
    String literalPrefix() {
        int end = 0;
        while (end < text.length() && !isWildcard(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    private static boolean isWildcard(char c) {
        return c == ANYTHING || c == LEVEL;
    }

    /** Whether it asks for a namespace other than the user's own. */
    boolean inNamespace() {
        return text.startsWith(MailboxNames.NAMESPACE);
    }

    /** RFC 3501 section 6.3.8: then levels of hierarchy that are no mailboxes match as well. */
    boolean matchesLevels() {
        return text.charAt(text.length() - 1) == LEVEL;
    }

    boolean matches(String name) {
        return matches(text, name)
            // RFC 3501 section 6.3.8: INBOX matches in any case.
            || name.equals(MailboxConstants.INBOX) && matches(text.toUpperCase(Locale.ROOT), name);
    }

    private boolean matches(String pattern, String name) {
        if (pattern.length() > MAX_LITERALS) {
            return false;
        }
        // after[i]: what is read of the name may be what the first i characters of the pattern match.
        boolean[] after = new boolean[pattern.length() + 1];
        after[0] = true;
        skipWildcards(pattern, after);
        for (int at = 0; at < name.length(); at++) {
            boolean[] next = new boolean[after.length];
            boolean alive = false;
            for (int i = 0; i < pattern.length(); i++) {
                if (after[i]) {
                    char c = pattern.charAt(i);
                    boolean stays = c == ANYTHING || c == LEVEL && name.charAt(at) != delimiter;
                    next[i] |= stays;
                    next[i + 1] |= !isWildcard(c) && c == name.charAt(at);
                    alive |= next[i] || next[i + 1];
                }
            }
            if (!alive) {
                return false;
            }
            skipWildcards(pattern, next);
            after = next;
        }
        return after[pattern.length()];
    }

    /** A wildcard matches nothing, too. */
    private static void skipWildcards(String pattern, boolean[] after) {
        for (int i = 0; i < pattern.length(); i++) {
            after[i + 1] |= after[i] && isWildcard(pattern.charAt(i));
        }
    }
}
