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

import java.util.Set;

import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.VerifyingKey;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * How the fields of a signet are cut, which goes by their numbers. It is known for numbers that have no meaning yet, too, so these
 * can be passed over and kept; but not for those between the last signature of the keys and 16.
 *
 * @param lengthBytes how many octets the length of the value has; 0 if the value is a signature, which has no length
 * @param repeatable whether there may be several in one signet
 */
record FieldShape(int lengthBytes, boolean repeatable) {
    static final int SIGNING_KEY = 1;
    static final int CUSTODY_SIGNATURE = 4;
    static final int OWNER_SIGNATURE = 5;
    static final int FIRST_INFORMATION = 16;
    static final int NAMED = 251;
    static final int IMAGE = 252;
    static final int FULL_SIGNATURE = 253;
    static final int IDENTIFIER = 254;
    static final int IDENTIFIER_SIGNATURE = 255;

    /** The organisation's number of secondary keys is the user's number of the encryption key. */
    static final int SECONDARY_KEY = 2;
    private static final int USER_ALTERNATE_KEY = 3;
    private static final int FIRST_LONG = 160;
    private static final int PHONE = 21;
    private static final int USER_ENDORSEMENT = 202;

    static FieldShape of(ObjectType type, int id) {
        boolean organisation = type == ObjectType.ORGANISATION_SIGNET;
        Set<Integer> repeatable = organisation ? Set.of(SECONDARY_KEY, PHONE, NAMED)
            : Set.of(USER_ALTERNATE_KEY, PHONE, USER_ENDORSEMENT, NAMED);
        return new FieldShape(lengthBytes(type, id), repeatable.contains(id));
    }

    /** The number of the encryption key. */
    static int encryptionKey(ObjectType type) {
        return type == ObjectType.ORGANISATION_SIGNET ? 3 : 2;
    }

    /** The number of the organisation's signature of the keys. */
    static int cryptoSignature(ObjectType type) {
        return type == ObjectType.ORGANISATION_SIGNET ? 4 : 6;
    }

    int valueBytesWithoutLength() {
        return VerifyingKey.SIGNATURE_BYTES;
    }

    private static int lengthBytes(ObjectType type, int id) {
        int lastOfKeys = type == ObjectType.SIGNING_REQUEST ? OWNER_SIGNATURE : cryptoSignature(type);
        if (id < SIGNING_KEY || id > lastOfKeys && (id < FIRST_INFORMATION || type == ObjectType.SIGNING_REQUEST)) {
            throw new ProtocolException(Failure.SYNTAX, "a field of number " + id + " cannot be here");
        }
        if (id <= lastOfKeys) {
            if (id >= CUSTODY_SIGNATURE) {
                return 0;
            }
            return id == SIGNING_KEY || id < encryptionKey(type) ? 1 : 2;
        }
        return switch (id) {
            case FULL_SIGNATURE, IDENTIFIER_SIGNATURE -> 0;
            case IMAGE -> 3;
            case IDENTIFIER -> 1;
            default -> id < FIRST_LONG ? 1 : 2;
        };
    }
}
