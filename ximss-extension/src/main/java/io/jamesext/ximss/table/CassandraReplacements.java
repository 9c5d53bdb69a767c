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
package io.jamesext.ximss.table;

import java.time.Duration;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Claims of all nodes, by Cassandra's light-weight transactions. */
final class CassandraReplacements implements Replacements {
    private final SideTables tables;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    CassandraReplacements(SideTables tables, Duration lease) {
        this.tables = tables;
        this.insert = tables.prepare("INSERT INTO jamesext_replacement (mailbox, uid, owner) VALUES (:mailbox, :uid, :owner)"
            + " IF NOT EXISTS USING TTL " + lease.toSeconds());
        this.delete = tables.prepare("DELETE FROM jamesext_replacement WHERE mailbox = :mailbox AND uid = :uid IF owner = :owner");
    }

    @Override
    public Mono<Boolean> claim(String what, long number, UUID owner) {
        return tables.applied(of(insert, what, number, owner));
    }

    @Override
    public Mono<Void> release(String what, long number, UUID owner) {
        return tables.write(of(delete, what, number, owner));
    }

    private static BoundStatement of(PreparedStatement statement, String what, long number, UUID owner) {
        return statement.bind().setString("mailbox", what).setLong("uid", number).setUuid("owner", owner);
    }
}
