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
package io.jamesext.dmap.stacie;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a realm, that is, of one kind of a user's data such as {@code mail}: the client encrypts by it what the server keeps. It needs
 * the password, by way of the master key, and the realm's shard, which the server keeps and which is worth nothing alone.
 */
public final class RealmKey {
    /** The longest data of a box: its length has three octets. */
    public static final int MOST_DATA = (1 << 24) - 1;

    private static final int BLOCK = 16;
    private static final int SERIAL = 2;
    /** Vector and tag: what stands before the encrypted data. */
    private static final int ENVELOPE = 2 * BLOCK;
    /** Length and padding's length: what stands before the data. */
    private static final int HEAD = 4;
    private static final int MOST_SERIAL = 0xFFFF;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] vector;
    private final byte[] tag;
    private final byte[] cipher;

    private RealmKey(byte[] key) {
        this.vector = Arrays.copyOf(key, BLOCK);
        this.tag = Arrays.copyOfRange(key, BLOCK, 2 * BLOCK);
        this.cipher = Arrays.copyOfRange(key, 2 * BLOCK, key.length);
    }

    /**
     * The key of a realm.
     *
     * @param masterKey the user's, of 64 octets
     * @param realm the realm's name
     * @param shard the realm's, of 64 octets
     */
    public static RealmKey of(byte[] masterKey, String realm, byte[] shard) {
        Stacie.expect(masterKey, Stacie.KEY);
        Stacie.expect(shard, Stacie.KEY);
        MessageDigest digest = Stacie.sha512();
        digest.update(masterKey);
        digest.update(realm.getBytes(StandardCharsets.UTF_8));
        return new RealmKey(xor(digest.digest(shard), shard));
    }

    /** The key of these 64 octets, as {@link #octets} gives them. */
    public static RealmKey of(byte[] octets) {
        Stacie.expect(octets, Stacie.KEY);
        return new RealmKey(octets);
    }

    /** Its 64 octets: 16 for the vector, 16 for the tag, 32 for the cipher. */
    byte[] octets() {
        return ByteBuffer.allocate(Stacie.KEY).put(vector).put(tag).put(cipher).array();
    }

    /**
     * Encrypts.
     *
     * @param serial of the shard in use, 0 to 65535
     * @param data of 1 to {@link #MOST_DATA} octets
     * @return the box: the serial, and what {@link #encrypt} gives
     */
    public byte[] seal(int serial, byte[] data) {
        if (serial < 0 || serial > MOST_SERIAL) {
            throw new IllegalArgumentException("serial out of bounds");
        }
        byte[] encrypted = encrypt(data);
        return ByteBuffer.allocate(SERIAL + encrypted.length).putShort((short) serial).put(encrypted).array();
    }

    /**
     * Decrypts a box, whatever its serial.
     *
     * @return the data
     * @throws GeneralSecurityException when the box is not one of this key, or was changed, or has wrong lengths
     */
    public byte[] open(byte[] box) throws GeneralSecurityException {
        if (box.length < SERIAL) {
            throw new GeneralSecurityException("no box");
        }
        return decrypt(Arrays.copyOfRange(box, SERIAL, box.length));
    }

    /**
     * Encrypts without a serial: as private keys of DIME are.
     *
     * @param data of 1 to {@link #MOST_DATA} octets
     * @return vector and tag, each without the realm's part of it, and the data with its length and padding in AES-256-GCM
     */
    public byte[] encrypt(byte[] data) {
        if (data.length < 1 || data.length > MOST_DATA) {
            throw new IllegalArgumentException("data out of bounds");
        }
        int padding = BLOCK - (data.length + HEAD) % BLOCK;
        byte[] plain = ByteBuffer.allocate(HEAD + data.length + padding).putInt(data.length << 8 | padding).put(data).array();
        Arrays.fill(plain, HEAD + data.length, plain.length, (byte) padding);
        byte[] ownVector = new byte[BLOCK];
        RANDOM.nextBytes(ownVector);
        try {
            byte[] sealed = gcm(Cipher.ENCRYPT_MODE, ownVector).doFinal(plain);
            byte[] sealedTag = Arrays.copyOfRange(sealed, plain.length, sealed.length);
            return ByteBuffer.allocate(ENVELOPE + plain.length).put(ownVector).put(xor(sealedTag, tag))
                .put(sealed, 0, plain.length).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JRE has AES in GCM", e);
        }
    }

    /** Whether octets are as long as what {@link #encrypt} gives can be. */
    public static boolean fits(byte[] encrypted) {
        int length = encrypted.length - ENVELOPE;
        return length >= BLOCK && length % BLOCK == 0;
    }

    /** Decrypts what {@link #encrypt} gave; errors as {@link #open}. */
    public byte[] decrypt(byte[] encrypted) throws GeneralSecurityException {
        if (!fits(encrypted)) {
            throw new GeneralSecurityException("no box");
        }
        int length = encrypted.length - ENVELOPE;
        byte[] ownVector = Arrays.copyOf(encrypted, BLOCK);
        byte[] sealedTag = xor(Arrays.copyOfRange(encrypted, BLOCK, ENVELOPE), tag);
        byte[] plain = gcm(Cipher.DECRYPT_MODE, ownVector)
            .doFinal(ByteBuffer.allocate(length + BLOCK).put(encrypted, ENVELOPE, length).put(sealedTag).array());
        int head = ByteBuffer.wrap(plain).getInt();
        int data = head >>> 8;
        int padding = head & 0xFF;
        boolean isWhole = padding >= 1 && padding <= BLOCK && HEAD + data + padding == plain.length;
        for (int i = HEAD + data; isWhole && i < plain.length; i++) {
            isWhole = plain[i] == padding;
        }
        if (!isWhole) {
            throw new GeneralSecurityException("wrong lengths in the box");
        }
        return Arrays.copyOfRange(plain, HEAD, HEAD + data);
    }

    private Cipher gcm(int mode, byte[] ownVector) throws GeneralSecurityException {
        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
        gcm.init(mode, new SecretKeySpec(cipher, "AES"), new GCMParameterSpec(BLOCK * Byte.SIZE, xor(ownVector, vector)));
        return gcm;
    }

    private static byte[] xor(byte[] left, byte[] right) {
        byte[] result = new byte[left.length];
        for (int i = 0; i < left.length; i++) {
            result[i] = (byte) (left[i] ^ right[i]);
        }
        return result;
    }

    @Override
    public String toString() {
        return "RealmKey";
    }
}
