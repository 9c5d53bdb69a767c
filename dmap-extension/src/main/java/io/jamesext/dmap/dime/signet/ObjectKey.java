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
package io.jamesext.dmap.dime.signet;

import java.security.MessageDigest;
import java.util.Arrays;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The secret that private keys are encrypted with: 64 octets, as STACIE's realm keys have them. Of these, 16 hide the vector, 16 hide
 * the tag, and 32 are the key of the cipher. It never shows them in its text.
 */
public final class ObjectKey {
    /** Of a key. */
    public static final int BYTES = 64;

    private final byte[] secret;

    private ObjectKey(byte[] secret) {
        this.secret = secret;
    }

    /** The key of 64 octets. SYNTAX if there are not so many. */
    public static ObjectKey of(byte[] secret) {
        if (secret.length != BYTES) {
            throw new ProtocolException(Failure.SYNTAX, "a key for private keys has 64 octets");
        }
        return new ObjectKey(secret.clone());
    }

    byte[] vector(byte[] shard) {
        return xor(shard, 0);
    }

    byte[] tag(byte[] shard) {
        return xor(shard, 16);
    }

    byte[] cipher() {
        return Arrays.copyOfRange(secret, 32, BYTES);
    }

    private byte[] xor(byte[] shard, int from) {
        byte[] result = shard.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= secret[from + i];
        }
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectKey key && MessageDigest.isEqual(secret, key.secret);
    }

    /** The same for all keys, for a secret's hash would tell of it. */
    @Override
    public int hashCode() {
        return BYTES;
    }

    @Override
    public String toString() {
        return "key for private keys";
    }
}
