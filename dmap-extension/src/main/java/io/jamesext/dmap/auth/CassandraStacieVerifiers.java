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
package io.jamesext.dmap.auth;

import java.util.Objects;

import org.apache.james.core.Username;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Verifiers beside James's users on Cassandra: for all nodes, and for the time after a restart. */
public final class CassandraStacieVerifiers implements StacieVerifiers {
    private final SideTables tables;
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    /** On the tables of James's keyspace. */
    public CassandraStacieVerifiers(SideTables tables) {
        this.tables = tables;
        this.select = tables.prepare("SELECT verifier, writetime(verifier) AS written FROM jamesext_stacie_verifier WHERE user = :user");
        this.insert = tables.prepare("INSERT INTO jamesext_stacie_verifier (user, verifier) VALUES (:user, :verifier)");
        this.delete = tables.prepare("DELETE FROM jamesext_stacie_verifier USING TIMESTAMP :written WHERE user = :user");
    }

    @Override
    public Mono<String> find(Username user) {
        return row(user).map(CassandraStacieVerifiers::verifier);
    }

    @Override
    public Mono<Void> put(Username user, String encrypted) {
        return tables.write(insert.bind().setString("user", user.asString()).setString("verifier", encrypted));
    }

    @Override
    public Mono<Void> remove(Username user, String encrypted) {
        // A deletion as old as the write that it undoes leaves every later write alone.
        return row(user).filter(row -> verifier(row).equals(encrypted))
            .flatMap(row -> tables.write(delete.bind().setString("user", user.asString()).setLong("written", row.getLong("written"))));
    }

    private Mono<Row> row(Username user) {
        return tables.row(select.bind().setString("user", user.asString()));
    }

    private static String verifier(Row row) {
        return Objects.requireNonNull(row.getString("verifier"));
    }
}
