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
package io.jamesext.ximss.table;

import java.util.Map;
import java.util.Objects;

import org.apache.james.mailbox.model.MailboxId;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/**
 * Summaries beside James's mailboxes on Cassandra. Each is one cell, so that two writers leave one of theirs and never a mixture; it ends
 * thirty days after it was written, for nobody takes it away when its mailbox is removed.
 */
final class CassandraMailboxSummaries implements MailboxSummaries {
    private static final int SECONDS_KEPT = 30 * 24 * 3600;

    private final SideTables tables;
    private final PreparedStatement select;
    private final PreparedStatement insert;

    CassandraMailboxSummaries(SideTables tables) {
        this.tables = tables;
        this.select = tables.prepare("SELECT summary FROM jamesext_mailbox_summary WHERE mailbox = :mailbox");
        this.insert = tables.prepare("INSERT INTO jamesext_mailbox_summary (mailbox, summary) VALUES (:mailbox, :summary) USING TTL "
            + SECONDS_KEPT);
    }

    @Override
    public Mono<MailboxSummary> find(MailboxId mailbox) {
        return tables.row(select.bind().setString("mailbox", mailbox.serialize())).map(CassandraMailboxSummaries::summary);
    }

    @Override
    public Mono<Void> put(MailboxId mailbox, MailboxSummary summary) {
        return tables.write(insert.bind().setString("mailbox", mailbox.serialize())
            .setMap("summary", columns(summary), String.class, Long.class));
    }

    private static Map<String, Long> columns(MailboxSummary summary) {
        MailboxSummary.State state = summary.state();
        return ImmutableMap.of("uidNext", state.uidNext(), "messages", state.messages(), "modSeq", state.modSeq(),
            "octets", summary.octets(), "oldest", summary.oldest(), "media", summary.media(), "unseenMedia", summary.unseenMedia());
    }

    private static MailboxSummary summary(Row row) {
        Map<String, Long> columns = Objects.requireNonNull(row.getMap("summary", String.class, Long.class));
        return new MailboxSummary(
            new MailboxSummary.State(number(columns, "uidNext"), number(columns, "messages"), number(columns, "modSeq")),
            number(columns, "octets"), number(columns, "oldest"), number(columns, "media"), number(columns, "unseenMedia"));
    }

    private static long number(Map<String, Long> columns, String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }
}
