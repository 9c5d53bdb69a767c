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
package io.jamesext.dmap.op.keyring;

import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.signet.EncryptedKeys;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Which private keys the server takes. PROTOCOL.md section 6.2: it goes by the account's mode. */
final class PrivatePart {
    private PrivatePart() {
    }

    /** Checks all that does not depend on the mode: what the object is, and whether its public halves are those of the request. */
    static void check(byte[] object, Signet request) {
        ObjectType type = DimeObject.typeOf(object);
        if (type == ObjectType.ENCRYPTED_USER_KEYS) {
            EncryptedKeys.read(object);
        } else if (type != ObjectType.USER_KEYS || !areOf(PrivateKeys.read(object), request)) {
            throw new ProtocolException(Failure.SYNTAX, "the second object is not the private keys of the request");
        }
    }

    /** NOT_SUPPORTED where the mode does not let the server have such an object. */
    static void checkMode(byte[] object, Mode mode) {
        boolean encrypted = DimeObject.typeOf(object) == ObjectType.ENCRYPTED_USER_KEYS;
        switch (mode) {
            case TRUSTFUL -> require(!encrypted, "in TRUSTFUL mode private keys are not encrypted by their owner");
            case CAUTIOUS -> require(encrypted, "in CAUTIOUS mode private keys are encrypted by their owner");
            case PARANOID -> require(false, "in PARANOID mode the server takes no private keys");
        }
    }

    private static boolean areOf(PrivateKeys keys, Signet request) {
        return keys.signingKey().verifyingKey().equals(request.signingKey())
            && keys.decryptionKey().encryptionKey().equals(request.encryptionKey());
    }

    private static void require(boolean condition, String text) {
        if (!condition) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, text);
        }
    }
}
