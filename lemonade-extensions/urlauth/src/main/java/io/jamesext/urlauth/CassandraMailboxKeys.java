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

package io.jamesext.urlauth;

import java.nio.ByteBuffer;
import java.util.Objects;

import org.apache.james.core.Username;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/**
 * Keys beside James's mailboxes on Cassandra: for all nodes, and for the time after a restart.
 *
 * <p>A key is written and removed by lightweight transactions only, so that of two nodes' keys one wins and a removed one stays removed. A
 * second table says for which mailboxes a user may have keys; it is written before the key and cleared with the mailbox only, so that it
 * never misses one.
 */
public final class CassandraMailboxKeys implements MailboxKeys {
    private static final String USER = "user";
    private static final String MAILBOX = "mailbox";
    private static final String KEY = "key";

    private final SideTables tables;
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private final PreparedStatement selectUsers;
    private final PreparedStatement selectMailboxes;
    private final PreparedStatement insertMailbox;
    private final PreparedStatement deleteMailbox;

    /** On the tables of James's keyspace. */
    public CassandraMailboxKeys(SideTables tables) {
        this.tables = tables;
        this.select = tables.prepare("SELECT key FROM jamesext_urlauth_key WHERE mailbox = :mailbox AND user = :user");
        this.insert = tables.prepare("INSERT INTO jamesext_urlauth_key (mailbox, user, key) VALUES (:mailbox, :user, :key) IF NOT EXISTS");
        this.delete = tables.prepare("DELETE FROM jamesext_urlauth_key WHERE mailbox = :mailbox AND user = :user IF EXISTS");
        this.selectUsers = tables.prepare("SELECT user FROM jamesext_urlauth_key WHERE mailbox = :mailbox");
        this.selectMailboxes = tables.prepare("SELECT mailbox FROM jamesext_urlauth_mailbox WHERE user = :user");
        this.insertMailbox = tables.prepare("INSERT INTO jamesext_urlauth_mailbox (user, mailbox) VALUES (:user, :mailbox)");
        this.deleteMailbox = tables.prepare("DELETE FROM jamesext_urlauth_mailbox WHERE user = :user AND mailbox = :mailbox");
    }

    @Override
    public Mono<MailboxKey> find(Username user, String mailboxId) {
        return tables.row(select.bind().setString(MAILBOX, mailboxId).setString(USER, user.asString())).map(CassandraMailboxKeys::key);
    }

    @Override
    public Mono<MailboxKey> findOrMake(Username user, String mailboxId) {
        return find(user, mailboxId).switchIfEmpty(Mono.defer(() -> make(user, mailboxId)));
    }

    private Mono<MailboxKey> make(Username user, String mailboxId) {
        MailboxKey made = MailboxKey.random();
        return tables.write(insertMailbox.bind().setString(USER, user.asString()).setString(MAILBOX, mailboxId))
            .then(tables.row(insert.bind().setString(MAILBOX, mailboxId).setString(USER, user.asString())
                .setByteBuffer(KEY, ByteBuffer.wrap(made.octets()))))
            // Where another was first, Cassandra answers with the row that is there.
            .map(row -> row.getBoolean("[applied]") ? made : key(row));
    }

    @Override
    public Mono<Void> remove(Username user, String mailboxId) {
        return remove(user.asString(), mailboxId);
    }

    @Override
    public Mono<Void> removeAll(Username user) {
        return tables.rows(selectMailboxes.bind().setString(USER, user.asString()))
            .concatMap(row -> remove(user.asString(), Objects.requireNonNull(row.getString(MAILBOX))))
            .then();
    }

    @Override
    public Mono<Void> removeMailbox(String mailboxId) {
        return tables.rows(selectUsers.bind().setString(MAILBOX, mailboxId))
            .map(row -> Objects.requireNonNull(row.getString(USER)))
            .concatMap(user -> remove(user, mailboxId)
                .then(tables.write(deleteMailbox.bind().setString(USER, user).setString(MAILBOX, mailboxId))))
            .then();
    }

    private Mono<Void> remove(String user, String mailboxId) {
        return tables.write(delete.bind().setString(MAILBOX, mailboxId).setString(USER, user));
    }

    private static MailboxKey key(Row row) {
        ByteBuffer octets = Objects.requireNonNull(row.getByteBuffer(KEY));
        byte[] key = new byte[octets.remaining()];
        octets.get(key);
        return MailboxKey.of(key);
    }
}
