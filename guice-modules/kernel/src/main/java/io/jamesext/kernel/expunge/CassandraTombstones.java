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

package io.jamesext.kernel.expunge;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MailboxId;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tombstones beside James's messages on Cassandra: one partition for a mailbox, kept small by {@link TombstoneLog}. */
public final class CassandraTombstones implements Tombstones {
    private final SideTables tables;
    private final PreparedStatement floor;
    private final PreparedStatement setFloor;
    private final PreparedStatement raiseFloor;
    private final PreparedStatement put;
    private final PreparedStatement after;
    private final PreparedStatement latest;
    private final PreparedStatement latestModSeqs;
    private final PreparedStatement removeUpTo;
    private final PreparedStatement drop;

    /** On the tables of James's keyspace. */
    public CassandraTombstones(SideTables tables) {
        this.tables = tables;
        this.floor = tables.prepare("SELECT floor FROM jamesext_tombstone WHERE mailbox = :mailbox LIMIT 1");
        this.setFloor = tables.prepare("UPDATE jamesext_tombstone SET floor = :floor WHERE mailbox = :mailbox IF floor = NULL");
        this.raiseFloor = tables.prepare("UPDATE jamesext_tombstone SET floor = :floor WHERE mailbox = :mailbox IF floor < :floor");
        this.put = tables.prepare("INSERT INTO jamesext_tombstone (mailbox, modseq, id, uids) VALUES (:mailbox, :modseq, :id, :uids)");
        this.after = tables.prepare("SELECT modseq, id, uids FROM jamesext_tombstone WHERE mailbox = :mailbox AND modseq > :modseq");
        this.latest = tables.prepare("SELECT modseq, id, uids FROM jamesext_tombstone WHERE mailbox = :mailbox"
            + " ORDER BY modseq DESC, id DESC LIMIT :count");
        this.latestModSeqs = tables.prepare("SELECT modseq FROM jamesext_tombstone WHERE mailbox = :mailbox"
            + " ORDER BY modseq DESC, id DESC LIMIT :count");
        this.removeUpTo = tables.prepare("DELETE FROM jamesext_tombstone WHERE mailbox = :mailbox AND modseq <= :modseq");
        this.drop = tables.prepare("DELETE FROM jamesext_tombstone WHERE mailbox = :mailbox");
    }

    @Override
    public Mono<ModSeq> floor(MailboxId mailbox) {
        return tables.row(of(floor, mailbox)).filter(row -> !row.isNull("floor")).map(row -> ModSeq.of(row.getLong("floor")));
    }

    @Override
    public Mono<Void> raiseFloor(MailboxId mailbox, ModSeq least) {
        // Light-weight transactions: a floor that sank again would promise tombstones that are removed.
        return tables.write(of(setFloor, mailbox).setLong("floor", least.asLong()))
            .then(tables.write(of(raiseFloor, mailbox).setLong("floor", least.asLong())));
    }

    @Override
    public Mono<Void> put(MailboxId mailbox, List<Tombstone> tombstones) {
        return Flux.fromIterable(tombstones)
            .concatMap(tombstone -> tables.write(of(put, mailbox)
                .setLong("modseq", tombstone.modSeq().asLong())
                .setUuid("id", tombstone.id())
                .setString("uids", tombstone.sequenceSet())))
            .then();
    }

    @Override
    public Flux<Tombstone> after(MailboxId mailbox, ModSeq since) {
        return tables.rows(of(after, mailbox).setLong("modseq", since.asLong())).map(CassandraTombstones::tombstone);
    }

    @Override
    public Flux<Tombstone> latest(MailboxId mailbox, int count) {
        // A floor without tombstones is a row too, without a mod-sequence.
        return tables.rows(of(latest, mailbox).setInt("count", count)).filter(row -> !row.isNull("modseq"))
            .map(CassandraTombstones::tombstone);
    }

    @Override
    public Mono<ModSeq> before(MailboxId mailbox, int latest) {
        return tables.rows(of(latestModSeqs, mailbox).setInt("count", latest + 1)).filter(row -> !row.isNull("modseq"))
            .skip(latest)
            .next()
            .map(CassandraTombstones::modSeq);
    }

    @Override
    public Mono<Void> removeUpTo(MailboxId mailbox, ModSeq last) {
        return tables.write(of(removeUpTo, mailbox).setLong("modseq", last.asLong()));
    }

    @Override
    public Mono<Void> drop(MailboxId mailbox) {
        return tables.write(of(drop, mailbox));
    }

    private static BoundStatement of(PreparedStatement statement, MailboxId mailbox) {
        return statement.bind().setString("mailbox", mailbox.serialize());
    }

    private static Tombstone tombstone(Row row) {
        UUID id = Objects.requireNonNull(row.getUuid("id"));
        return new Tombstone(modSeq(row), id, Tombstone.ranges(Objects.requireNonNull(row.getString("uids"))));
    }

    private static ModSeq modSeq(Row row) {
        return ModSeq.of(row.getLong("modseq"));
    }
}
