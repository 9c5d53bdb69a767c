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

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.protocol.internal.util.Bytes;

import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rings on Cassandra, one partition for each user. */
final class CassandraSignetTable implements SignetTable {
    private static final String OF_NAME = " WHERE user = :user AND address = :address";

    private final SideTables tables;
    private final PreparedStatement selectNames;
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement delete;

    CassandraSignetTable(SideTables tables) {
        this.tables = tables;
        this.selectNames = tables.prepare("SELECT address FROM jamesext_dmap_signet WHERE user = :user");
        this.select = tables.prepare("SELECT signet FROM jamesext_dmap_signet" + OF_NAME);
        this.insert = tables.prepare(
            "INSERT INTO jamesext_dmap_signet (user, address, signet) VALUES (:user, :address, :signet) IF NOT EXISTS");
        this.update = tables.prepare("UPDATE jamesext_dmap_signet SET signet = :signet" + OF_NAME + " IF signet = :instead");
        this.delete = tables.prepare("DELETE FROM jamesext_dmap_signet" + OF_NAME + " IF EXISTS");
    }

    @Override
    public Mono<Boolean> put(Username user, SignetName name, Signet signet, Optional<Signet> instead) {
        BoundStatement change = instead.map(old -> of(update, user, name).setByteBuffer("instead", octets(old)))
            .orElseGet(() -> of(insert, user, name));
        return tables.applied(change.setByteBuffer("signet", octets(signet)));
    }

    @Override
    public Mono<Signet> find(Username user, SignetName name) {
        return tables.row(of(select, user, name))
            .map(row -> Signet.read(Bytes.getArray(Objects.requireNonNull(row.getByteBuffer("signet")))));
    }

    @Override
    public Flux<SignetName> names(Username user) {
        return tables.rows(selectNames.bind().setString("user", user.asString()))
            .map(row -> SignetName.of(Objects.requireNonNull(row.getString("address"))));
    }

    @Override
    public Mono<Boolean> remove(Username user, SignetName name) {
        return tables.applied(of(delete, user, name));
    }

    private static BoundStatement of(PreparedStatement statement, Username user, SignetName name) {
        return statement.bind().setString("user", user.asString()).setString("address", name.toString());
    }

    private static ByteBuffer octets(Signet signet) {
        return ByteBuffer.wrap(signet.toBytes());
    }
}
