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

package io.jamesext.lemonade.imap.names;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.lemonade.imap.utf8.Utf8Accept;

/**
 * What a user calls mailboxes. Their own have their plain names; those of others that they may see are
 * {@code #user.<owner>.<name>}, where the owner is written without the domain when it is the user's own. RFC 2342 section 5.
 *
 * <p>A name that is no mailbox's, such as {@code #user.bob}, has no path: James's paths would let it be the user's own.
 */
public final class MailboxNames {
    /** RFC 3501 section 5.1.2: names that begin with this character begin with a namespace. */
    public static final String NAMESPACE = "#";

    private static final String OTHER_USERS = "#user";

    private final Username user;
    private final char delimiter;
    private final boolean utf8;

    private MailboxNames(Username user, char delimiter, boolean utf8) {
        this.user = user;
        this.delimiter = delimiter;
        this.utf8 = utf8;
    }

    /** As the user of the session sees them now. */
    public static MailboxNames of(ImapSession session) {
        return of(session.getUserName(), session.getMailboxSession().getPathDelimiter(), Utf8Accept.isEnabled(session));
    }

    static MailboxNames of(Username user, char delimiter, boolean utf8) {
        return new MailboxNames(user, delimiter, utf8);
    }

    /** RFC 3501 section 7.2.2: the hierarchy delimiter, the same in all namespaces. */
    public char delimiter() {
        return delimiter;
    }

    /** What the names of other users' mailboxes begin with. */
    public String otherUsers() {
        return OTHER_USERS + delimiter;
    }

    /** RFC 6855 section 3: whether the client has asked for UTF-8, so that names are not in modified UTF-7. */
    public boolean utf8() {
        return utf8;
    }

    /**
     * Reads a name from the octets of an astring.
     *
     * @throws DecodingException if they are not in the encoding of the connection
     */
    public String decode(byte[] octets) throws DecodingException {
        return (utf8 ? Utf8Accept.decode(octets) : decodeUtf7(octets))
            .map(this::withInbox)
            .orElseThrow(() -> new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Not the encoding of a mailbox name"));
    }

    private static Optional<String> decodeUtf7(byte[] octets) {
        for (byte octet : octets) {
            // RFC 3501 section 5.1: 8-bit octets and controls are not in mailbox names.
            if (octet < ' ' || octet > '~') {
                return Optional.empty();
            }
        }
        return ModifiedUtf7.decode(new String(octets, StandardCharsets.US_ASCII));
    }

    /** How a name goes on the wire, before it is quoted. */
    public String encode(String name) {
        return utf8 ? name : ModifiedUtf7.encode(name);
    }

    /** RFC 3501 section 5.1: INBOX in any case is INBOX, and so is the first level of the names below it. */
    private String withInbox(String name) {
        int length = MailboxConstants.INBOX.length();
        boolean inbox = name.regionMatches(true, 0, MailboxConstants.INBOX, 0, length)
            && (name.length() == length || name.charAt(length) == delimiter);
        return inbox ? MailboxConstants.INBOX + name.substring(length) : name;
    }

    /**
     * The path of a name, of a mailbox that need not exist.
     *
     * @throws MailboxNotFoundException if no mailbox can have that name
     */
    public MailboxPath path(String name) throws MailboxNotFoundException {
        if (name.isEmpty()) {
            throw new MailboxNotFoundException(name);
        }
        if (!name.startsWith(NAMESPACE)) {
            return MailboxPath.forUser(user, withInbox(name));
        }
        return otherUsersPath(name).orElseThrow(() -> new MailboxNotFoundException(name));
    }

    private Optional<MailboxPath> otherUsersPath(String name) {
        String prefix = otherUsers();
        int end = name.indexOf(delimiter, prefix.length());
        if (!name.startsWith(prefix) || end < 0 || end == name.length() - 1) {
            return Optional.empty();
        }
        return owner(name.substring(prefix.length(), end))
            .map(owner -> MailboxPath.forUser(owner, withInbox(name.substring(end + 1))));
    }

    private Optional<Username> owner(String written) {
        try {
            return OwnerName.read(written)
                .map(owner -> owner.indexOf('@') >= 0 ? Username.of(owner)
                    : Username.from(owner, user.getDomainPart().map(Domain::asString)));
        } catch (IllegalArgumentException | IllegalStateException e) {
            // James's Username refuses what no user can be called.
            return Optional.empty();
        }
    }

    /** What the user calls a mailbox. */
    public String name(MailboxPath path) {
        Username owner = path.getUser();
        if (owner.equals(user)) {
            return path.getName();
        }
        String written = owner.getDomainPart().equals(user.getDomainPart()) ? owner.getLocalPart() : owner.asString();
        return otherUsers() + OwnerName.write(written, delimiter) + delimiter + path.getName();
    }

    /** Whether it is one of the user's own. */
    public boolean own(MailboxPath path) {
        return path.getUser().equals(user);
    }
}
