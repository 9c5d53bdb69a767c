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
package io.jamesext.agap.change;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.apache.james.core.Username;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/**
 * The index beside James's mailboxes on Cassandra. A number that only rises is written with a time of writing that rises with it, and so
 * the highest one wins without a light-weight transaction, whatever the order of the writes. The time begins where the number does, at the
 * clock or the folder's seed, which is about the time in milliseconds: a partition or a folder that was deleted can be made again.
 */
final class CassandraFolderTable implements FolderTable {
    private final SideTables tables;
    private final PreparedStatement account;
    private final PreparedStatement folder;
    private final PreparedStatement clock;
    private final PreparedStatement raiseClock;
    private final PreparedStatement raiseRoot;
    private final PreparedStatement add;
    private final PreparedStatement rename;
    private final PreparedStatement reseed;
    private final PreparedStatement leave;
    private final PreparedStatement left;
    private final PreparedStatement raiseLastUid;
    private final PreparedStatement raiseModSeq;
    private final PreparedStatement renumber;
    private final PreparedStatement remove;

    CassandraFolderTable(SideTables tables) {
        this.tables = tables;
        String one = " WHERE user = :user AND mailbox = :mailbox";
        String columns = "SELECT clock, root, mailbox, name, seed, modseq, last_uid, ucid, uid_validity FROM jamesext_agap_folder";
        this.account = tables.prepare(columns + " WHERE user = :user");
        this.folder = tables.prepare(columns + one);
        this.clock = tables.prepare("SELECT clock FROM jamesext_agap_folder WHERE user = :user LIMIT 1");
        this.raiseClock = tables.prepare("UPDATE jamesext_agap_folder USING TIMESTAMP :time SET clock = :clock WHERE user = :user");
        this.raiseRoot = tables.prepare("UPDATE jamesext_agap_folder USING TIMESTAMP :time SET root = :root WHERE user = :user");
        this.add = tables.prepare("UPDATE jamesext_agap_folder SET seed = :seed, name = :name" + one + " IF seed = NULL");
        this.rename = tables.prepare("UPDATE jamesext_agap_folder SET name = :name" + one + " IF seed > 0");
        this.reseed = tables.prepare("UPDATE jamesext_agap_folder SET seed = :seed" + one + " IF seed < :seed");
        this.leave = tables.prepare("UPDATE jamesext_agap_folder USING TTL " + REMEMBERED.toSeconds()
            + " SET left_names = left_names + :names WHERE user = :user");
        this.left = tables.prepare("SELECT left_names FROM jamesext_agap_folder WHERE user = :user LIMIT 1");
        this.raiseLastUid = tables.prepare("UPDATE jamesext_agap_folder USING TIMESTAMP :time SET last_uid = :last_uid" + one);
        this.raiseModSeq = tables.prepare("UPDATE jamesext_agap_folder USING TIMESTAMP :time SET modseq = :modseq" + one);
        this.renumber = tables.prepare("UPDATE jamesext_agap_folder USING TIMESTAMP :time SET ucid = :ucid, uid_validity = :uid_validity"
            + one);
        this.remove = tables.prepare("DELETE FROM jamesext_agap_folder" + one + " IF EXISTS");
    }

    @Override
    public Mono<Account> account(Username user) {
        return tables.rows(of(account, user)).collectList()
            .filter(rows -> !rows.isEmpty() && !rows.get(0).isNull("clock"))
            .map(rows -> new Account(rows.get(0).getLong("clock"), rows.get(0).getLong("root"), folders(rows)));
    }

    private static ImmutableList<FolderRow> folders(List<Row> rows) {
        return rows.stream().filter(CassandraFolderTable::isFolder).map(CassandraFolderTable::folder)
            .collect(ImmutableList.toImmutableList());
    }

    /** A clock without folders is a row too; and a row without a seed is of a folder that is not there. */
    private static boolean isFolder(Row row) {
        return !row.isNull("seed") && !row.isNull("name");
    }

    private static FolderRow folder(Row row) {
        return new FolderRow(Objects.requireNonNull(row.getString("mailbox")), Objects.requireNonNull(row.getString("name")),
            row.getLong("seed"), row.getLong("modseq"), row.getLong("last_uid"), row.getLong("ucid"), row.getLong("uid_validity"));
    }

    @Override
    public Mono<FolderRow> folder(Username user, String mailbox) {
        return tables.row(of(folder, user, mailbox)).filter(CassandraFolderTable::isFolder).map(CassandraFolderTable::folder);
    }

    @Override
    public Mono<Boolean> knows(Username user) {
        return tables.row(of(clock, user)).map(row -> !row.isNull("clock")).defaultIfEmpty(false);
    }

    @Override
    public Mono<Void> raiseClock(Username user, long value) {
        return tables.write(of(raiseClock, user).setLong("clock", value).setLong("time", time(value, 0)));
    }

    @Override
    public Mono<Void> raiseRoot(Username user, long value) {
        return tables.write(of(raiseRoot, user).setLong("root", value).setLong("time", time(value, 0)));
    }

    @Override
    public Mono<Void> add(Username user, String mailbox, String name, long seed) {
        return tables.write(of(add, user, mailbox).setString("name", name).setLong("seed", seed));
    }

    @Override
    public Mono<Void> rename(Username user, String mailbox, String name) {
        return tables.write(of(rename, user, mailbox).setString("name", name));
    }

    @Override
    public Mono<Void> reseed(Username user, String mailbox, long seed) {
        return tables.write(of(reseed, user, mailbox).setLong("seed", seed));
    }

    @Override
    public Mono<Void> leave(Username user, Map<String, Long> names) {
        return tables.write(of(leave, user).setMap("names", names, String.class, Long.class));
    }

    @Override
    public Mono<Map<String, Long>> left(Username user) {
        return tables.row(of(left, user))
            .map(row -> Objects.requireNonNullElse(row.getMap("left_names", String.class, Long.class), Map.<String, Long>of()))
            .defaultIfEmpty(Map.of());
    }

    @Override
    public Mono<Void> raise(Username user, FolderRow folder, long modSeq, long lastUid) {
        return tables.write(of(raiseLastUid, user, folder.mailbox()).setLong("last_uid", lastUid)
                .setLong("time", time(folder.seed(), lastUid)))
            .then(tables.write(of(raiseModSeq, user, folder.mailbox()).setLong("modseq", modSeq)
                .setLong("time", time(folder.seed(), modSeq))));
    }

    /** In microseconds, as Cassandra counts. */
    private static long time(long millis, long number) {
        return TimeUnit.MILLISECONDS.toMicros(millis) + number;
    }

    @Override
    public Mono<Void> renumber(Username user, String mailbox, long ucid, long uidValidity) {
        return tables.write(of(renumber, user, mailbox).setLong("ucid", ucid).setLong("uid_validity", uidValidity)
            .setLong("time", time(ucid, 0)));
    }

    @Override
    public Mono<Void> remove(Username user, String mailbox) {
        return tables.write(of(remove, user, mailbox));
    }

    private static BoundStatement of(PreparedStatement statement, Username user) {
        return statement.bind().setString("user", user.asString());
    }

    private static BoundStatement of(PreparedStatement statement, Username user, String mailbox) {
        return of(statement, user).setString("mailbox", mailbox);
    }
}
