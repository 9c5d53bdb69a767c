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

package io.jamesext.lemonade.imap.metadata;

import java.util.Locale;
import java.util.Optional;

import org.apache.james.imap.decode.DecodingException;
import org.apache.james.mailbox.model.MailboxAnnotationKey;

import io.jamesext.lemonade.imap.folder.Arguments;

/** The name of an entry, in lower case: names compare without case (RFC 5464 section 3.1). */
record EntryName(String name) {
    private static final String PRIVATE = "/private";
    private static final String SHARED = "/shared";

    /**
     * Reads one.
     *
     * @throws DecodingException if no entry can have that name
     */
    static EntryName parse(Arguments arguments) throws DecodingException {
        String name = arguments.astring().toLowerCase(Locale.ROOT);
        boolean scoped = name.startsWith(PRIVATE + "/") || name.startsWith(SHARED + "/") || name.equals(PRIVATE) || name.equals(SHARED);
        // RFC 5464 section 3.1: no wildcards, no empty components, no controls, ASCII only.
        boolean clean = name.chars().allMatch(c -> c > 0x19 && c < 0x7f && c != '*' && c != '%');
        if (!scoped || !clean || name.contains("//") || name.endsWith("/")) {
            throw Arguments.syntax("Expected the name of an entry");
        }
        return new EntryName(name);
    }

    boolean isPrivate() {
        return name.startsWith(PRIVATE);
    }

    /** What James calls it, if it can: James's keys have letters, digits and slashes only. */
    Optional<MailboxAnnotationKey> key() {
        try {
            return Optional.of(new MailboxAnnotationKey(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether another entry is this one, or at most so many components below it. */
    boolean covers(String other, int depth) {
        if (other.equals(name)) {
            return true;
        }
        return other.startsWith(name + "/") && other.substring(name.length()).chars().filter(c -> c == '/').count() <= depth;
    }
}
