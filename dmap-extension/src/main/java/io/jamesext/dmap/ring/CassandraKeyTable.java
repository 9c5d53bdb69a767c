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
package io.jamesext.dmap.ring;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

import org.apache.james.core.Username;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.protocol.internal.util.Bytes;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The keys on Cassandra, one partition for each user: so a change of a row and of the current key is one light-weight transaction. */
final class CassandraKeyTable implements KeyTable {
    private static final String CURRENT = "UPDATE jamesext_dmap_key SET current = :then WHERE user = :user IF current = ";
    private static final String SELECT = "SELECT id, signet, private_keys, added, expires FROM jamesext_dmap_key WHERE user = :user";

    private final SideTables tables;
    private final PreparedStatement selectAll;
    private final PreparedStatement select;
    private final PreparedStatement first;
    private final PreparedStatement next;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private final PreparedStatement strip;

    CassandraKeyTable(SideTables tables) {
        this.tables = tables;
        this.selectAll = tables.prepare(SELECT);
        this.select = tables.prepare(SELECT + " AND id = :id");
        this.first = tables.prepare(CURRENT + "NULL");
        this.next = tables.prepare(CURRENT + ":current");
        this.insert = tables.prepare("INSERT INTO jamesext_dmap_key (user, id, signet, private_keys, added, expires)"
            + " VALUES (:user, :id, :signet, :private_keys, :added, :expires)");
        this.delete = tables.prepare("DELETE FROM jamesext_dmap_key WHERE user = :user AND id = :id");
        this.strip = tables.prepare("UPDATE jamesext_dmap_key SET private_keys = NULL WHERE user = :user AND id = :id IF EXISTS");
    }

    @Override
    public Mono<Boolean> add(Username user, RingKey key, Optional<Fingerprint> current, Fingerprint then) {
        BoundStatement row = of(insert, user)
            .setString("id", key.id().toString())
            .setByteBuffer("signet", ByteBuffer.wrap(key.signet().toBytes()))
            .setByteBuffer("private_keys", key.privateKeys().map(ByteBuffer::wrap).orElse(null))
            .setInstant("added", key.added())
            .setInstant("expires", key.expires().orElse(null));
        return change(row, user, current, Optional.of(then));
    }

    @Override
    public Mono<RingKey> find(Username user, Fingerprint id) {
        return tables.row(of(select, user).setString("id", id.toString())).map(CassandraKeyTable::key);
    }

    @Override
    public Flux<RingKey> all(Username user) {
        return tables.rows(of(selectAll, user))
            // A partition whose last key was removed still has its static column.
            .filter(row -> row.getString("id") != null)
            .map(CassandraKeyTable::key);
    }

    @Override
    public Mono<Boolean> remove(Username user, Fingerprint id, Optional<Fingerprint> current, Optional<Fingerprint> then) {
        return change(of(delete, user).setString("id", id.toString()), user, current, then);
    }

    @Override
    public Mono<Void> removePrivateKeys(Username user, Fingerprint id) {
        return tables.applied(of(strip, user).setString("id", id.toString())).then();
    }

    private Mono<Boolean> change(BoundStatement row, Username user, Optional<Fingerprint> current, Optional<Fingerprint> then) {
        BoundStatement condition = current.map(id -> next.bind().setString("current", id.toString())).orElseGet(first::bind)
            .setString("user", user.asString())
            .setString("then", then.map(Fingerprint::toString).orElse(null));
        return tables.applied(BatchStatement.newInstance(BatchType.UNLOGGED, condition, row));
    }

    private static BoundStatement of(PreparedStatement statement, Username user) {
        return statement.bind().setString("user", user.asString());
    }

    private static RingKey key(Row row) {
        return new RingKey(Signet.read(Bytes.getArray(Objects.requireNonNull(row.getByteBuffer("signet")))),
            Optional.ofNullable(row.getByteBuffer("private_keys")).map(Bytes::getArray),
            Objects.requireNonNull(row.getInstant("added")), Optional.ofNullable(row.getInstant("expires")));
    }
}
