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
package io.jamesext.dmap.mail;

import java.util.Locale;

import org.apache.james.mailbox.model.MailboxConstants;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A mailbox name with wildcards. Draft section 7.3.8: {@code *} stands for anything, {@code %} for anything without a separator.
 * Matching takes time in proportion to both lengths, however the client mixes the wildcards.
 */
public final class MailboxPattern {
    /** James's names are no longer than 200. */
    private static final int MAX_LENGTH = 1000;

    private final String pattern;

    /** As the client wrote it. */
    public MailboxPattern(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            throw new ProtocolException(Failure.TOO_BIG, "the pattern is too long");
        }
        this.pattern = pattern;
    }

    /** True when it is this name's. INBOX is meant in any case (draft section 6.1). */
    public boolean matches(String name) {
        return matches(pattern, name)
            || name.equals(MailboxConstants.INBOX) && matches(pattern.toUpperCase(Locale.US), name);
    }

    /** True when levels above mailboxes are listed too: draft section 7.3.8, "if the % wildcard is the last character". */
    public boolean wantsLevels() {
        return pattern.endsWith("%");
    }

    private static boolean matches(String pattern, String name) {
        // reached[n]: the pattern so far matches the first n characters.
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (char wanted : pattern.toCharArray()) {
            boolean[] next = new boolean[reached.length];
            for (int length = 0; length < reached.length; length++) {
                boolean grows = length > 0 && matches(wanted, name.charAt(length - 1));
                next[length] = wanted == '*' || wanted == '%'
                    ? reached[length] || grows && next[length - 1]
                    : grows && reached[length - 1];
            }
            reached = next;
        }
        return reached[name.length()];
    }

    private static boolean matches(char wanted, char character) {
        return switch (wanted) {
            case '*' -> true;
            case '%' -> character != MailboxNames.SEPARATOR;
            default -> wanted == character;
        };
    }

    @Override
    public String toString() {
        return pattern;
    }
}
