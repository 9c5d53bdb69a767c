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
package io.jamesext.groupware.file;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import org.apache.james.core.Username;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The trees of files on Cassandra, one partition for each user: so a change of many rows is one batch on one condition, which either
 * happens as a whole or not at all.
 */
final class CassandraFileTable implements FileTable {
    private static final String CHANGE = "UPDATE jamesext_file"
        + " SET version = :version, total_entries = :total_entries, total_octets = :total_octets WHERE user = :user IF version = ";

    private final SideTables tables;
    private final PreparedStatement selectState;
    private final PreparedStatement select;
    private final PreparedStatement selectAll;
    private final PreparedStatement begin;
    private final PreparedStatement update;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    /** On the tables of James's keyspace. */
    CassandraFileTable(SideTables tables) {
        this.tables = tables;
        this.selectState = tables.prepare("SELECT version, total_entries, total_octets FROM jamesext_file WHERE user = :user LIMIT 1");
        this.select = tables.prepare("SELECT name, content, size, modified FROM jamesext_file"
            + " WHERE user = :user AND directory = :directory AND name = :name");
        this.selectAll = tables.prepare("SELECT name, content, size, modified FROM jamesext_file"
            + " WHERE user = :user AND directory = :directory");
        this.begin = tables.prepare(CHANGE + "NULL");
        this.update = tables.prepare(CHANGE + ":seen");
        this.insert = tables.prepare("INSERT INTO jamesext_file (user, directory, name, content, size, modified)"
            + " VALUES (:user, :directory, :name, :content, :size, :modified)");
        this.delete = tables.prepare("DELETE FROM jamesext_file WHERE user = :user AND directory = :directory AND name = :name");
    }

    @Override
    public Mono<State> state(Username user) {
        // Serial: a change that is half-way is completed first, so that the reads after this one see all of it.
        return tables.row(tables.serial(selectState.bind().setString("user", user.asString())))
            .map(row -> new State(row.getLong("version"), row.getInt("total_entries"), row.getLong("total_octets")))
            .defaultIfEmpty(State.NEW);
    }

    @Override
    public Mono<FileEntry> find(Username user, FilePath path) {
        return tables.row(at(select, user, path)).map(row -> entry(path.parent(), row));
    }

    @Override
    public Flux<FileEntry> list(Username user, FilePath directory) {
        return tables.rows(selectAll.bind().setString("user", user.asString()).setString("directory", directory.asString()))
            .map(row -> entry(directory, row));
    }

    @Override
    public Mono<Boolean> change(Username user, State seen, State then, Change change) {
        BoundStatement condition = seen.version() == 0 ? begin.bind() : update.bind().setLong("seen", seen.version());
        BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED)
            .addStatement(condition.setString("user", user.asString())
                .setLong("version", seen.version() + 1)
                .setInt("total_entries", then.entries())
                .setLong("total_octets", then.octets()));
        change.removed().forEach(path -> batch.addStatement(at(delete, user, path)));
        change.put().forEach(entry -> batch.addStatement(put(user, entry)));
        return tables.applied(batch.build());
    }

    private BoundStatement put(Username user, FileEntry entry) {
        BoundStatement row = at(insert, user, entry.path()).setLong("size", entry.size()).setInstant("modified", entry.modified());
        return entry.content().map(content -> row.setString("content", content.id())).orElseGet(() -> row.setToNull("content"));
    }

    private static BoundStatement at(PreparedStatement statement, Username user, FilePath path) {
        return statement.bind()
            .setString("user", user.asString())
            .setString("directory", path.parent().asString())
            .setString("name", path.name());
    }

    private static FileEntry entry(FilePath directory, Row row) {
        FilePath path = directory.resolve(FilePath.of(Objects.requireNonNull(row.getString("name"))));
        Instant modified = Objects.requireNonNull(row.getInstant("modified"));
        long size = row.getLong("size");
        return new FileEntry(path, Optional.ofNullable(row.getString("content")).map(id -> new FileEntry.Content(id, size)), modified);
    }
}
