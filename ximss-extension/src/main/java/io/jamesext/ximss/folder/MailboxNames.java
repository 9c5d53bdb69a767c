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
package io.jamesext.ximss.folder;

import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Mailbox names as XIMSS writes them. XIMSS, "Mailbox Management": a name alone is the user's own mailbox,
 * {@code ~account@domain/name} is anyone's; names are UTF-8. Between the levels of a name stands James's own delimiter, so that a
 * mailbox is called the same here and in IMAP.
 */
public final class MailboxNames {
    private static final String INBOX = "INBOX";

    private MailboxNames() {
    }

    /**
     * The mailbox of a name.
     *
     * @throws ProtocolException when no mailbox can have that name
     */
    public static MailboxPath path(String name, MailboxSession session) {
        if (!name.startsWith("~")) {
            return path(session.getUser(), name);
        }
        int slash = name.indexOf('/');
        if (slash < 0) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "expected ~account@domain/name");
        }
        return path(user(name.substring(1, slash), session), name.substring(slash + 1));
    }

    /** Whether it is the INBOX of its account. */
    public static boolean isInbox(MailboxPath path) {
        return path.getName().equals(INBOX);
    }

    /** The name of a mailbox. */
    public static String name(MailboxPath path, MailboxSession session) {
        return path.belongsTo(session) ? path.getName() : "~" + path.getUser().asString() + "/" + path.getName();
    }

    private static MailboxPath path(Username user, String name) {
        if (name.isEmpty()) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "a mailbox has a name");
        }
        if (name.length() > MailboxPath.MAX_MAILBOX_NAME_LENGTH) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "not a possible mailbox name");
        }
        // RFC 3501 section 5.1: INBOX is the same in either case.
        return MailboxPath.forUser(user, name.equalsIgnoreCase(INBOX) ? INBOX : name);
    }

    private static Username user(String account, MailboxSession session) {
        try {
            Optional<Username> sibling = session.getUser().getDomainPart().filter(domain -> !account.contains("@"))
                .map(domain -> Username.fromLocalPartWithDomain(account, domain));
            return sibling.orElseGet(() -> Username.of(account));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Failure.NO_SUCH_MAILBOX, "no such mailbox");
        }
    }
}
