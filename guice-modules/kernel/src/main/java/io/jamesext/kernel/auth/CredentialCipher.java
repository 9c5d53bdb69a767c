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

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;

/**
 * Encrypts what is kept to log users in, by the key {@code credentialKey} of a server's configuration (AES-256 in GCM): who only has the
 * database has nothing.
 */
public final class CredentialCipher {
    private static final String KEY = "credentialKey";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    private CredentialCipher(SecretKey key) {
        this.key = key;
    }

    /**
     * With the key of a server's configuration, or none where that has none.
     *
     * @throws IllegalArgumentException when it is no key; does not say what it is
     */
    public static Optional<CredentialCipher> of(HierarchicalConfiguration<ImmutableNode> configuration) {
        return Optional.ofNullable(configuration.getString(KEY)).map(text -> new CredentialCipher(key(text.trim())));
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

    /**
     * Encrypts.
     *
     * @param use what it is and whose; nothing else is decrypted with another
     * @return text of its own for each call
     */
    public String encrypt(String use, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, use, nonce).doFinal(secret);
            byte[] both = ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array();
            return Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JRE has AES in GCM", e);
        }
    }

    /** Decrypts; empty for what another key has encrypted, or for another use. */
    public Optional<byte[]> decrypt(String use, String text) {
        try {
            ByteBuffer octets = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            byte[] nonce = new byte[NONCE_BYTES];
            octets.get(nonce);
            byte[] encrypted = new byte[octets.remaining()];
            octets.get(encrypted);
            return Optional.of(cipher(Cipher.DECRYPT_MODE, use, nonce).doFinal(encrypted));
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** 64 octets that are the same on every node and after every start, and that nobody knows who does not have the key. */
    public byte[] derive(String use) {
        HashCode derived = Hashing.hmacSha512(key).hashString(use, StandardCharsets.UTF_8);
        return derived.asBytes();
    }

    private Cipher cipher(int mode, String use, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(use.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
