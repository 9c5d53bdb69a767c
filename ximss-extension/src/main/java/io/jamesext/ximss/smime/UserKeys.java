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
package io.jamesext.ximss.smime;

import java.security.cert.X509Certificate;
import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.groupware.UserSettings;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/** The private keys that users have stored, one each, as settings of theirs: XIMSS, "Secure Messaging", the Account Private Key. */
public final class UserKeys {
    private static final String NAME = "key";

    private final UserSettings settings;

    /** On the settings of users. */
    public UserKeys(UserSettings settings) {
        this.settings = settings;
    }

    /** Whether the user has one. */
    public Mono<Boolean> has(Username user) {
        return settings.find(user, UserSettings.Kind.SMIME, NAME).hasElement();
    }

    /** The user's key; or fails with {@link Failure#NO_SUCH_MESSAGE} when there is none. */
    public Mono<SealedKey> find(Username user) {
        return settings.find(user, UserSettings.Kind.SMIME, NAME)
            .flatMap(text -> Blocking.call(() -> SealedKey.parse(text)))
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "the account has no private key")));
    }

    /** The certificate of the user's key; or fails likewise. */
    public Mono<X509Certificate> certificate(Username user) {
        return find(user).map(key -> key.chain().get(0));
    }

    /**
     * Keeps a key, unless another session was faster.
     *
     * @param earlier in whose place, if the user has one
     * @return fails with {@link Failure#CONFLICT} when the user's key is another by now
     */
    public Mono<Void> put(Username user, Optional<SealedKey> earlier, SealedKey key) {
        return Blocking.call(() -> new Change(earlier.isPresent() ? Optional.of(earlier.get().text()) : Optional.empty(), key.text()))
            .flatMap(change -> settings.replace(user, UserSettings.Kind.SMIME, NAME, change.before, change.after))
            .filter(replaced -> replaced)
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.CONFLICT, "the account has another private key by now")))
            .then();
    }

    private record Change(Optional<String> before, String after) {
    }
}
