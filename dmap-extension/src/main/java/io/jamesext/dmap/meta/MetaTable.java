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
package io.jamesext.dmap.meta;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Where the blocks are kept, mailbox by mailbox. The server never looks into them: clients encrypt them. */
public interface MetaTable {
    /** The largest block, in octets. */
    int MAX_BLOCK = 64 * 1024;

    /** In Cassandra where James is, otherwise in memory. */
    static MetaTable on(Optional<SideTables> tables) {
        return tables.<MetaTable>map(CassandraMetaTable::new).orElseGet(MemoryMetaTable::new);
    }

    /** The blocks of those messages of the range that have one. Up to {@link #MAX_BLOCK} each: to be asked for few messages at once. */
    Mono<Map<MessageUid, byte[]>> of(MailboxId mailbox, MessageRange range);

    /** The message has this block from now on. */
    Mono<Void> put(MailboxId mailbox, MessageUid message, byte[] block);

    /** These messages have none any more. */
    Mono<Void> remove(MailboxId mailbox, Collection<MessageUid> messages);

    /** Forgets those of a mailbox that is no more. */
    Mono<Void> drop(MailboxId mailbox);
}
