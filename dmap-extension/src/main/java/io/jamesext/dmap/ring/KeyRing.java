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

import java.util.Comparator;

import org.apache.james.core.Username;

import com.google.inject.Inject;

import io.jamesext.dmap.dime.signet.Fingerprint;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The users' own keys. Draft section 7.4. */
public final class KeyRing {
    private final KeyTable table;

    /** On the table. */
    @Inject
    public KeyRing(KeyTable table) {
        this.table = table;
    }

    /** Adds a key; false when the user has one with its id. */
    public Mono<Boolean> add(Username user, RingKey key) {
        return table.add(user, key);
    }

    /** The user's key with this id, or empty. */
    public Mono<RingKey> find(Username user, Fingerprint id) {
        return table.find(user, id);
    }

    /** All of a user, the newest first. */
    public Flux<RingKey> all(Username user) {
        return table.all(user).sort(Comparator.comparing(RingKey::added).reversed());
    }

    /** The one that is used now, the newest; or empty. */
    public Mono<RingKey> current(Username user) {
        return all(user).next();
    }

    /** Removes a key. Whether it may go is the caller's to know. */
    public Mono<Void> remove(Username user, Fingerprint id) {
        return table.remove(user, id);
    }
}
