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

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Aliases beside James's messages on Cassandra: one partition for a mailbox that has any. */
final class CassandraAliasTable implements AliasTable {
    private final SideTables tables;
    private final PreparedStatement of;
    private final PreparedStatement put;
    private final PreparedStatement drop;

    CassandraAliasTable(SideTables tables) {
        this.tables = tables;
        this.of = tables.prepare("SELECT uid, item FROM jamesext_agap_alias WHERE mailbox = :mailbox");
        this.put = tables.prepare("INSERT INTO jamesext_agap_alias (mailbox, uid, item) VALUES (:mailbox, :uid, :item)");
        this.drop = tables.prepare("DELETE FROM jamesext_agap_alias WHERE mailbox = :mailbox");
    }

    @Override
    public Mono<Aliases> of(MailboxId mailbox) {
        return tables.rows(bound(of, mailbox))
            .collectMap(row -> MessageUid.of(row.getLong("uid")), row -> MessageUid.of(row.getLong("item")))
            .map(items -> new Aliases(ImmutableMap.copyOf(items)));
    }

    @Override
    public Mono<Void> put(MailboxId mailbox, MessageUid message, MessageUid item) {
        return tables.write(bound(put, mailbox).setLong("uid", message.asLong()).setLong("item", item.asLong()));
    }

    @Override
    public Mono<Void> drop(MailboxId mailbox) {
        return tables.write(bound(drop, mailbox));
    }

    private static BoundStatement bound(PreparedStatement statement, MailboxId mailbox) {
        return statement.bind().setString("mailbox", mailbox.serialize());
    }
}
