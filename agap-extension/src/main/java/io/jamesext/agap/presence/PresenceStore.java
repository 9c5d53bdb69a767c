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
package io.jamesext.agap.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.apache.james.core.Username;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Where the presence of users is kept, for all nodes. What was announced is forgotten after {@link #RETENTION}. */
public interface PresenceStore {
    /** How long something is kept that nobody announces again. */
    Duration RETENTION = Duration.ofDays(90);

    /** A text that the user may set. */
    enum Text {
        /** What the user is doing. */
        STATUS,
        /** Where the user is. */
        AT
    }

    /** The user's; empty when nothing was announced. */
    Mono<Presence> find(Username user);

    /** The user has announced something, in the place of what was announced before. */
    Mono<Void> announce(Username user, Statement statement);

    /** The user has set a text, or deleted it by an empty one. */
    Mono<Void> put(Username user, Text text, String value);

    /**
     * A connection of the user's lives.
     *
     * @param lease after which it is taken for gone unless this is said again; whole seconds, at least one
     */
    Mono<Void> attend(Username user, UUID connection, Instant now, Duration lease);

    /** A connection of the user's has ended. */
    Mono<Void> leave(Username user, UUID connection, Instant now);

    /** In Cassandra where James is, otherwise in memory. */
    static PresenceStore on(Optional<SideTables> tables) {
        return tables.<PresenceStore>map(CassandraPresenceStore::new).orElseGet(MemoryPresenceStore::new);
    }
}
