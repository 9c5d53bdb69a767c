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

import java.util.Optional;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Where aliases are kept, mailbox by mailbox. They stay when their message goes, for XCHG tells of that too. */
public interface AliasTable {
    /** In Cassandra where James is, otherwise in memory. */
    static AliasTable on(Optional<SideTables> tables) {
        return tables.<AliasTable>map(CassandraAliasTable::new).orElseGet(MemoryAliasTable::new);
    }

    /** Those of a mailbox; most have none. */
    Mono<Aliases> of(MailboxId mailbox);

    /** The message of this UID is that item from now on. */
    Mono<Void> put(MailboxId mailbox, MessageUid message, MessageUid item);

    /** Forgets those of a mailbox that is no more. */
    Mono<Void> drop(MailboxId mailbox);
}
