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
package io.jamesext.dmap.dime;

import java.util.Arrays;
import java.util.Optional;

/**
 * The objects of DIME that have a number at their head ("magic number"). The number is two octets, then comes the length of what
 * follows, in three octets or in four. All numbers are in network order.
 */
public enum ObjectType {
    /** Asks an organisation to sign a user's keys. */
    SIGNING_REQUEST(1215, 3, "SIGNET SIGNING REQUEST"),
    /** The public keys of an organisation. */
    ORGANISATION_SIGNET(1776, 3, "ORGANIZATIONAL SIGNET"),
    /** The public keys of a user, signed by the organisation. */
    USER_SIGNET(1789, 3, "USER SIGNET"),
    /** The private keys of an organisation, encrypted. */
    ENCRYPTED_ORGANISATION_KEYS(1947, 4, "ENCRYPTED ORGANIZATIONAL KEY"),
    /** The private keys of an organisation. */
    ORGANISATION_KEYS(1952, 3, "ORGANIZATIONAL KEY"),
    /** The private keys of a user, encrypted. */
    ENCRYPTED_USER_KEYS(1976, 4, "ENCRYPTED USER KEY"),
    /** The private keys of a user. */
    USER_KEYS(2013, 3, "USER KEY"),
    /** A message. */
    MESSAGE(1847, 4, "ENCRYPTED MESSAGE");

    private final int magic;
    private final int lengthBytes;
    private final String label;

    ObjectType(int magic, int lengthBytes, String label) {
        this.magic = magic;
        this.lengthBytes = lengthBytes;
        this.label = label;
    }

    /** The type of this number, if it is one. */
    public static Optional<ObjectType> ofMagic(int magic) {
        return Arrays.stream(values()).filter(type -> type.magic == magic).findFirst();
    }

    /** The type of this label in armour, if it is one. */
    static Optional<ObjectType> ofLabel(String label) {
        return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
    }

    /** The number at its head. */
    public int magic() {
        return magic;
    }

    /** Octets before the body: the number and the length. */
    public int headerBytes() {
        return 2 + lengthBytes;
    }

    /** What stands in the lines around the armour. */
    String label() {
        return label;
    }

    int lengthBytes() {
        return lengthBytes;
    }
}
