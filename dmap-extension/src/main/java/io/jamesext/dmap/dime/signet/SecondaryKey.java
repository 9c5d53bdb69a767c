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

import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.dmap.dime.VerifyingKey;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A further signing key of an organisation (its field 2).
 *
 * @param permissions the octet of permissions, bits without a meaning too
 * @param key the key
 */
public record SecondaryKey(int permissions, VerifyingKey key) {
    /** A key that may sign these things. */
    public static SecondaryKey of(VerifyingKey key, Set<Permission> permissions) {
        return new SecondaryKey(permissions.stream().mapToInt(Permission::bit).sum(), key);
    }

    /** Whether it may sign such a thing. */
    public boolean may(Permission permission) {
        return (permissions & permission.bit()) != 0;
    }

    static SecondaryKey read(byte[] value) {
        if (value.length < 1) {
            throw new ProtocolException(Failure.SYNTAX, "a secondary key without permissions");
        }
        OctetReader reader = new OctetReader(value);
        return new SecondaryKey(reader.number(1), Signet.readSigningKey(reader.rest()));
    }

    byte[] toBytes() {
        return new OctetWriter().number(permissions, 1).octets(Signet.writeSigningKey(key)).toBytes();
    }
}
