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
package io.jamesext.groupware;

import java.time.Duration;
import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/**
 * Secrets that a user can use once, and only for some time; one for each user. They are kept as hashes, so that who reads the store can use
 * none of them.
 */
public interface OneTimeSecrets {
    /**
     * Keeps the hash of a user's secret, unless there is an earlier one.
     *
     * @param lifetime after which nobody can use it; whole seconds, at least one
     * @return whether it is kept: of several at once, on whatever nodes, one is
     */
    Mono<Boolean> offer(Username user, String hash, Duration lifetime);

    /** The hash of the user's secret, or empty. */
    Mono<String> find(Username user);

    /** Uses it up. True for one caller at most, on whatever node: the others come too late, or have another hash. */
    Mono<Boolean> take(Username user, String hash);

    /** In Cassandra where James is, otherwise in memory. */
    static OneTimeSecrets on(Optional<SideTables> tables) {
        return tables.<OneTimeSecrets>map(CassandraOneTimeSecrets::new).orElseGet(MemoryOneTimeSecrets::new);
    }
}
