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

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.jamesext.dmap.dime.OctetReader;

/** A key of AES-256 in CBC mode without padding, together with its first vector. It never shows them in its text. */
final class ContentKey {
    static final int VECTOR_BYTES = 16;
    static final int KEY_BYTES = 32;

    private final byte[] vector;
    private final byte[] key;

    ContentKey(byte[] vector, byte[] key) {
        this.vector = vector;
        this.key = key;
    }

    static ContentKey generate(SecureRandom random) {
        return new ContentKey(bytes(random, VECTOR_BYTES), bytes(random, KEY_BYTES));
    }

    static byte[] bytes(SecureRandom random, int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    byte[] vector() {
        return vector;
    }

    byte[] key() {
        return key;
    }

    byte[] encrypt(byte[] plain) {
        return run(Cipher.ENCRYPT_MODE, new OctetReader(plain));
    }

    /** What is left of the reader, which is whole blocks. */
    byte[] decrypt(OctetReader encrypted) {
        return run(Cipher.DECRYPT_MODE, encrypted);
    }

    private byte[] run(int mode, OctetReader input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
            return cipher.doFinal(input.rest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CBC cannot fail on whole blocks", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentKey content && MessageDigest.isEqual(key, content.key)
            && MessageDigest.isEqual(vector, content.vector);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return "content key";
    }
}
