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

package io.jamesext.lemonade.imap.metadata;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.apache.james.core.Username;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Server annotations beside James's mailboxes on Cassandra: a partition for each user, and one for all. */
public final class CassandraServerAnnotations implements ServerAnnotations {
    private static final String OWNER = "owner";
    private static final String ENTRY = "entry";
    private static final String VALUE = "value";
    private static final String EVERYBODY = "shared";
    /** Keeps users apart from {@link #EVERYBODY}, whatever they are called. */
    private static final String USER = "user ";

    private final SideTables tables;
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    /** On the tables of James's keyspace. */
    public CassandraServerAnnotations(SideTables tables) {
        this.tables = tables;
        this.select = tables.prepare("SELECT entry, value FROM jamesext_server_annotation WHERE owner = :owner LIMIT " + MAX_READ);
        this.insert = tables.prepare("INSERT INTO jamesext_server_annotation (owner, entry, value) VALUES (:owner, :entry, :value)");
        this.delete = tables.prepare("DELETE FROM jamesext_server_annotation WHERE owner = :owner AND entry = :entry");
    }

    @Override
    public Mono<Map<String, String>> of(Username user) {
        return Flux.just(EVERYBODY, USER + user.asString())
            .concatMap(owner -> tables.rows(select.bind().setString(OWNER, owner)))
            .collect(HashMap<String, String>::new, (visible, row) -> visible.put(
                Objects.requireNonNull(row.getString(ENTRY)), Objects.requireNonNull(row.getString(VALUE))))
            .map(visible -> visible);
    }

    @Override
    public Mono<Void> change(Username user, Map<String, Optional<String>> values) {
        return Mono.defer(() -> {
            // Logged: a client may change its own and the shared ones in one command.
            BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.LOGGED);
            values.forEach((entry, value) -> batch.addStatement(statement(user, entry, value)));
            return tables.write(batch.build());
        });
    }

    private BoundStatement statement(Username user, String entry, Optional<String> value) {
        String owner = entry.startsWith(SHARED) ? EVERYBODY : USER + user.asString();
        return value.map(text -> insert.bind().setString(VALUE, text)).orElseGet(delete::bind)
            .setString(OWNER, owner).setString(ENTRY, entry);
    }
}
