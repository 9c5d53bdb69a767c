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

import java.util.Arrays;
import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;
import org.apache.james.mailbox.model.MailboxACL.NameType;
import org.apache.james.mailbox.model.MailboxACL.SpecialName;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The "name" of an ACL element: XIMSS, "Mailbox Management", mailboxACLUpdate. It is an account of the user's domain or with one of its
 * own, or {@code anyone}. With {@code -} before it the rights are taken away, whoever else gives them. With {@code +} they come on top of
 * what others give, which James's always do.
 */
final class AclPattern {
    private AclPattern() {
    }

    /**
     * James's key for a pattern.
     *
     * @throws ProtocolException for what is no name
     */
    static EntryKey parse(String pattern, MailboxSession session) {
        boolean negative = pattern.startsWith("-");
        String name = negative || pattern.startsWith("+") ? pattern.substring(1) : pattern;
        if (Arrays.stream(SpecialName.values()).anyMatch(special -> special.name().equals(name))) {
            return new EntryKey(name, NameType.special, negative);
        }
        try {
            Username user = Username.of(name);
            Optional<Username> sibling = session.getUser().getDomainPart().filter(own -> !user.hasDomainPart())
                .map(own -> Username.fromLocalPartWithDomain(user.getLocalPart(), own));
            return EntryKey.createUserEntryKey(sibling.orElse(user), negative);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Failure.SYNTAX, "not a possible ACL pattern");
        }
    }

    /** The pattern of James's key: without the domain, where that is the user's. */
    static String text(EntryKey key, MailboxSession session) {
        String suffix = session.getUser().getDomainPart().map(domain -> "@" + domain.asString()).orElse("");
        String name = key.serialize();
        return key.getNameType() == NameType.user && name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }
}
