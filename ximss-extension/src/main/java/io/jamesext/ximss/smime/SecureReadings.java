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
package io.jamesext.ximss.smime;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Opens signed and encrypted parts for all users of a server. Safe from any thread. */
public final class SecureReadings {
    /** Large messages that are opened at the same time: each may take 150 MB of heap. */
    private static final int MAX_LARGE = 4;

    private final Authorities authorities;
    private final Clock clock;
    private final Semaphore large = new Semaphore(MAX_LARGE);

    /**
     * @param authorities who vouches for signers
     * @param clock when certificates have to be valid
     */
    public SecureReadings(Authorities authorities, Clock clock) {
        this.authorities = authorities;
        this.clock = clock;
    }

    /** For one message; with the user's key while it is unlocked. */
    public SecureReading begin(Optional<Identity> key) {
        return new SecureReading(authorities, key, clock.instant(), large);
    }
}
