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
package io.jamesext.agap.change;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/**
 * The index of folders: for each user that has ever used AGAP one partition, which CHNG reads and nothing else. Numbers only rise, whoever
 * writes them in which order. What is written of a folder that was removed is not seen.
 */
public interface FolderTable {
    /** How long a name that no folder has any more is remembered. */
    Duration REMEMBERED = Duration.ofDays(400);

    /** In Cassandra where James is, otherwise in memory. */
    static FolderTable on(Optional<SideTables> tables) {
        return tables.<FolderTable>map(CassandraFolderTable::new).orElseGet(MemoryFolderTable::new);
    }

    /** All that is known of a user's folders, in one read; empty for a user without a clock. */
    Mono<Account> account(Username user);

    /** What is known of one folder; empty for one that was not added. */
    Mono<FolderRow> folder(Username user, String mailbox);

    /** True for a user with a clock. */
    Mono<Boolean> knows(Username user);

    /** Sets the user's clock where it is missing or lower. */
    Mono<Void> raiseClock(Username user, long clock);

    /** Sets the time of the root's last change where it is missing or lower. */
    Mono<Void> raiseRoot(Username user, long root);

    /** Adds a folder; does nothing when there is one, for its seed must never change. */
    Mono<Void> add(Username user, String mailbox, String name, long seed);

    /** Gives a folder another name. */
    Mono<Void> rename(Username user, String mailbox, String name);

    /** Gives a folder a higher seed. */
    Mono<Void> reseed(Username user, String mailbox, long seed);

    /** Remembers that folders of these seeds were under these names, for {@link #REMEMBERED}. */
    Mono<Void> leave(Username user, Map<String, Long> names);

    /** The seeds of the last folders that were under names of this user and are there no more. */
    Mono<Map<String, Long>> left(Username user);

    /**
     * Sets each of a folder's counts where it is missing or lower, the last UID first.
     *
     * @param folder as it was read
     */
    Mono<Void> raise(Username user, FolderRow folder, long modSeq, long lastUid);

    /** Sets UCID and UIDVALIDITY where the UCID is missing or lower. */
    Mono<Void> renumber(Username user, String mailbox, long ucid, long uidValidity);

    /** Removes a folder. */
    Mono<Void> remove(Username user, String mailbox);
}
