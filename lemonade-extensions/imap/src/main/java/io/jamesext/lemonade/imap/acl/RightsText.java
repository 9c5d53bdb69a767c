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

package io.jamesext.lemonade.imap.acl;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.apache.james.imap.decode.DecodingException;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.UnsupportedRightException;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxMetaData;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;

/** Rights as RFC 4314 section 2 writes them, with the obsolete rights of RFC 2086: here c is k, and d is x, t and e. */
public final class RightsText {
    /** All rights, each by itself: none is tied to another one. */
    static final List<String> EACH = List.of("l", "r", "s", "w", "i", "p", "k", "x", "t", "e", "a", "c", "d");

    private static final String ORDER = "lrswipkxtea";
    private static final Set<Right> CREATE = EnumSet.of(Right.CreateMailbox);
    private static final Set<Right> DELETE = EnumSet.of(Right.DeleteMailbox, Right.DeleteMessages, Right.PerformExpunge);

    private RightsText() {
    }

    /**
     * Reads the rights.
     *
     * @throws DecodingException for one that is none, which RFC 4314 section 3.1 wants answered with BAD
     */
    static Rfc4314Rights parse(String text) throws DecodingException {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (char c : text.toCharArray()) {
            switch (c) {
                case 'c' -> rights.addAll(CREATE);
                case 'd' -> rights.addAll(DELETE);
                default -> rights.add(right(c));
            }
        }
        return Rfc4314Rights.of(rights);
    }

    private static Right right(char c) throws DecodingException {
        try {
            return Right.forChar(c);
        } catch (UnsupportedRightException e) {
            throw Arguments.syntax("There is no such right");
        }
    }

    /** Writes them. RFC 4314 section 2.1.1: with c and d wherever one of their members is set. */
    static String write(Rfc4314Rights rights) {
        StringBuilder text = new StringBuilder();
        for (char c : ORDER.toCharArray()) {
            if (rights.list().stream().anyMatch(right -> right.asCharacter() == c)) {
                text.append(c);
            }
        }
        if (rights.list().stream().anyMatch(CREATE::contains)) {
            text.append('c');
        }
        if (rights.list().stream().anyMatch(DELETE::contains)) {
            text.append('d');
        }
        return text.toString();
    }

    /** What the user may do with a mailbox that James has listed. */
    public static Rfc4314Rights of(MailboxMetaData mailbox, FolderSession session, MailboxManager mailboxManager) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (Right right : Right.allRights) {
            if (has(mailbox, right, session, mailboxManager)) {
                rights.add(right);
            }
        }
        return Rfc4314Rights.of(rights);
    }

    private static boolean has(MailboxMetaData mailbox, Right right, FolderSession session, MailboxManager mailboxManager) {
        try {
            return session.names().own(mailbox.getPath()) || mailboxManager.hasRight(mailbox.getMailbox(), right, session.mailbox());
        } catch (MailboxException e) {
            return false;
        }
    }

    /** The MYRIGHTS response. RFC 4314 section 3.8. */
    public static Untagged myRights(String name, Rfc4314Rights rights, FolderSession session) {
        return session.line("MYRIGHTS").mailbox(name).string(write(rights)).end();
    }
}
