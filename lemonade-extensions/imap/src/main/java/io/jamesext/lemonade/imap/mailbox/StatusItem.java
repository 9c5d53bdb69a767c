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

package io.jamesext.lemonade.imap.mailbox;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import org.apache.james.imap.decode.DecodingException;

import io.jamesext.lemonade.imap.folder.Arguments;

/** What STATUS can tell of a mailbox, in the order in which it does. */
public enum StatusItem {
    // RFC 3501 section 6.3.10
    MESSAGES, RECENT, UIDNEXT, UIDVALIDITY, UNSEEN,
    // RFC 7162 section 3.1.7, RFC 8438, RFC 8474 section 4.3, RFC 7889 section 3.1
    HIGHESTMODSEQ, SIZE, MAILBOXID, APPENDLIMIT,
    // RFC 9208 section 4.1.4
    DELETED, DELETED_STORAGE;

    /** Its name on the wire. */
    public String word() {
        return name().replace('_', '-');
    }

    /** Reads {@code "(" status-att *(SP status-att) ")"}. */
    public static Set<StatusItem> parse(Arguments arguments) throws DecodingException {
        arguments.expect('(');
        Set<StatusItem> items = EnumSet.noneOf(StatusItem.class);
        do {
            items.add(of(arguments.atom()));
        } while (arguments.skip(' '));
        arguments.expect(')');
        return items;
    }

    private static StatusItem of(String word) throws DecodingException {
        for (StatusItem item : values()) {
            if (item.word().equals(word.toUpperCase(Locale.ROOT))) {
                return item;
            }
        }
        throw Arguments.syntax("Unknown status data item");
    }
}
