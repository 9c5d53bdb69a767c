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

import java.util.Objects;

import org.apache.james.core.Username;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Credentials beside James's users on Cassandra: for all nodes, and for the time after a restart. */
public final class CassandraCredentialStore implements CredentialStore {
    private final SideTables tables;
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    /** On the tables of James's keyspace. */
    public CassandraCredentialStore(SideTables tables) {
        this.tables = tables;
        this.select = tables.prepare("SELECT credential FROM jamesext_credential WHERE user = :user");
        this.insert = tables.prepare("INSERT INTO jamesext_credential (user, credential) VALUES (:user, :credential)");
        this.delete = tables.prepare("DELETE FROM jamesext_credential WHERE user = :user");
    }

    @Override
    public Mono<String> find(Username user) {
        return tables.row(select.bind().setString("user", user.asString()))
            .map(row -> Objects.requireNonNull(row.getString("credential")));
    }

    @Override
    public Mono<Void> put(Username user, String encrypted) {
        return tables.write(insert.bind().setString("user", user.asString()).setString("credential", encrypted));
    }

    @Override
    public Mono<Void> remove(Username user) {
        return tables.write(delete.bind().setString("user", user.asString()));
    }
}
