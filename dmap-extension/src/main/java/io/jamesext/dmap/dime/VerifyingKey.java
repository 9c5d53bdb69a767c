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

import java.util.Arrays;
import java.util.Base64;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** The public half of a signing key: ed25519 (RFC 8032 section 5.1), without context and without hashing before. */
public final class VerifyingKey {
    /** Of a key. */
    public static final int BYTES = 32;
    /** Of a signature. */
    public static final int SIGNATURE_BYTES = 64;

    private final byte[] octets;

    private VerifyingKey(byte[] octets) {
        this.octets = octets;
    }

    /** The key of 32 octets. SYNTAX if there are not so many. Octets that are no point of the curve make a key that verifies nothing. */
    public static VerifyingKey of(byte[] octets) {
        if (octets.length != BYTES) {
            throw new ProtocolException(Failure.SYNTAX, "an ed25519 key has 32 octets");
        }
        return new VerifyingKey(octets.clone());
    }

    /** Its 32 octets. */
    public byte[] toBytes() {
        return octets.clone();
    }

    /** Whether its owner signed these octets. */
    public boolean verifies(byte[] signature, byte[] data) {
        return verifies(signature, data, 0, data.length);
    }

    /** Whether its owner signed the octets of the array from one place to another. */
    public boolean verifies(byte[] signature, byte[] data, int from, int end) {
        return signature.length == SIGNATURE_BYTES && Ed25519.verify(signature, 0, octets, 0, data, from, end - from);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey key && Arrays.equals(octets, key.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "ed25519 " + Base64.getEncoder().withoutPadding().encodeToString(octets);
    }
}
