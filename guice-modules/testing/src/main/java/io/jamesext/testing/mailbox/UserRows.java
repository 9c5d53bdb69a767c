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
package io.jamesext.testing.mailbox;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.DataTypes;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a test leaves in James's keyspace and the next would find. The identifiers of mailboxes, messages and blobs are random, so that
 * what hangs on them is found by nobody and may stay; everything else goes, also what a later version keeps in a table of its own.
 *
 * <p>Row by row: a table that was truncated took 50 ms and more, all of this takes a few.
 */
final class UserRows {
    /** Tables of which every row hangs on a random identifier; and the version of the schema. */
    private static final Set<String> KEPT = Set.of("schemaversion", "messagev3", "imapuidtable", "threadlookuptable", "blobs",
        "blobparts");

    private final CqlSession session;

    UserRows(CqlSession session) {
        this.session = session;
    }

    /**
     * Deletes what was written up to now. By the time that this returns, the millisecond has passed: James makes users and domains by
     * conditional statements, which have Cassandra's time and not the driver's, and would be lost in a deletion of the same moment.
     */
    void delete() {
        long now = System.currentTimeMillis();
        // The driver remembers the statements that it has prepared.
        Flux.fromStream(tables())
            .flatMap(table -> {
                PreparedStatement delete = session.prepare("DELETE FROM %s %s WHERE %s".formatted(table.getName(),
                    countsUp(table) ? "" : "USING TIMESTAMP ?", key(table, " AND ", " = ?")));
                PreparedStatement keys = session.prepare("SELECT DISTINCT %s FROM %s".formatted(key(table, ", ", ""), table.getName()));
                return Flux.from(session.executeReactive(keys.bind()))
                    .flatMap(key -> Mono.from(session.executeReactive(bind(delete, key, now))).then());
            })
            .blockLast();
        while (System.currentTimeMillis() == now) {
            Thread.onSpinWait();
        }
    }

    /** Counters have times of their own. */
    private static boolean countsUp(TableMetadata table) {
        return table.getColumns().values().stream().anyMatch(column -> column.getType().equals(DataTypes.COUNTER));
    }

    private Stream<TableMetadata> tables() {
        return session.getMetadata().getKeyspace(session.getKeyspace().orElseThrow()).orElseThrow().getTables().values().stream()
            .filter(table -> !KEPT.contains(table.getName().asInternal()));
    }

    private static String key(TableMetadata table, String between, String after) {
        return table.getPartitionKey().stream().map(column -> column.getName().asCql(true) + after).collect(Collectors.joining(between));
    }

    private static BoundStatement bind(PreparedStatement delete, Row key, long millis) {
        BoundStatement bound = delete.bind();
        int first = bound.size() - key.size();
        if (first > 0) {
            // In microseconds: the last one of the millisecond.
            bound = bound.setLong(0, TimeUnit.MILLISECONDS.toMicros(millis + 1) - 1);
        }
        for (int i = 0; i < key.size(); i++) {
            bound = bound.setBytesUnsafe(first + i, key.getBytesUnsafe(i));
        }
        return bound;
    }
}
