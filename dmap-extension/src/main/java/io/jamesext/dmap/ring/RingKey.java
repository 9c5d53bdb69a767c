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

import java.time.Instant;
import java.util.Optional;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;

/**
 * A key of a user: what the user asked to have signed, and what came of it.
 *
 * @param signet the user's signet, signed by the organisation
 * @param privateKeys the object of the private ones: type 2013, or 1976 if their owner has encrypted it; empty when the owner keeps them
 * @param added when
 * @param expires until when it must not be deleted
 */
public record RingKey(Signet signet, Optional<byte[]> privateKeys, Instant added, Optional<Instant> expires) {
    /** What DMAP calls it: the fingerprint of the signing request. */
    public Fingerprint id() {
        return signet.fingerprint(SignetLevel.REQUEST);
    }

    RingKey with(Optional<byte[]> otherPrivateKeys) {
        return new RingKey(signet, otherPrivateKeys, added, expires);
    }

    RingKey addedAt(Instant time) {
        return new RingKey(signet, privateKeys, time, expires);
    }
}
