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
package io.jamesext.kernel.auth;

import java.util.Map;
import java.util.Objects;

import org.apache.james.core.Username;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Verifiers beside James's users on Cassandra: for all nodes, and for the time after a restart. */
public final class CassandraScramVerifiers implements ScramVerifiers {
    private final SideTables tables;
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    /** On the tables of James's keyspace. */
    public CassandraScramVerifiers(SideTables tables) {
        this.tables = tables;
        this.select = tables.prepare("SELECT verifier, writetime(verifier) AS written FROM jamesext_scram_verifier WHERE user = :user");
        this.insert = tables.prepare("INSERT INTO jamesext_scram_verifier (user, verifier) VALUES (:user, :verifier)");
        this.delete = tables.prepare("DELETE FROM jamesext_scram_verifier USING TIMESTAMP :written WHERE user = :user");
    }

    @Override
    public Mono<ScramVerifier> find(Username user) {
        return row(user).map(CassandraScramVerifiers::verifier);
    }

    @Override
    public Mono<Void> put(Username user, ScramVerifier verifier) {
        return tables.write(insert.bind().setString("user", user.asString())
            .setMap("verifier", columns(verifier), String.class, String.class));
    }

    @Override
    public Mono<Void> remove(Username user, ScramVerifier verifier) {
        // A deletion as old as the write that it undoes leaves every later write alone.
        return row(user).filter(row -> verifier(row).equals(verifier))
            .flatMap(row -> tables.write(delete.bind().setString("user", user.asString()).setLong("written", row.getLong("written"))));
    }

    private Mono<Row> row(Username user) {
        return tables.row(select.bind().setString("user", user.asString()));
    }

    private static Map<String, String> columns(ScramVerifier verifier) {
        return ImmutableMap.of("salt", verifier.salt(), "iterations", String.valueOf(verifier.iterations()),
            "stored_key", verifier.storedKey(), "server_key", verifier.serverKey(), "stamp", verifier.stamp());
    }

    private static ScramVerifier verifier(Row row) {
        Map<String, String> columns = Objects.requireNonNull(row.getMap("verifier", String.class, String.class));
        return new ScramVerifier(column(columns, "salt"), Integer.parseInt(column(columns, "iterations")), column(columns, "stored_key"),
            column(columns, "server_key"), column(columns, "stamp"));
    }

    private static String column(Map<String, String> columns, String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }
}
