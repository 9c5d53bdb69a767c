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
    /** In Cassandra where James is, otherwise in memory. */
    static SignetTable on(Optional<SideTables> tables) {
        return tables.<SignetTable>map(CassandraSignetTable::new).orElseGet(MemorySignetTable::new);
    }

    /**
     * Keeps a signet.
     *
     * @param instead of the one that is there
     * @return false, and nothing is done, when another one is there; of several at once, on whatever nodes, one is kept
     */
    Mono<Boolean> put(Username user, SignetName name, Signet signet, Optional<Signet> instead);

    /** The one of this name, or empty. */
    Mono<Signet> find(Username user, SignetName name);

    /** The names of all of a user, in order. */
    Flux<SignetName> names(Username user);

    /** False when there was none of that name. */
    Mono<Boolean> remove(Username user, SignetName name);
}
