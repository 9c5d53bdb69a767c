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
package io.jamesext.dmap.auth;

import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Where STACIE verifiers are kept, one for each user, encrypted. What they are encrypted with is not there. */
public interface StacieVerifiers {
    /** The user's, or empty. */
    Mono<String> find(Username user);

    /** Keeps it in the place of an earlier one. */
    Mono<Void> put(Username user, String encrypted);

    /** Removes exactly this one: another that was put in its place meanwhile stays. */
    Mono<Void> remove(Username user, String encrypted);

    /** In Cassandra where James is, otherwise in memory. */
    static StacieVerifiers on(Optional<SideTables> tables) {
        return tables.<StacieVerifiers>map(CassandraStacieVerifiers::new).orElseGet(MemoryStacieVerifiers::new);
    }
}
