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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.EncryptionKey;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.dmap.dime.VerifyingKey;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The public keys of a user or of an organisation with signatures, or the request for such a signature. PROTOCOL.md section 5.3.
 * A signet that exists has its fields in order, the keys and signatures of its level, and nothing behind the last signature; whether
 * the signatures are right is for {@link SignetSignatures} to say. Fields without a meaning are kept: what is read is written again
 * octet by octet.
 */
public final class Signet {
    /** The longest signet that is read. Its header could say 16 MiB; the only long field is a picture. */
    public static final int MAX_BYTES = 256 * 1024;
    /** The most fields, so that a signet of empty ones does not become a huge list. */
    public static final int MAX_FIELDS = 1024;
    /** The most secondary keys, for each may have to be tried on each signature. */
    public static final int MAX_SECONDARY_KEYS = 32;
    /** Stands before ed25519 keys in signets: the only format there is. */
    private static final int ED25519 = 0x40;

    private final ObjectType type;
    private final byte[] body;
    private final ImmutableList<Field> fields;

    private Signet(ObjectType type, byte[] body, ImmutableList<Field> fields) {
        this.type = type;
        this.body = body;
        this.fields = fields;
    }

    /** Reads a signet, of whichever of the three types. SYNTAX if it is none, TOO_BIG if it is longer or has more fields than it may. */
    public static Signet read(byte[] object) {
        ObjectType type = DimeObject.typeOf(object);
        if (type != ObjectType.SIGNING_REQUEST && type != ObjectType.USER_SIGNET && type != ObjectType.ORGANISATION_SIGNET) {
            throw new ProtocolException(Failure.SYNTAX, "not a signet");
        }
        byte[] body = DimeObject.body(object, type, MAX_BYTES).rest();
        List<Field> fields = new ArrayList<>();
        OctetReader reader = new OctetReader(body);
        while (reader.remaining() > 0) {
            if (fields.size() == MAX_FIELDS) {
                throw new ProtocolException(Failure.TOO_BIG, "the signet has more than " + MAX_FIELDS + " fields");
            }
            fields.add(Field.read(type, reader));
        }
        return checked(type, body, fields);
    }

    /** A signet of these fields, in their order. */
    static Signet of(ObjectType type, List<Field> fields) {
        return checked(type, write(type, fields), fields);
    }

    /** The fields as they stand in an object of the type. */
    static byte[] write(ObjectType type, List<Field> fields) {
        OctetWriter writer = new OctetWriter();
        fields.forEach(field -> field.write(type, writer));
        if (writer.size() > MAX_BYTES - type.headerBytes() || fields.size() > MAX_FIELDS) {
            throw new ProtocolException(Failure.TOO_BIG, "the signet would be too long");
        }
        return writer.toBytes();
    }

    private static Signet checked(ObjectType type, byte[] body, List<Field> fields) {
        for (int i = 1; i < fields.size(); i++) {
            int before = fields.get(i - 1).id();
            int id = fields.get(i).id();
            if (id < before || id == before && !FieldShape.of(type, id).repeatable()) {
                throw new ProtocolException(Failure.SYNTAX, "field " + id + " of the signet stands twice or behind a higher number");
            }
        }
        Signet signet = new Signet(type, body, ImmutableList.copyOf(fields));
        signet.checkKeys();
        signet.checkSignatures();
        return signet;
    }

    private void checkKeys() {
        signingKey();
        encryptionKey();
        if (secondaryKeys().size() > MAX_SECONDARY_KEYS) {
            throw new ProtocolException(Failure.TOO_BIG, "the signet has more than " + MAX_SECONDARY_KEYS + " secondary keys");
        }
        identifier();
    }

    private void checkSignatures() {
        if (type != ObjectType.ORGANISATION_SIGNET) {
            required(FieldShape.OWNER_SIGNATURE);
        }
        if (type == ObjectType.SIGNING_REQUEST) {
            return;
        }
        required(FieldShape.cryptoSignature(type));
        // What stands behind the last signature is nobody's word.
        int last = fields.get(fields.size() - 1).id();
        if (last != FieldShape.cryptoSignature(type)) {
            required(FieldShape.FULL_SIGNATURE);
            if (last != FieldShape.FULL_SIGNATURE) {
                required(FieldShape.IDENTIFIER);
                required(FieldShape.IDENTIFIER_SIGNATURE);
            }
        }
    }

    /** SIGNING_REQUEST, USER_SIGNET or ORGANISATION_SIGNET. */
    public ObjectType type() {
        return type;
    }

    /** How far it is signed, judged by the fields that are there. */
    public SignetLevel level() {
        if (type == ObjectType.SIGNING_REQUEST) {
            return SignetLevel.REQUEST;
        }
        return switch (fields.get(fields.size() - 1).id()) {
            case FieldShape.FULL_SIGNATURE -> SignetLevel.FULL;
            case FieldShape.IDENTIFIER_SIGNATURE -> SignetLevel.IDENTIFIED;
            default -> SignetLevel.CRYPTO;
        };
    }

