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

import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.dmap.stacie.RealmKey;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Private keys, encrypted: what a server keeps for users who do not trust it. PROTOCOL.md section 5.4. Without the secret it is only
 * known whose kind of keys they are and that the object can be what it says.
 */
public final class EncryptedKeys {
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
        if (!RealmKey.fits(body)) {
            throw new ProtocolException(Failure.SYNTAX, "encrypted private keys have not a possible length");
        }
        return new EncryptedKeys(type, body);
    }

    /** Encrypts private keys. */
    public static EncryptedKeys encrypt(PrivateKeys keys, RealmKey key) {
        return new EncryptedKeys(keys.type() == ObjectType.USER_KEYS ? ObjectType.ENCRYPTED_USER_KEYS
            : ObjectType.ENCRYPTED_ORGANISATION_KEYS, key.encrypt(keys.body()));
    }

    /** The private keys. NO_PERMISSION if they were not encrypted with this key, or were changed since. */
    public PrivateKeys decrypt(RealmKey key) {
        ObjectType keys = type == ObjectType.ENCRYPTED_USER_KEYS ? ObjectType.USER_KEYS : ObjectType.ORGANISATION_KEYS;
        try {
            return PrivateKeys.readBody(keys, new OctetReader(key.decrypt(body)));
        } catch (GeneralSecurityException e) {
            throw new ProtocolException(Failure.NO_PERMISSION, "the private keys are not encrypted with this key");
        }
    }

    /** ENCRYPTED_USER_KEYS or ENCRYPTED_ORGANISATION_KEYS. */
    public ObjectType type() {
        return type;
    }

    /** The object as it is stored and sent. */
    public byte[] toBytes() {
        return DimeObject.write(type, body);
    }
}
