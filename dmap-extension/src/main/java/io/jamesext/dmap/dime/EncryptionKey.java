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

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** The public half of an encryption key: a point of secp256k1 (SEC 2 section 2.4.1), compressed (SEC 1 section 2.3.3). */
public final class EncryptionKey {
    /** Of a key: 2 or 3, and the first coordinate. */
    public static final int BYTES = 33;

    /** Of all keys. */
    static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

    private final ECPoint point;

    EncryptionKey(ECPoint point) {
        this.point = point;
    }

    /** The key of 33 octets. SYNTAX if they are not a point of the curve. */
    public static EncryptionKey of(byte[] octets) {
        if (octets.length == BYTES) {
            try {
                return new EncryptionKey(CURVE.getCurve().decodePoint(octets));
            } catch (IllegalArgumentException e) {
                // Told below.
            }
        }
        throw new ProtocolException(Failure.SYNTAX, "the encryption key is not a compressed point of secp256k1");
    }

    /** Its 33 octets. */
    public byte[] toBytes() {
        return point.getEncoded(true);
    }

    ECPoint point() {
        return point;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncryptionKey key && Arrays.equals(toBytes(), key.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        return "secp256k1 " + Base64.getEncoder().withoutPadding().encodeToString(toBytes());
    }
}
