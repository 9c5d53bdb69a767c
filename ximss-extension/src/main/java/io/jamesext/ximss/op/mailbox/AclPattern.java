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
package io.jamesext.ximss.op.mailbox;

import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;
import org.apache.james.mailbox.model.MailboxACL.NameType;
import org.apache.james.mailbox.model.MailboxACL.SpecialName;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The "name" of an ACL element: XIMSS, "Mailbox Management", mailboxACLUpdate, and "Account Management". It is an account of the user's
 * domain or with one of its own, or {@code anyone}. With {@code -} before it the rights are taken away, whoever else gives them. With
 * {@code +} they come on top of what others give, which James's always do.
 */
public final class AclPattern {
    private static final String ANYONE = "anyone";

    private AclPattern() {
    }

    /**
     * James's key for a pattern.
     *
     * @throws ProtocolException for what is no name
     */
    public static EntryKey parse(String pattern, MailboxSession session) {
        boolean negative = pattern.startsWith("-");
        String name = negative || pattern.startsWith("+") ? pattern.substring(1) : pattern;
        if (name.equals(ANYONE)) {
            return new EntryKey(SpecialName.anybody.name(), NameType.special, negative);
        }
        try {
            Username user = Username.of(name);
            Optional<Username> sibling = session.getUser().getDomainPart().filter(own -> !user.hasDomainPart())
                .map(own -> Username.fromLocalPartWithDomain(user.getLocalPart(), own));
            EntryKey key = EntryKey.createUserEntryKey(sibling.orElse(user), negative);
            // James keeps the text alone, and would take "$a" for a group the next time, and "--a" for another user.
            if (!EntryKey.deserialize(key.serialize()).equals(key)) {
                throw new ProtocolException(Failure.SYNTAX, "not a possible ACL pattern");
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Failure.SYNTAX, "not a possible ACL pattern");
        }
    }

    /** The pattern of James's key: without the domain, where that is the user's. */
    public static String text(EntryKey key, MailboxSession session) {
        if (key.getNameType() == NameType.special && key.getName().equals(SpecialName.anybody.name())) {
            return key.isNegative() ? "-" + ANYONE : ANYONE;
        }
        String suffix = session.getUser().getDomainPart().map(domain -> "@" + domain.asString()).orElse("");
        String name = key.serialize();
        return key.getNameType() == NameType.user && name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }
}
