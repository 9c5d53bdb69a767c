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
package io.jamesext.ximss.account;

import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;

import io.jamesext.groupware.UserSettings;
import io.jamesext.groupware.UserSettings.Kind;
import io.jamesext.kernel.auth.PasswordStamp;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * Where users are reached who have forgotten their password. XIMSS, "Service Operations", passwordModify. An address is good for as long
 * as the password that its user had when it was set: it is nobody's who gets the name of a user that has gone, and it ends when an
 * operator takes the account back with a new password from who has stolen the old one.
 */
public final class RecoveryAddresses {
    private static final String ADDRESS = "address";

    private final UserSettings settings;
    private final UsersRepository users;

    /** On what users have beside James. */
    public RecoveryAddresses(UserSettings settings, UsersRepository users) {
        this.settings = settings;
        this.users = users;
    }

    /** The user's, or empty. */
    public Mono<String> find(Username user) {
        return settings.find(user, Kind.RECOVERY, ADDRESS)
            .flatMap(text -> stamp(user).filter(stamp -> text.startsWith(stamp + " ")).map(stamp -> text.substring(stamp.length() + 1)));
    }

    /**
     * Keeps an address for as long as the present password is good.
     *
     * @param address empty text to have none
     * @return fails with {@link Failure#NOT_SUPPORTED} where James keeps no password of the user's
     */
    public Mono<Void> set(Username user, String address) {
        return address.isEmpty() ? settings.remove(user, Kind.RECOVERY, ADDRESS)
            : stamp(user)
                .switchIfEmpty(Mono.error(() ->
                    new ProtocolException(Failure.NOT_SUPPORTED, "this account's password cannot be recovered")))
                .flatMap(stamp -> settings.put(user, Kind.RECOVERY, ADDRESS, stamp + " " + address));
    }

    /** Names the present password. */
    Mono<String> stamp(Username user) {
        return Blocking.call(() -> PasswordStamp.of(users, user)).flatMap(Mono::justOrEmpty);
    }
}
