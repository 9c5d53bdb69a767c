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

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Blocks beside James's messages on Cassandra: one partition for a mailbox that has any. */
final class CassandraMetaTable implements MetaTable {
    private final SideTables tables;
    private final PreparedStatement of;
    private final PreparedStatement which;
    private final PreparedStatement put;
    private final PreparedStatement remove;
    private final PreparedStatement drop;

    CassandraMetaTable(SideTables tables) {
        this.tables = tables;
        this.of = tables.prepare("SELECT uid, block FROM jamesext_dmap_meta WHERE mailbox = :mailbox AND uid >= :first AND uid <= :last");
        this.which = tables.prepare("SELECT uid FROM jamesext_dmap_meta WHERE mailbox = :mailbox AND uid >= :first AND uid <= :last");
        this.put = tables.prepare("INSERT INTO jamesext_dmap_meta (mailbox, uid, block) VALUES (:mailbox, :uid, :block)");
        this.remove = tables.prepare("DELETE FROM jamesext_dmap_meta WHERE mailbox = :mailbox AND uid = :uid");
        this.drop = tables.prepare("DELETE FROM jamesext_dmap_meta WHERE mailbox = :mailbox");
    }

    @Override
    public Mono<Map<MessageUid, byte[]>> of(MailboxId mailbox, MessageRange range) {
        return tables.rows(within(of, mailbox, range.getUidFrom(), range.getUidTo()))
            .collectMap(CassandraMetaTable::uid, CassandraMetaTable::block);
    }

    @Override
    public Mono<Void> put(MailboxId mailbox, MessageUid message, byte[] block) {
        return tables.write(bound(put, mailbox).setLong("uid", message.asLong()).setByteBuffer("block", ByteBuffer.wrap(block)));
    }

    /** Reads first: nearly all messages that go have no block, and a deletion costs Cassandra more than a row that is not there. */
    @Override
    public Mono<Void> remove(MailboxId mailbox, Collection<MessageUid> messages) {
        if (messages.isEmpty()) {
            return Mono.empty();
        }
        Set<MessageUid> gone = Set.copyOf(messages);
        return tables.rows(within(which, mailbox, Collections.min(gone), Collections.max(gone)))
            .map(CassandraMetaTable::uid)
            .filter(gone::contains)
            .concatMap(uid -> tables.write(bound(remove, mailbox).setLong("uid", uid.asLong())))
            .then();
    }

    @Override
    public Mono<Void> drop(MailboxId mailbox) {
        return tables.write(bound(drop, mailbox));
    }

    private static BoundStatement within(PreparedStatement statement, MailboxId mailbox, MessageUid first, MessageUid last) {
        return bound(statement, mailbox).setLong("first", first.asLong()).setLong("last", last.asLong());
    }

    private static BoundStatement bound(PreparedStatement statement, MailboxId mailbox) {
        return statement.bind().setString("mailbox", mailbox.serialize());
    }

    private static MessageUid uid(Row row) {
        return MessageUid.of(row.getLong("uid"));
    }

    private static byte[] block(Row row) {
        ByteBuffer block = Objects.requireNonNull(row.getByteBuffer("block"));
        byte[] octets = new byte[block.remaining()];
        block.get(octets);
        return octets;
    }
}
