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

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import org.apache.james.core.Username;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A user's private key under the storage password, beside its certificates, which are public. AES-256-GCM with a key of
 * PBKDF2-HMAC-SHA-512 (RFC 8018). Not PKCS #12, for a file of that holds a check of the password that is far cheaper to try than its key.
 * The seal covers the user and the certificate, so that no row of the table can take the place of another.
 *
 * @param chain the certificate of the key, and those that lead from it to an authority
 * @param iterations how often the password is hashed
 * @param salt of the password
 * @param sealed nonce and key
 */
public record SealedKey(List<X509Certificate> chain, int iterations, byte[] salt, byte[] sealed) {
    /** OWASP's advice for PBKDF2-HMAC-SHA-512: about a third of a second, for each guess too. */
    private static final int ITERATIONS = 210_000;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Copies the certificates. */
    public SealedKey {
        chain = ImmutableList.copyOf(chain);
    }

    /** Seals a key. Blocks for the time of the hashes. */
    public static SealedKey seal(Identity identity, Username user, String password) throws GeneralSecurityException {
        byte[] pkcs8 = identity.key().getEncoded();
        try {
            return seal(pkcs8, identity.chain(), user, password);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    static SealedKey seal(byte[] pkcs8, List<X509Certificate> chain, Username user, String password) throws GeneralSecurityException {
        byte[] salt = random(SALT_BYTES);
        byte[] nonce = random(NONCE_BYTES);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, new SealedKey(chain, ITERATIONS, salt, nonce), user, password).doFinal(pkcs8);
        return new SealedKey(chain, ITERATIONS, salt, join(nonce, sealed));
    }

    /**
     * The key as PKCS #8 has it; whoever gets it wipes it. Blocks for the time of the hashes.
     *
     * @throws ProtocolException when the password is wrong
     */
    byte[] open(Username user, String password) throws GeneralSecurityException {
        try {
            return cipher(Cipher.DECRYPT_MODE, this, user, password).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new ProtocolException(Failure.AUTHENTICATION_FAILED, "wrong storage password");
        }
    }

    private static Cipher cipher(int mode, SealedKey key, Username user, String password) throws GeneralSecurityException {
        PBEKeySpec asked = new PBEKeySpec(password.toCharArray(), key.salt, key.iterations, KEY_BITS);
        byte[] derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(asked).getEncoded();
        asked.clearPassword();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(derived, "AES"), new GCMParameterSpec(TAG_BITS, key.sealed, 0, NONCE_BYTES));
        Arrays.fill(derived, (byte) 0);
        cipher.updateAAD(user.asString().getBytes(StandardCharsets.UTF_8));
        cipher.updateAAD(key.chain.get(0).getEncoded());
        return cipher;
    }

    /** As a setting of the user: what {@link #parse} reads. */
    public String text() throws GeneralSecurityException {
        List<byte[]> parts = new ArrayList<>(List.of(salt, sealed));
        for (X509Certificate certificate : chain) {
            parts.add(certificate.getEncoded());
        }
        return Stream.concat(Stream.of(Integer.toString(iterations)), parts.stream().map(Base64.getEncoder()::encodeToString))
            .collect(Collectors.joining(" "));
    }

    /** From a setting of the user. */
    public static SealedKey parse(String text) throws GeneralSecurityException {
        List<String> parts = Splitter.on(' ').splitToList(text);
        List<X509Certificate> chain = new ArrayList<>();
        for (String part : parts.subList(3, parts.size())) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes(part)));
            chain.add((X509Certificate) certificate);
        }
        return new SealedKey(chain, Integer.parseInt(parts.get(0)), bytes(parts.get(1)), bytes(parts.get(2)));
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static byte[] random(int length) {
        byte[] random = new byte[length];
        RANDOM.nextBytes(random);
        return random;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "sealed key";
    }
}
