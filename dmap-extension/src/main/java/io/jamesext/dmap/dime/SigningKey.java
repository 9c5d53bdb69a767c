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
package io.jamesext.dmap.dime;

import java.security.MessageDigest;
import java.security.SecureRandom;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** A private signing key: the 32 octets that RFC 8032 section 5.1.5 calls the private key. It never shows them in its text. */
public final class SigningKey {
    /** Of a key. */
    public static final int BYTES = 32;

    private final byte[] secret;
    private final VerifyingKey verifyingKey;

    private SigningKey(byte[] secret) {
        this.secret = secret;
        byte[] point = new byte[VerifyingKey.BYTES];
        Ed25519.generatePublicKey(secret, 0, point, 0);
        this.verifyingKey = VerifyingKey.of(point);
    }

    /** A new one. */
    public static SigningKey generate(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new SigningKey(secret);
    }

    /** The key of 32 octets. SYNTAX if there are not so many. */
    public static SigningKey of(byte[] secret) {
        if (secret.length != BYTES) {
            throw new ProtocolException(Failure.SYNTAX, "a private ed25519 key has 32 octets");
        }
        return new SigningKey(secret.clone());
    }

    /** The public half. */
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    /** The signature of these octets, itself 64. */
    public byte[] sign(byte[] data) {
        return sign(data, 0, data.length);
    }

    /** The signature of the octets of the array from one place to another. */
    public byte[] sign(byte[] data, int from, int end) {
        byte[] signature = new byte[VerifyingKey.SIGNATURE_BYTES];
        Ed25519.sign(secret, 0, data, from, end - from, signature, 0);
        return signature;
    }

    /** The secret, for those who store it. */
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKey key && MessageDigest.isEqual(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return verifyingKey.hashCode();
    }

    @Override
    public String toString() {
        return "private key of " + verifyingKey;
    }
}
