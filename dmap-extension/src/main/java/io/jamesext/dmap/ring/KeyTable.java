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

/**
 * Where the keys of users are kept, and which of each is the current one. Private keys come here encrypted. A user's keys change only if
 * the current one still is that which the change was made for, so that of several changes at once, on whatever nodes, one is done.
 */
public interface KeyTable {
    /** In Cassandra where James is, otherwise in memory. */
    static KeyTable on(Optional<SideTables> tables) {
        return tables.<KeyTable>map(CassandraKeyTable::new).orElseGet(MemoryKeyTable::new);
    }

    /**
     * Adds a key that the user does not have.
     *
     * @param current the current one before
     * @param then the current one afterwards
     * @return false, and nothing is done, when that is not the current one
     */
    Mono<Boolean> add(Username user, RingKey key, Optional<Fingerprint> current, Fingerprint then);

    /** The user's key with this id, or empty. */
    Mono<RingKey> find(Username user, Fingerprint id);

    /** All of a user, in no order. */
    Flux<RingKey> all(Username user);

    /**
     * Removes a key.
     *
     * @param current the current one before
     * @param then the current one afterwards
     * @return false, and nothing is done, when the first is not the current one
     */
    Mono<Boolean> remove(Username user, Fingerprint id, Optional<Fingerprint> current, Optional<Fingerprint> then);

    /** The key stays, without its private part. Nothing happens when the user has it no more. */
    Mono<Void> removePrivateKeys(Username user, Fingerprint id);
}
