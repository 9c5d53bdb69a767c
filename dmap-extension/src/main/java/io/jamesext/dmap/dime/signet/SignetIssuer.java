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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Makes signets, level by level. Each step signs all fields that are there by then. */
public final class SignetIssuer {
    private SignetIssuer() {
    }

    /** A user's first request. */
    public static Signet request(PrivateKeys keys) {
        return signedRequest(publicKeys(keys), keys);
    }

    /** A user's request for new keys, signed with the key that was used before. */
    public static Signet renewal(PrivateKeys keys, SigningKey previous) {
        List<Field> fields = publicKeys(keys);
        return signedRequest(sign(ObjectType.SIGNING_REQUEST, fields, FieldShape.CUSTODY_SIGNATURE, previous), keys);
    }

    /** An organisation's signet of level CRYPTO. */
    public static Signet organisation(PrivateKeys keys, List<SecondaryKey> secondary) {
        if (keys.type() != ObjectType.ORGANISATION_KEYS) {
            throw new ProtocolException(Failure.SYNTAX, "these are not the keys of an organisation");
        }
        List<Field> fields = publicKeys(keys);
        fields.addAll(1, secondary.stream().map(key -> Field.of(FieldShape.SECONDARY_KEY, key.toBytes())).toList());
        ObjectType type = ObjectType.ORGANISATION_SIGNET;
        return Signet.of(type, sign(type, fields, FieldShape.cryptoSignature(type), keys.signingKey()));
    }

    /**
     * The signet of level CRYPTO that a request asks for.
     *
     * @param organisation a key that may sign signets
     * @return the signet; SYNTAX if the request is not one, or not signed with the key in it
     */
    public static Signet user(Signet request, SigningKey organisation) {
        if (request.type() != ObjectType.SIGNING_REQUEST || !SignetSignatures.isSelfSigned(request)) {
            throw new ProtocolException(Failure.SYNTAX, "not a signing request with its owner's signature");
        }
        ObjectType type = ObjectType.USER_SIGNET;
        return Signet.of(type, sign(type, request.fields(), FieldShape.cryptoSignature(type), organisation));
    }

    /**
     * A signet of level FULL.
     *
     * @param signet of level CRYPTO
     * @param information fields from 16 to 252, in the order of their numbers
     * @param organisation the organisation's primary key, or for a user's signet one that may sign signets
     */
    public static Signet full(Signet signet, List<Field> information, SigningKey organisation) {
        level(signet, SignetLevel.CRYPTO);
        List<Field> fields = new ArrayList<>(signet.fields());
        fields.addAll(information);
        return Signet.of(signet.type(), sign(signet.type(), fields, FieldShape.FULL_SIGNATURE, organisation));
    }

    /**
     * A signet of level IDENTIFIED.
     *
     * @param signet of level FULL
     * @param identifier the user's address or the organisation's domain, at most 255 octets of UTF-8
     * @param organisation as in {@link #full}
     */
    public static Signet identified(Signet signet, String identifier, SigningKey organisation) {
        level(signet, SignetLevel.FULL);
        List<Field> fields = new ArrayList<>(signet.fields());
        fields.add(Field.of(FieldShape.IDENTIFIER, identifier.getBytes(StandardCharsets.UTF_8)));
        return Signet.of(signet.type(), sign(signet.type(), fields, FieldShape.IDENTIFIER_SIGNATURE, organisation));
    }

    private static Signet signedRequest(List<Field> fields, PrivateKeys keys) {
        if (keys.type() != ObjectType.USER_KEYS) {
            throw new ProtocolException(Failure.SYNTAX, "these are not the keys of a user");
        }
        ObjectType type = ObjectType.SIGNING_REQUEST;
        return Signet.of(type, sign(type, fields, FieldShape.OWNER_SIGNATURE, keys.signingKey()));
    }

    private static List<Field> publicKeys(PrivateKeys keys) {
        ObjectType type = keys.type() == ObjectType.ORGANISATION_KEYS ? ObjectType.ORGANISATION_SIGNET : ObjectType.USER_SIGNET;
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of(FieldShape.SIGNING_KEY, Signet.writeSigningKey(keys.signingKey().verifyingKey())));
        fields.add(Field.of(FieldShape.encryptionKey(type), keys.decryptionKey().encryptionKey().toBytes()));
        return fields;
    }

    private static List<Field> sign(ObjectType type, List<Field> fields, int signatureField, SigningKey key) {
        List<Field> signed = new ArrayList<>(fields);
        signed.add(Field.of(signatureField, key.sign(Signet.write(type, fields))));
        return signed;
    }

    private static void level(Signet signet, SignetLevel level) {
        if (signet.level() != level) {
            throw new ProtocolException(Failure.SYNTAX, "the signet is not of level " + level);
        }
    }
}
