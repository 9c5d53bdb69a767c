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

import java.util.Objects;

import org.apache.james.core.Username;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Modes beside James's users on Cassandra. */
final class CassandraModeTable implements ModeTable {
    private final SideTables tables;
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    CassandraModeTable(SideTables tables) {
        this.tables = tables;
        this.select = tables.prepare("SELECT mode FROM jamesext_dmap_mode WHERE user = :user");
        this.insert = tables.prepare("INSERT INTO jamesext_dmap_mode (user, mode) VALUES (:user, :mode)");
        this.delete = tables.prepare("DELETE FROM jamesext_dmap_mode WHERE user = :user");
    }

    @Override
    public Mono<Mode> find(Username user) {
        return tables.row(of(select, user)).map(row -> Mode.valueOf(Objects.requireNonNull(row.getString("mode"))));
    }

    @Override
    public Mono<Void> put(Username user, Mode mode) {
        return tables.write(of(insert, user).setString("mode", mode.name()));
    }

    @Override
    public Mono<Void> remove(Username user) {
        return tables.write(of(delete, user));
    }

    private static BoundStatement of(PreparedStatement statement, Username user) {
        return statement.bind().setString("user", user.asString());
    }
}
