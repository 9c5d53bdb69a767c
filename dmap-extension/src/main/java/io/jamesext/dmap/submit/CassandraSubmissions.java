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
package io.jamesext.dmap.submit;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import org.apache.james.mailbox.model.MessageId;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Claims of all nodes, by Cassandra's light-weight transactions. The nodes' clocks may differ by less than half of the lease. */
final class CassandraSubmissions implements SubmissionTable {
    private final SideTables tables;
    private final Clock clock;
    private final PreparedStatement insert;
    private final PreparedStatement takeOver;
    private final PreparedStatement sent;
    private final PreparedStatement delete;

    CassandraSubmissions(SideTables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
        String kept = " USING TTL " + KEPT.toSeconds();
        this.insert = tables.prepare("INSERT INTO jamesext_dmap_submission (message, owner, ends, sent)"
            + " VALUES (:message, :owner, :ends, false) IF NOT EXISTS" + kept);
        this.takeOver = tables.prepare("UPDATE jamesext_dmap_submission" + kept
            + " SET owner = :owner, ends = :ends, sent = false WHERE message = :message"
            + " IF owner = :old AND ends = :ended AND sent = false");
        this.sent = tables.prepare("UPDATE jamesext_dmap_submission" + kept
            + " SET owner = :owner, ends = :ends, sent = true WHERE message = :message IF owner = :owner");
        this.delete = tables.prepare("DELETE FROM jamesext_dmap_submission WHERE message = :message IF owner = :owner");
    }

    @Override
    public Mono<Claim> claim(MessageId message, UUID owner) {
        return tables.row(leased(insert, message, owner))
            .flatMap(row -> row.getBoolean("[applied]") ? Mono.just(Claim.FREE) : takeOver(row, message, owner));
    }

    private Mono<Claim> takeOver(Row row, MessageId message, UUID owner) {
        Instant ends = Objects.requireNonNull(row.getInstant("ends"));
        if (ends.isAfter(clock.instant())) {
            return Mono.just(Claim.BUSY);
        }
        if (row.getBoolean("sent")) {
            return Mono.just(Claim.SENT);
        }
        // A slow owner may say meanwhile that it has sent the message.
        return tables.applied(leased(takeOver, message, owner).setUuid("old", row.getUuid("owner")).setInstant("ended", ends))
            .map(applied -> applied ? Claim.ABANDONED : Claim.BUSY);
    }

    @Override
    public Mono<Void> sent(MessageId message, UUID owner) {
        return tables.write(leased(sent, message, owner));
    }

    @Override
    public Mono<Void> settled(MessageId message, UUID owner) {
        return tables.write(of(sent, message, owner).setInstant("ends", Instant.EPOCH));
    }

    @Override
    public Mono<Void> release(MessageId message, UUID owner) {
        return tables.write(of(delete, message, owner));
    }

    private BoundStatement leased(PreparedStatement statement, MessageId message, UUID owner) {
        Instant ends = clock.instant().plus(LEASE);
        return of(statement, message, owner).setInstant("ends", ends);
    }

    private static BoundStatement of(PreparedStatement statement, MessageId message, UUID owner) {
        return statement.bind().setString("message", message.serialize()).setUuid("owner", owner);
    }
}
