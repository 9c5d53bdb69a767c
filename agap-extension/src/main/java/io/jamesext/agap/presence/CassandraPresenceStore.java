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
package io.jamesext.agap.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.apache.james.core.Username;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/**
 * Presence beside James's users on Cassandra: a partition for each user, whose rows are the connections that live, each until its time to
 * live ends. So a node that stops without a word leaves nobody online.
 */
public final class CassandraPresenceStore implements PresenceStore {
    private static final String EVER = " USING TTL " + RETENTION.toSeconds();

    private final SideTables tables;
    private final PreparedStatement select;
    private final PreparedStatement announce;
    private final PreparedStatement putStatus;
    private final PreparedStatement putPlace;
    private final PreparedStatement see;
    private final PreparedStatement attend;
    private final PreparedStatement leave;

    /** On the tables of James's keyspace. */
    public CassandraPresenceStore(SideTables tables) {
        this.tables = tables;
        this.select = tables.prepare("SELECT connection, state, since, ends, seen, status, place FROM jamesext_presence"
            + " WHERE user = :user LIMIT 1");
        this.announce = tables.prepare("INSERT INTO jamesext_presence (user, state, since, ends)"
            + " VALUES (:user, :state, :since, :ends)" + EVER);
        this.putStatus = tables.prepare("INSERT INTO jamesext_presence (user, status) VALUES (:user, :text)" + EVER);
        this.putPlace = tables.prepare("INSERT INTO jamesext_presence (user, place) VALUES (:user, :text)" + EVER);
        this.see = tables.prepare("INSERT INTO jamesext_presence (user, seen) VALUES (:user, :seen)" + EVER);
        this.attend = tables.prepare("INSERT INTO jamesext_presence (user, connection) VALUES (:user, :connection) USING TTL :lease");
        this.leave = tables.prepare("DELETE FROM jamesext_presence WHERE user = :user AND connection = :connection");
    }

    @Override
    public Mono<Presence> find(Username user) {
        return tables.row(select.bind().setString("user", user.asString()))
            // Texts alone, or a connection that is renewed when all else is forgotten, announce nothing.
            .filter(row -> row.getString("state") != null)
            .map(CassandraPresenceStore::presence);
    }

    private static Presence presence(Row row) {
        Optional<Instant> until = Optional.of(row.getLong("ends")).filter(ends -> ends > 0).map(Instant::ofEpochMilli);
        Statement statement = new Statement(Statement.State.valueOf(Objects.requireNonNull(row.getString("state"))),
            Instant.ofEpochMilli(row.getLong("since")), until);
        return new Presence(statement, !row.isNull("connection"), Instant.ofEpochMilli(row.getLong("seen")),
            text(row, "status"), text(row, "place"));
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNullElse(row.getString(column), "");
    }

    @Override
    public Mono<Void> announce(Username user, Statement statement) {
        return tables.write(announce.bind().setString("user", user.asString())
            .setString("state", statement.state().name())
            .setLong("since", statement.since().toEpochMilli())
            .setLong("ends", statement.until().map(Instant::toEpochMilli).orElse(0L)));
    }

    @Override
    public Mono<Void> put(Username user, Text text, String value) {
        PreparedStatement put = text == Text.STATUS ? putStatus : putPlace;
        return tables.write(put.bind().setString("user", user.asString()).setString("text", value));
    }

    @Override
    public Mono<Void> attend(Username user, UUID connection, Instant now, Duration lease) {
        return see(user, now).then(tables.write(attend.bind().setString("user", user.asString()).setUuid("connection", connection)
            .setInt("lease", Math.toIntExact(lease.toSeconds()))));
    }

    @Override
    public Mono<Void> leave(Username user, UUID connection, Instant now) {
        return see(user, now).then(tables.write(leave.bind().setString("user", user.asString()).setUuid("connection", connection)));
    }

    private Mono<Void> see(Username user, Instant now) {
        return tables.write(see.bind().setString("user", user.asString()).setLong("seen", now.toEpochMilli()));
    }
}
