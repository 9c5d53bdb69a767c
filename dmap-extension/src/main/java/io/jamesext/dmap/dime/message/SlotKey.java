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
package io.jamesext.dmap.dime.message;

import java.security.SecureRandom;
import java.util.Arrays;

import com.google.common.hash.Hashing;

import io.jamesext.dmap.dime.DecryptionKey;
import io.jamesext.dmap.dime.EncryptionKey;
import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.dmap.dime.OctetWriter;

/**
 * What an actor's key slots are encrypted with. The author makes it of the message's ephemeral private key and the actor's public one,
 * the actor of the own private key and the ephemeral public one.
 */
final class SlotKey {
    private final ContentKey key;

    private SlotKey(ContentKey key) {
        this.key = key;
    }

    /** SHA-512 over the common secret: its second half is the key, and the two quarters before, one xor the other, the vector. */
    static SlotKey between(DecryptionKey mine, EncryptionKey theirs) {
        byte[] hash = Hashing.sha512().hashBytes(mine.agree(theirs)).asBytes();
        byte[] vector = xor(Arrays.copyOfRange(hash, 0, 16), Arrays.copyOfRange(hash, 16, 32));
        return new SlotKey(new ContentKey(vector, Arrays.copyOfRange(hash, 32, 64)));
    }

    /** A slot: random octets, the vector xor these, the key; encrypted. */
    byte[] seal(ContentKey content, SecureRandom random) {
        byte[] mask = ContentKey.bytes(random, ContentKey.VECTOR_BYTES);
        return key.encrypt(new OctetWriter().octets(mask).octets(xor(mask, content.vector())).octets(content.key()).toBytes());
    }

    /** The content key of a slot of 64 octets; another one if the slot is not this actor's. */
    ContentKey open(byte[] slot) {
        OctetReader reader = new OctetReader(key.decrypt(new OctetReader(slot)));
        byte[] mask = reader.take(ContentKey.VECTOR_BYTES);
        byte[] vector = xor(mask, reader.take(ContentKey.VECTOR_BYTES));
        return new ContentKey(vector, reader.rest());
    }

    private static byte[] xor(byte[] one, byte[] other) {
        byte[] result = one.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= other[i];
        }
        return result;
    }

    @Override
    public String toString() {
        return "slot key";
    }
}
