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

import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the signet rings are kept: the signets of others that a user has pinned. Draft section 7.5. */
public interface SignetTable {
    /**
     * One in a ring.
     *
     * @param address whose it is; an opaque token where the user does not want the server to know
     * @param signet as the user gave it
     */
    record Pinned(String address, Signet signet) {
    }

    /** In Cassandra where James is, otherwise in memory. */
    static SignetTable on(Optional<SideTables> tables) {
        return new MemorySignetTable();
    }

    /** Keeps it in the place of an earlier one of the address. */
    Mono<Void> put(Username user, Pinned pinned);

    /** The one of an address, or empty. */
    Mono<Pinned> find(Username user, String address);

    /** All of a user, in the order of the addresses. */
    Flux<Pinned> all(Username user);

    /** The address has none any more. */
    Mono<Void> remove(Username user, String address);
}