    /** All fields, in order. */
    public ImmutableList<Field> fields() {
        return fields;
    }

    /** The value of the first field of this number. */
    public Optional<byte[]> value(int id) {
        return fields.stream().filter(field -> field.id() == id).findFirst().map(Field::value);
    }

    /** The owner's key for signatures; an organisation's primary one. */
    public VerifyingKey signingKey() {
        return readSigningKey(required(FieldShape.SIGNING_KEY));
    }

    /** An organisation's further keys for signatures; empty for users. */
    public ImmutableList<SecondaryKey> secondaryKeys() {
        return type != ObjectType.ORGANISATION_SIGNET ? ImmutableList.of()
            : fields.stream().filter(field -> field.id() == FieldShape.SECONDARY_KEY).map(field -> SecondaryKey.read(field.value()))
                .collect(ImmutableList.toImmutableList());
    }

    /** All keys whose signature under such a thing counts: the signing key, and secondary ones with that permission. */
    public ImmutableList<VerifyingKey> keysFor(Permission permission) {
        return ImmutableList.<VerifyingKey>builder().add(signingKey())
            .addAll(secondaryKeys().stream().filter(key -> key.may(permission)).map(SecondaryKey::key).iterator()).build();
    }

    /** The key that messages to the owner are encrypted to. */
    public EncryptionKey encryptionKey() {
        return EncryptionKey.of(required(FieldShape.encryptionKey(type)));
    }

    /** Whose signet it says it is: an address, or a domain. There at level IDENTIFIED alone. */
    public Optional<String> identifier() {
        return value(FieldShape.IDENTIFIER).map(Signet::utf8);
    }

    /** Whether it bears the signature of an older key of the owner. */
    public boolean hasCustodySignature() {
        return type != ObjectType.ORGANISATION_SIGNET && value(FieldShape.CUSTODY_SIGNATURE).isPresent();
    }

    /**
     * Its name at a level. A request and the user signet that comes of it have the same one at level REQUEST, which is the key id
     * of DMAP's key ring. NOT_SUPPORTED if the signet has not that level; an organisation's has no level REQUEST.
     */
    public Fingerprint fingerprint(SignetLevel level) {
        return Fingerprint.of(body, bytesUpTo(lastField(level)));
    }

    /** Whether this is its fingerprint at any level that it has. */
    public boolean isNamed(Fingerprint name) {
        return Arrays.stream(SignetLevel.values())
            .filter(level -> level.compareTo(level()) <= 0)
            .filter(level -> level != SignetLevel.REQUEST || type != ObjectType.ORGANISATION_SIGNET)
            .anyMatch(level -> fingerprint(level).equals(name));
    }

    /** The same signet without what lies above a level. NOT_SUPPORTED if it has not that level. */
    public Signet reducedTo(SignetLevel level) {
        int last = lastField(level);
        ObjectType reduced = level == SignetLevel.REQUEST ? ObjectType.SIGNING_REQUEST : type;
        return of(reduced, fields.stream().filter(field -> field.id() <= last).toList());
    }

    /** The signet as it is stored and sent. */
    public byte[] toBytes() {
        return DimeObject.write(type, body);
    }

    /** Whether the signature in this field is the key's, over all fields before it. */
    boolean isSigned(int signatureField, VerifyingKey key) {
        return value(signatureField).filter(signature -> key.verifies(signature, body, 0, bytesUpTo(signatureField - 1))).isPresent();
    }

    private int lastField(SignetLevel level) {
        if (level.compareTo(level()) > 0 || level == SignetLevel.REQUEST && type == ObjectType.ORGANISATION_SIGNET) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "the signet is not of that level");
        }
        return switch (level) {
            case REQUEST -> FieldShape.OWNER_SIGNATURE;
            case CRYPTO -> FieldShape.cryptoSignature(type);
            case FULL -> FieldShape.FULL_SIGNATURE;
            case IDENTIFIED -> FieldShape.IDENTIFIER_SIGNATURE;
        };
    }

    private int bytesUpTo(int id) {
        return fields.stream().filter(field -> field.id() <= id).mapToInt(field -> field.bytes(type)).sum();
    }

    private byte[] required(int id) {
        return value(id).orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "the signet lacks field " + id));
    }

    static VerifyingKey readSigningKey(byte[] value) {
        if (value.length != 1 + VerifyingKey.BYTES || value[0] != ED25519) {
            throw new ProtocolException(Failure.SYNTAX, "a signing key in a signet is the octet 64 and 32 octets of ed25519");
        }
        return VerifyingKey.of(Arrays.copyOfRange(value, 1, value.length));
    }

    static byte[] writeSigningKey(VerifyingKey key) {
        return new OctetWriter().number(ED25519, 1).octets(key.toBytes()).toBytes();
    }

    private static String utf8(byte[] value) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException(Failure.SYNTAX, "the identifier of the signet is not UTF-8");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signet signet && type == signet.type && Arrays.equals(body, signet.body);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return type + " " + Fingerprint.of(body, body.length);
    }
}
