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

import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;
import org.apache.james.mailbox.model.MailboxACL.NameType;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.RefusedException;

/** Identifiers of RFC 4314 section 2, and what James has for them. */
final class Identifier {
    private static final String ANYONE = "anyone";
    private static final char NEGATIVE = '-';
    private static final char GROUP = '$';

    private Identifier() {
    }

    /**
     * Checks the form of an identifier.
     *
     * @throws DecodingException if nothing is left of it (RFC 4314 section 3)
     */
    static String checked(String identifier) throws DecodingException {
        boolean controls = identifier.chars().anyMatch(Character::isISOControl);
        if (controls || bare(identifier).isBlank()) {
            throw Arguments.syntax("Expected an identifier");
        }
        return identifier;
    }

    private static boolean negative(String identifier) {
        return !identifier.isEmpty() && identifier.charAt(0) == NEGATIVE;
    }

    private static String bare(String identifier) {
        return negative(identifier) ? identifier.substring(1) : identifier;
    }

    /**
     * What James calls it. Words that only James knows for sets of users, such as {@code authenticated}, are users here: whoever gives
     * such a user rights must not give them to all.
     *
     * @throws RefusedException for a group, and for what no user can be called
     */
    static EntryKey key(String identifier, Username owner) throws RefusedException {
        String bare = bare(identifier);
        if (bare.equals(ANYONE)) {
            return negative(identifier) ? MailboxACL.ANYBODY_NEGATIVE_KEY : MailboxACL.ANYBODY_KEY;
        }
        if (bare.charAt(0) == GROUP) {
            throw new RefusedException("CANNOT", "There are no groups.");
        }
        EntryKey key = new EntryKey(user(bare, owner).asString(), NameType.user, negative(identifier));
        if (!EntryKey.deserialize(key.serialize()).equals(key)) {
            // James would read it back as another one: "authenticated", a user without a domain, as everybody.
            throw new RefusedException("CANNOT", "No user can be called that.");
        }
        return key;
    }

    private static Username user(String bare, Username owner) throws RefusedException {
        try {
            return bare.indexOf('@') >= 0 ? Username.of(bare) : Username.from(bare, owner.getDomainPart().map(Domain::asString));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new RefusedException("CANNOT", "No user can be called that.");
        }
    }

    /** Whether the rights of that identifier are those of the owner, which are not to be changed. */
    static boolean isOwner(EntryKey key, Username owner) {
        return key.getNameType() == NameType.user && key.getName().equals(owner.asString());
    }

    /**
     * Refuses to change the owner's rights.
     *
     * @throws RefusedException if it is the owner
     */
    static void refuseOwner(EntryKey key, Username owner, ImapCommand command) throws RefusedException {
        if (isOwner(key, owner)) {
            throw new RefusedException("CANNOT", "The owner has all rights; " + command.getName() + " cannot change that.");
        }
    }

    /** What a client is told: the owner by their name. */
    static String write(EntryKey key, Username owner) {
        String name = switch (key.getNameType()) {
            case user -> key.getName();
            case group -> GROUP + key.getName();
            case special -> special(key, owner);
        };
        return key.isNegative() ? NEGATIVE + name : name;
    }

    private static String special(EntryKey key, Username owner) {
        return switch (MailboxACL.SpecialName.valueOf(key.getName())) {
            case anybody -> ANYONE;
            case authenticated -> key.getName();
            case owner -> owner.asString();
        };
    }
}
