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

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.dime.DecryptionKey;
import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The private keys of a user or of an organisation. PROTOCOL.md section 5.4.
 *
 * @param type USER_KEYS or ORGANISATION_KEYS
 * @param signingKey for signatures; an organisation's primary one
 * @param secondary an organisation's further ones, in the order of its signet; empty for users
 * @param decryptionKey for messages
 */
public record PrivateKeys(ObjectType type, SigningKey signingKey, ImmutableList<SigningKey> secondary, DecryptionKey decryptionKey) {
    /** The longest object that is read. */
    public static final int MAX_BYTES = 4096;
    private static final int SIGNING_KEY = 1;
    private static final int SECONDARY_KEY = 2;

    /** Checks that the type is one of the two, and that only an organisation has secondary keys. */
    public PrivateKeys {
        if (type != ObjectType.ORGANISATION_KEYS && (type != ObjectType.USER_KEYS || !secondary.isEmpty())) {
            throw new ProtocolException(Failure.SYNTAX, "not the private keys of a user or of an organisation");
        }
    }

    /** New keys for a user. */
    public static PrivateKeys generateUser(SecureRandom random) {
        return new PrivateKeys(ObjectType.USER_KEYS, SigningKey.generate(random), ImmutableList.of(), DecryptionKey.generate(random));
    }

    /** New keys for an organisation, without secondary ones. */
    public static PrivateKeys generateOrganisation(SecureRandom random) {
        return new PrivateKeys(ObjectType.ORGANISATION_KEYS, SigningKey.generate(random), ImmutableList.of(),
            DecryptionKey.generate(random));
    }

    /** Reads private keys that are not encrypted. SYNTAX if they are none. */
    public static PrivateKeys read(byte[] object) {
        ObjectType type = DimeObject.typeOf(object);
        if (type != ObjectType.USER_KEYS && type != ObjectType.ORGANISATION_KEYS) {
            throw new ProtocolException(Failure.SYNTAX, "not private keys");
        }
        return readBody(type, DimeObject.body(object, type, MAX_BYTES));
    }

    static PrivateKeys readBody(ObjectType type, OctetReader reader) {
        SigningKey signingKey = SigningKey.of(value(reader, SIGNING_KEY, 1));
        List<SigningKey> secondary = new ArrayList<>();
        int id = reader.number(1);
        while (type == ObjectType.ORGANISATION_KEYS && id == SECONDARY_KEY) {
            secondary.add(SigningKey.of(reader.take(reader.number(1))));
            id = reader.number(1);
        }
        if (id != decryptionKeyField(type)) {
            throw new ProtocolException(Failure.SYNTAX, "private keys lack the key for messages");
        }
        DecryptionKey decryptionKey = DecryptionKey.of(reader.take(reader.number(2)));
        if (reader.remaining() > 0) {
            throw new ProtocolException(Failure.SYNTAX, "private keys have a field too many");
        }
        return new PrivateKeys(type, signingKey, ImmutableList.copyOf(secondary), decryptionKey);
    }

    /** The keys as they are stored. Not encrypted. */
    public byte[] toBytes() {
        return DimeObject.write(type, body());
    }

    byte[] body() {
        OctetWriter writer = new OctetWriter().number(SIGNING_KEY, 1).number(SigningKey.BYTES, 1).octets(signingKey.secret());
        secondary.forEach(key -> writer.number(SECONDARY_KEY, 1).number(SigningKey.BYTES, 1).octets(key.secret()));
        return writer.number(decryptionKeyField(type), 1).number(DecryptionKey.BYTES, 2).octets(decryptionKey.secret()).toBytes();
    }

    private static byte[] value(OctetReader reader, int id, int lengthBytes) {
        if (reader.number(1) != id) {
            throw new ProtocolException(Failure.SYNTAX, "private keys lack field " + id);
        }
        return reader.take(reader.number(lengthBytes));
    }

    private static int decryptionKeyField(ObjectType type) {
        return type == ObjectType.ORGANISATION_KEYS ? 3 : 2;
    }
}
