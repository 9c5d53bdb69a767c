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

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.lib.model.DefaultUser;

import com.google.common.hash.Hashing;

/**
 * Names a user's password without telling it. What is kept for a user beside James is tied to it where it may not outlive the password:
 * once that is changed, or the user is removed and another gets the name, the stamp is another one.
 */
public final class PasswordStamp {
    private PasswordStamp() {
    }

    /** The user's; empty where James has no such user, or keeps no password of theirs. Blocks. */
    public static Optional<String> of(UsersRepository users, Username user) throws UsersRepositoryException {
        return record(users, user).map(PasswordStamp::of);
    }

    /** The same, if that still is the user's password: it may have been changed since it was found right. Blocks. */
    public static Optional<String> of(UsersRepository users, Username user, String password) throws UsersRepositoryException {
        return record(users, user).filter(record -> record.verifyPassword(password)).map(PasswordStamp::of);
    }

    static Optional<DefaultUser> record(UsersRepository users, Username user) throws UsersRepositoryException {
        return users.getUserByName(user) instanceof DefaultUser record && record.getHashedPassword() != null
            ? Optional.of(record) : Optional.empty();
    }

    static String of(DefaultUser record) {
        return Hashing.sha256()
            .hashString(record.getHashAlgorithm().asString() + ":" + record.getHashedPassword(), StandardCharsets.UTF_8).toString();
    }
}
