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

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Where the modes of those accounts are kept that have one of their own. */
public interface ModeTable {
    /** In Cassandra where James is, otherwise in memory. */
    static ModeTable on(Optional<SideTables> tables) {
        return tables.<ModeTable>map(CassandraModeTable::new).orElseGet(MemoryModeTable::new);
    }

    /** The account's own mode, or empty. */
    Mono<Mode> find(Username user);

    /** The account has this mode from now on. */
    Mono<Void> put(Username user, Mode mode);

    /** The account has none of its own any more. */
    Mono<Void> remove(Username user);
}
