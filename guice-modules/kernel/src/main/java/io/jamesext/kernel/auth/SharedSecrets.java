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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.core.Username;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;

/**
 * The passwords of users for mechanisms that cannot do without: James keeps only hashes. Only where the operator gives a key, with which
 * they are encrypted (AES-256 in GCM, bound to the user's name). Filled when a user logs in with the clear password.
 */
final class SharedSecrets {
    private static final Logger LOGGER = LoggerFactory.getLogger(SharedSecrets.class);
    private static final String KEY = "credentialKey";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;
    private final CredentialStore store;

    private SharedSecrets(SecretKey key, CredentialStore store) {
        this.key = key;
        this.store = store;
    }

    /**
     * With the key of a server's configuration, or none where that has none.
     *
     * @throws IllegalArgumentException when it is no key; does not say what it is
     */
    static Optional<SharedSecrets> of(HierarchicalConfiguration<ImmutableNode> configuration, CredentialStore store) {
        return Optional.ofNullable(configuration.getString(KEY)).map(text -> new SharedSecrets(key(text.trim()), store));
    }

    private static SecretKey key(String text) {
        IllegalArgumentException refused = new IllegalArgumentException("key `" + KEY + "`: expected " + KEY_BYTES
            + " random octets in base64, as `openssl rand -base64 " + KEY_BYTES + "` writes them");
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Without its cause, which would quote the key.
            throw refused;
        }
        if (octets.length != KEY_BYTES) {
            throw refused;
        }
        return new SecretKeySpec(octets, "AES");
    }

    /** Keeps a password that was just found right, unless it is there. Blocks. */
    void remember(Username user, String password) {
        try {
            // No key can be made from no password.
            if (!password.isEmpty() && known(user).filter(password::equals).blockOptional().isEmpty()) {
                store.put(user, encrypt(user, password)).block();
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
        return store.find(user).flatMap(encrypted -> Mono.justOrEmpty(decrypt(user, encrypted)));
    }

    private static String nobodys() {
        byte[] octets = new byte[KEY_BYTES];
        RANDOM.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }

    private String encrypt(Username user, String password) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, user, nonce).doFinal(password.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array());
    }

    /** Empty for what another key has encrypted, or for another user. */
    private Optional<String> decrypt(Username user, String text) {
        try {
            ByteBuffer octets = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            byte[] nonce = new byte[NONCE_BYTES];
            octets.get(nonce);
            byte[] encrypted = new byte[octets.remaining()];
            octets.get(encrypted);
            return Optional.of(new String(cipher(Cipher.DECRYPT_MODE, user, nonce).doFinal(encrypted), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | RuntimeException e) {
            LOGGER.debug("the shared secret of {} is not one of this key", user.asString());
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, Username user, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(user.asString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
