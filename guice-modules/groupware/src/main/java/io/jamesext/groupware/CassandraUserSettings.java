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

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.apache.james.core.Username;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.common.collect.ImmutableSortedMap;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Settings beside James's users on Cassandra, one partition for each user and kind. */
public final class CassandraUserSettings implements UserSettings {
    private final SideTables tables;
    private final PreparedStatement selectAll;
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement insertFirst;
    private final PreparedStatement update;
    private final PreparedStatement delete;
    private final PreparedStatement deleteAll;

    /** On the tables of James's keyspace. */
    public CassandraUserSettings(SideTables tables) {
        this.tables = tables;
        this.selectAll = tables.prepare("SELECT name, value FROM jamesext_user_setting WHERE user = :user AND kind = :kind");
        this.select = tables.prepare("SELECT value FROM jamesext_user_setting WHERE user = :user AND kind = :kind AND name = :name");
        this.insert = tables.prepare("INSERT INTO jamesext_user_setting (user, kind, name, value) VALUES (:user, :kind, :name, :value)");
        this.insertFirst = tables.prepare(
            "INSERT INTO jamesext_user_setting (user, kind, name, value) VALUES (:user, :kind, :name, :value) IF NOT EXISTS");
        this.update = tables.prepare("UPDATE jamesext_user_setting SET value = :value"
            + " WHERE user = :user AND kind = :kind AND name = :name IF value = :expected");
        this.delete = tables.prepare("DELETE FROM jamesext_user_setting WHERE user = :user AND kind = :kind AND name = :name");
        this.deleteAll = tables.prepare("DELETE FROM jamesext_user_setting WHERE user = :user AND kind = :kind");
    }

    @Override
    public Mono<Map<String, String>> all(Username user, Kind kind) {
        return tables.rows(of(selectAll, user, kind))
            .collectMap(row -> text(row, "name"), row -> text(row, "value"))
            .map(ImmutableSortedMap::copyOf);
    }

    @Override
    public Mono<String> find(Username user, Kind kind, String name) {
        return tables.row(of(select, user, kind).setString("name", name)).map(row -> text(row, "value"));
    }

    @Override
    public Mono<Void> put(Username user, Kind kind, String name, String value) {
        return tables.write(of(insert, user, kind).setString("name", name).setString("value", value));
    }

    @Override
    public Mono<Boolean> replace(Username user, Kind kind, String name, Optional<String> expected, String value) {
        BoundStatement change = expected.map(text -> of(update, user, kind).setString("expected", text))
            .orElseGet(() -> of(insertFirst, user, kind));
        return tables.applied(change.setString("name", name).setString("value", value));
    }

    @Override
    public Mono<Void> remove(Username user, Kind kind, String name) {
        return tables.write(of(delete, user, kind).setString("name", name));
    }

    @Override
    public Mono<Void> clear(Username user) {
        return Flux.fromArray(Kind.values()).concatMap(kind -> tables.write(of(deleteAll, user, kind))).then();
    }

    private static BoundStatement of(PreparedStatement statement, Username user, Kind kind) {
        return statement.bind().setString("user", user.asString()).setString("kind", kind.column());
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
