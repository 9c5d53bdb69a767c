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

import org.apache.james.core.Username;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the keys of users are kept. Private keys come here encrypted. */
public interface KeyTable {
    /** In Cassandra where James is, otherwise in memory. */
    static KeyTable on(Optional<SideTables> tables) {
        return new MemoryKeyTable();
    }

    /** Keeps a key; false when the user has one with its id. Of several that add it, on whatever nodes, one does. */
    Mono<Boolean> add(Username user, RingKey key);

    /** The user's key with this id, or empty. */
    Mono<RingKey> find(Username user, Fingerprint id);

    /** All of a user, in no order. */
    Flux<RingKey> all(Username user);

    /** The user has it no more. */
    Mono<Void> remove(Username user, Fingerprint id);
}
