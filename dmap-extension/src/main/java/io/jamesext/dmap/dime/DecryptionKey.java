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

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;

import org.bouncycastle.util.BigIntegers;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** A private encryption key: a number of 32 octets for secp256k1. It never shows it in its text. */
public final class DecryptionKey {
    /** Of a key, and of what two keys agree on. */
    public static final int BYTES = 32;

    private final byte[] secret;
    private final EncryptionKey encryptionKey;

    private DecryptionKey(BigInteger number) {
        this.secret = BigIntegers.asUnsignedByteArray(BYTES, number);
        this.encryptionKey = new EncryptionKey(EncryptionKey.CURVE.getG().multiply(number).normalize());
    }

    /** A new one. */
    public static DecryptionKey generate(SecureRandom random) {
        BigInteger last = EncryptionKey.CURVE.getN().subtract(BigInteger.ONE);
        return new DecryptionKey(BigIntegers.createRandomInRange(BigInteger.ONE, last, random));
    }

    /** The key of 32 octets. SYNTAX if there are not so many, or if the number is 0 or not below the order of the curve. */
    public static DecryptionKey of(byte[] secret) {
        BigInteger number = new BigInteger(1, secret);
        if (secret.length != BYTES || number.signum() == 0 || number.compareTo(EncryptionKey.CURVE.getN()) >= 0) {
            throw new ProtocolException(Failure.SYNTAX, "not a private key of secp256k1");
        }
        return new DecryptionKey(number);
    }

    /** The public half. */
    public EncryptionKey encryptionKey() {
        return encryptionKey;
    }

    /** What the two owners have in common (ECDH, SEC 1 section 3.3.1): the first coordinate, 32 octets. */
    public byte[] agree(EncryptionKey other) {
        return other.point().multiply(new BigInteger(1, secret)).normalize().getAffineXCoord().getEncoded();
    }

    /** The secret, for those who store it. */
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DecryptionKey key && MessageDigest.isEqual(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return encryptionKey.hashCode();
    }

    @Override
    public String toString() {
        return "private key of " + encryptionKey;
    }
}
