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
package io.jamesext.kernel.auth;

import java.util.List;
import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.kernel.failure.Failure;

/**
 * A name and a clear password, as the mechanisms PLAIN and LOGIN carry them.
 *
 * @param actAs whose mailboxes to use; empty for the user's own
 */
public record PasswordCredentials(Optional<Username> actAs, Username user, String password) {
    /** RFC 4616 section 2: {@code [authzid] NUL authcid NUL passwd}; fails with {@link Failure#SYNTAX} at anything else. */
    public static PasswordCredentials plain(byte[] response) {
        List<String> fields = List.of(Sasl.utf8(response).split("\0", -1));
        if (fields.size() != 3) {
            throw Sasl.malformed();
        }
        return of(Optional.of(fields.get(0)).filter(name -> !name.isEmpty()).map(Sasl::username), fields.get(1), fields.get(2));
    }

    /** The two responses of the mechanism LOGIN, which no RFC describes; fails with {@link Failure#SYNTAX}. */
    public static PasswordCredentials login(byte[] user, byte[] password) {
        return of(Optional.empty(), Sasl.utf8(user), Sasl.utf8(password));
    }

    private static PasswordCredentials of(Optional<Username> actAs, String name, String password) {
        if (password.isEmpty()) {
            throw Sasl.malformed();
        }
        Username user = Sasl.username(name);
        return new PasswordCredentials(actAs.filter(other -> !other.equals(user)), user, password);
    }

    @Override
    public String toString() {
        return "password of " + user.asString();
    }
}
