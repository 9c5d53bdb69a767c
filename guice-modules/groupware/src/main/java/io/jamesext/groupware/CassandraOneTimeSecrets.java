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
package io.jamesext.groupware;

import java.time.Duration;
import java.util.Objects;

import org.apache.james.core.Username;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/**
 * Secrets beside James's users on Cassandra. All writes are conditional: only so is one of several nodes the first, and only among
 * themselves do such writes keep their order.
 */
public final class CassandraOneTimeSecrets implements OneTimeSecrets {
    private final SideTables tables;
    private final PreparedStatement insert;
    private final PreparedStatement select;
    private final PreparedStatement delete;

    /** On the tables of James's keyspace. */
    public CassandraOneTimeSecrets(SideTables tables) {
        this.tables = tables;
        this.insert = tables.prepare("INSERT INTO jamesext_one_time_secret (user, hash) VALUES (:user, :hash) IF NOT EXISTS"
            + " USING TTL :lifetime");
        this.select = tables.prepare("SELECT hash FROM jamesext_one_time_secret WHERE user = :user");
        this.delete = tables.prepare("DELETE FROM jamesext_one_time_secret WHERE user = :user IF hash = :hash");
    }

    @Override
    public Mono<Boolean> offer(Username user, String hash, Duration lifetime) {
        return tables.applied(insert.bind().setString("user", user.asString()).setString("hash", hash)
            .setInt("lifetime", Math.toIntExact(lifetime.toSeconds())));
    }

    @Override
    public Mono<String> find(Username user) {
        return tables.row(select.bind().setString("user", user.asString()))
            .map(row -> Objects.requireNonNull(row.getString("hash"), "hash"));
    }

    @Override
    public Mono<Boolean> take(Username user, String hash) {
        return tables.applied(delete.bind().setString("user", user.asString()).setString("hash", hash));
    }
}
