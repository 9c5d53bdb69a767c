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
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.core.Username;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;

/**
 * The passwords of users for mechanisms that cannot do without: James keeps only hashes. Only where the operator gives a key, with which
 * they are encrypted, bound to the user's name. Filled when a user logs in with the clear password.
 */
final class SharedSecrets {
    private static final Logger LOGGER = LoggerFactory.getLogger(SharedSecrets.class);
    private static final int NOBODYS_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final CredentialCipher cipher;
    private final CredentialStore store;

    private SharedSecrets(CredentialCipher cipher, CredentialStore store) {
        this.cipher = cipher;
        this.store = store;
    }

    /**
     * With the key of a server's configuration, or none where that has none.
     *
     * @throws IllegalArgumentException when it is no key; does not say what it is
     */
    static Optional<SharedSecrets> of(HierarchicalConfiguration<ImmutableNode> configuration, CredentialStore store) {
        return CredentialCipher.of(configuration).map(cipher -> new SharedSecrets(cipher, store));
    }

    /** Keeps a password that was just found right, unless it is there. Blocks. */
    void remember(Username user, String password) {
        try {
            // No key can be made from no password.
            if (!password.isEmpty() && known(user).filter(password::equals).blockOptional().isEmpty()) {
                store.put(user, cipher.encrypt(user.asString(), password.getBytes(StandardCharsets.UTF_8))).block();
            }
        } catch (Exception e) {
            // The log-in itself has succeeded; only these mechanisms stay unavailable to this user for now.
            LOGGER.warn("no shared secret could be kept for {}", user.asString(), e);
        }
    }

    /** The user's password, or one that nobody knows. It may be out of date. */
    Mono<String> find(Username user) {
        return known(user).switchIfEmpty(Mono.fromCallable(SharedSecrets::nobodys));
    }

    /** James takes it no more. Blocks. */
    void forget(Username user) {
        store.remove(user).block();
    }

    private Mono<String> known(Username user) {
        return store.find(user).flatMap(encrypted -> Mono.justOrEmpty(cipher.decrypt(user.asString(), encrypted)))
            .map(octets -> new String(octets, StandardCharsets.UTF_8));
    }

    private static String nobodys() {
        byte[] octets = new byte[NOBODYS_BYTES];
        RANDOM.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }
}
