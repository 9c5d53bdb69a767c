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
package io.jamesext.ximss.op.account;

import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** The attribute userName of "Account Management". */
final class AccountNames {
    private AccountNames() {
    }

    /**
     * The account: the user's own where the request names none, one of their domain where it names no domain.
     *
     * @throws ProtocolException for a name that no account can have
     */
    static Username account(Optional<String> userName, MailboxSession session) {
        try {
            return userName.map(name -> session.getUser().getDomainPart().filter(domain -> !name.contains("@"))
                    .map(domain -> Username.fromLocalPartWithDomain(name, domain))
                    .orElseGet(() -> Username.of(name)))
                .orElse(session.getUser());
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Failure.SYNTAX, "not a possible account name");
        }
    }
}
