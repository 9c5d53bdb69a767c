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

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Private keys, encrypted: what a server keeps for users who do not trust it. PROTOCOL.md section 5.4. Without the secret it is only
 * known whose kind of keys they are and that the object can be what it says.
 */
public final class EncryptedKeys {
    private static final int VECTOR_BYTES = 16;
    private static final int TAG_BYTES = 16;
    private static final int BLOCK_BYTES = 16;
    private static final int PREFIX_BYTES = 4;

    private final ObjectType type;
    private final byte[] body;

    private EncryptedKeys(ObjectType type, byte[] body) {
        this.type = type;
        this.body = body;
    }

    /** Reads encrypted keys. SYNTAX if they cannot be such. */
    public static EncryptedKeys read(byte[] object) {
        ObjectType type = DimeObject.typeOf(object);
        if (type != ObjectType.ENCRYPTED_USER_KEYS && type != ObjectType.ENCRYPTED_ORGANISATION_KEYS) {
            throw new ProtocolException(Failure.SYNTAX, "not encrypted private keys");
        }
        byte[] body = DimeObject.body(object, type, PrivateKeys.MAX_BYTES).rest();
        int encrypted = body.length - VECTOR_BYTES - TAG_BYTES;
        if (encrypted < BLOCK_BYTES || encrypted % BLOCK_BYTES != 0) {
            throw new ProtocolException(Failure.SYNTAX, "encrypted private keys have not a possible length");
        }
        return new EncryptedKeys(type, body);
    }

    /** Encrypts private keys. */
    public static EncryptedKeys encrypt(PrivateKeys keys, ObjectKey key, SecureRandom random) {
        byte[] plain = keys.body();
        int padding = BLOCK_BYTES - (PREFIX_BYTES + plain.length) % BLOCK_BYTES;
        OctetWriter writer = new OctetWriter().number(plain.length, 3).number(padding, 1).octets(plain);
        for (int i = 0; i < padding; i++) {
            writer.number(padding, 1);
        }
        byte[] vector = new byte[VECTOR_BYTES];
        random.nextBytes(vector);
        byte[] sealed;
        try {
            sealed = cipher(Cipher.ENCRYPT_MODE, key, vector).doFinal(writer.toBytes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM cannot fail to encrypt", e);
        }
        int tagAt = sealed.length - TAG_BYTES;
        byte[] tag = key.tag(Arrays.copyOfRange(sealed, tagAt, sealed.length));
        return new EncryptedKeys(keys.type() == ObjectType.USER_KEYS ? ObjectType.ENCRYPTED_USER_KEYS
            : ObjectType.ENCRYPTED_ORGANISATION_KEYS, new OctetWriter().octets(vector).octets(tag).octets(sealed, 0, tagAt).toBytes());
    }

    /** The private keys. NO_PERMISSION if they were not encrypted with this key, or were changed since. */
    public PrivateKeys decrypt(ObjectKey key) {
        OctetReader reader = new OctetReader(body);
        byte[] vector = reader.take(VECTOR_BYTES);
        byte[] tag = key.tag(reader.take(TAG_BYTES));
        byte[] plain;
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, vector);
            plain = cipher.doFinal(new OctetWriter().octets(reader.rest()).octets(tag).toBytes());
        } catch (AEADBadTagException e) {
            throw new ProtocolException(Failure.NO_PERMISSION, "the private keys are not encrypted with this key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM can fail by a wrong tag alone", e);
        }
        OctetReader content = new OctetReader(plain);
        int bytes = content.number(3);
        int padding = content.number(1);
        if (bytes + padding != content.remaining()) {
            throw new ProtocolException(Failure.SYNTAX, "the private keys are not as long as they say");
        }
        ObjectType keys = type == ObjectType.ENCRYPTED_USER_KEYS ? ObjectType.USER_KEYS : ObjectType.ORGANISATION_KEYS;
        return PrivateKeys.readBody(keys, new OctetReader(plain, PREFIX_BYTES, PREFIX_BYTES + bytes));
    }

    /** ENCRYPTED_USER_KEYS or ENCRYPTED_ORGANISATION_KEYS. */
    public ObjectType type() {
        return type;
    }

    /** The object as it is stored and sent. */
    public byte[] toBytes() {
        return DimeObject.write(type, body);
    }

    private static Cipher cipher(int mode, ObjectKey key, byte[] vectorShard) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.cipher(), "AES"), new GCMParameterSpec(8 * TAG_BYTES, key.vector(vectorShard)));
        return cipher;
    }
}
