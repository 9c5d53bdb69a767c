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
package io.jamesext.dmap.ring;

import java.util.Optional;

import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;

/** How far an account trusts the server. Draft section 7.1.1, PROTOCOL.md section 7. */
public enum Mode {
    /** The server may read the mail and may hold private keys that it can use. */
    TRUSTFUL,
    /** The server holds private keys only as their owner has encrypted them; mail that arrives in the clear is encrypted on arrival. */
    CAUTIOUS,
    /** The server holds no private keys; mail that arrives in the clear is encrypted on arrival, or refused. */
    PARANOID;

    /** Whether the server may hold these private keys; without them, some that nobody can tell about. */
    boolean mayHold(Optional<byte[]> privateKeys) {
        return switch (this) {
            case TRUSTFUL -> true;
            case CAUTIOUS -> privateKeys.filter(object -> DimeObject.typeOf(object) == ObjectType.ENCRYPTED_USER_KEYS).isPresent();
            case PARANOID -> false;
        };
    }
}
