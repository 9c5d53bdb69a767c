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

/** A reference and a mailbox name with wildcards, put together. RFC 3501 section 6.3.8. */
final class ListPattern {
    // What a client may have matched against each of its mailboxes.
    private static final int MAX_TOTAL = 4_096;
    private static final char LEVEL = '%';

    private final String text;
    private final Glob glob;
    private final Glob ofInbox;

    private ListPattern(String text, char delimiter) {
        this.text = text;
        this.glob = new Glob(text, delimiter);
        this.ofInbox = new Glob(text.toUpperCase(Locale.ROOT), delimiter);
    }

    /**
     * The patterns of a command.
     *
     * @throws RefusedException for more than is matched
     */
    static List<ListPattern> all(String reference, List<String> patterns, MailboxNames names) throws RefusedException {
        List<String> all = patterns.stream()
            .filter(pattern -> !pattern.isEmpty())
            // A name with a namespace is complete: RFC 3501 section 6.3.8 lets it override the reference.
            .map(pattern -> pattern.startsWith(MailboxNames.NAMESPACE) ? pattern : reference + pattern)
            .toList();
        if (all.stream().mapToInt(String::length).sum() > MAX_TOTAL) {
            throw new RefusedException("LIMIT", "Too many patterns.");
        }
        return all.stream().map(text -> new ListPattern(text, names.delimiter())).toList();
    }

    /** What every name that matches begins with, but for INBOX. */
    String literalPrefix() {
        int end = 0;
        while (end < text.length() && !Glob.isWildcard(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
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
        // RFC 3501 section 6.3.8: INBOX matches in any case.
        return glob.matches(name) || name.equals(MailboxConstants.INBOX) && ofInbox.matches(name);
    }
}
