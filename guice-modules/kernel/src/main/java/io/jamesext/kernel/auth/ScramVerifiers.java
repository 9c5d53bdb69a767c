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
package io.jamesext.kernel.auth;

import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Where SCRAM verifiers are kept, one for each user. */
public interface ScramVerifiers {
    /** The user's verifier, or empty. */
    Mono<ScramVerifier> find(Username user);

    /** Keeps it in the place of an earlier one. */
    Mono<Void> put(Username user, ScramVerifier verifier);

    /** Removes exactly this one: another that was put in its place meanwhile stays. */
    Mono<Void> remove(Username user, ScramVerifier verifier);

    /** In Cassandra where James is, otherwise in memory. */
    static ScramVerifiers on(Optional<SideTables> tables) {
        return tables.<ScramVerifiers>map(CassandraScramVerifiers::new).orElseGet(MemoryScramVerifiers::new);
    }
}
