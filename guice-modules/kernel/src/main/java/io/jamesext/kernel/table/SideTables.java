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
package io.jamesext.kernel.table;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The side tables in James's own keyspace, and how they are asked: never blocking, and never going on in one of the driver's threads. */
public final class SideTables {
    private static final Logger LOGGER = LoggerFactory.getLogger(SideTables.class);

    /** The schema of all side tables: name to columns. A table that is there is left as it is. */
    private static final Map<String, String> SCHEMA = ImmutableMap.<String, String>builder()
        // A verifier is one cell, so that two writers at once leave one of their verifiers and never a mixture.
        .put("jamesext_scram_verifier", "user text PRIMARY KEY, verifier frozen<map<text, text>>")
        // A password, encrypted; only where the operator has given a key.
        .put("jamesext_credential", "user text PRIMARY KEY, credential text")
        // DMAP, STACIE: what a user is known by, encrypted, for who has it can log in.
        .put("jamesext_stacie_verifier", "user text PRIMARY KEY, verifier text")
        // What a user keeps by kind and name: mailbox aliases, preferences.
        .put("jamesext_user_setting", "user text, kind text, name text, value text, PRIMARY KEY ((user, kind), name)")
        // XIMSS, "Mailbox Management": what a mailbox's messages come to, as it was last counted.
        .put("jamesext_mailbox_summary", "mailbox text PRIMARY KEY, summary frozen<map<text, bigint>>")
        // XIMSS, "Message Operations", checkOld: who replaces a message at the moment.
        .put("jamesext_replacement", "mailbox text, uid bigint, owner uuid, PRIMARY KEY (mailbox, uid)")
        // The hash of what a user may log in with once: a row ends by its time to live.
        .put("jamesext_one_time_secret", "user text PRIMARY KEY, hash text")
        // A user's files and directories. The state of the tree is in their partition, so that they change on one condition.
        .put("jamesext_file", "user text, directory text, name text, content text, size bigint, modified timestamp,"
            + " version bigint static, total_entries int static, total_octets bigint static, PRIMARY KEY (user, directory, name)")
        // RFC 4467: the keys of a mailbox; and by user, so that all of one can be reset.
        .put("jamesext_urlauth_key", "mailbox text, user text, key blob, PRIMARY KEY (mailbox, user)")
        .put("jamesext_urlauth_mailbox", "user text, mailbox text, PRIMARY KEY (user, mailbox)")
        // RFC 7162: UIDs expunged from a mailbox, by mod-sequence, and the mod-sequence behind which none is missing.
        .put("jamesext_tombstone", "mailbox text, modseq bigint, id uuid, floor bigint static, uids text,"
            + " PRIMARY KEY (mailbox, modseq, id)")
        // RFC 5464 section 3: annotations of the server, of each user and of all.
        .put("jamesext_server_annotation", "owner text, entry text, value text, PRIMARY KEY (owner, entry)")
        // AGAP, CHNG: what a user's folders are called and how far they have changed; and the user's clock and the root's change.
        .put("jamesext_agap_folder", "user text, mailbox text, clock bigint static, root bigint static,"
            + " left_names map<text, bigint> static, name text, seed bigint, modseq bigint, last_uid bigint, ucid bigint,"
            + " uid_validity bigint, PRIMARY KEY (user, mailbox)")
        // AGAP, DATT: which item a message is, where that is not its own UID.
        .put("jamesext_agap_alias", "mailbox text, uid bigint, item bigint, PRIMARY KEY (mailbox, uid)")
        // DMAP section 7.6.4, META: what clients keep beside a message, encrypted.
        .put("jamesext_dmap_meta", "mailbox text, uid bigint, block blob, PRIMARY KEY (mailbox, uid)")
        // DMAP: how far accounts trust the server, where that is not the operator's default.
        .put("jamesext_dmap_mode", "user text PRIMARY KEY, mode text")
        // DMAP section 7.4: users' own keys, and which is the current one; private ones are encrypted.
        .put("jamesext_dmap_key", "user text, id text, current text static, signet blob, private_keys blob, added timestamp,"
            + " expires timestamp, PRIMARY KEY (user, id)")
        // DMAP section 7.5: signets of others that a user has pinned.
        .put("jamesext_dmap_signet", "user text, address text, signet blob, PRIMARY KEY (user, address)")
        // DMAP section 7.6.7, SUBMIT: who sends a message at the moment, and whether the queue has it.
        .put("jamesext_dmap_submission", "message text PRIMARY KEY, owner uuid, ends timestamp, sent boolean")
        // AGAP section 4.33: who is online; a row for each connection that lives.
        .put("jamesext_presence", "user text, connection uuid, state text static, since bigint static, ends bigint static,"
            + " seen bigint static, status text static, place text static, PRIMARY KEY (user, connection)")
        .build();

    private final CqlSession session;

    private SideTables(CqlSession session) {
        this.session = session;
    }

    /** Makes the tables that are missing. Blocks: for the start. */
    public static SideTables create(CqlSession session) {
        CqlIdentifier keyspace = session.getKeyspace().orElseThrow(() -> new IllegalArgumentException("James's session has a keyspace"));
        SCHEMA.forEach((name, columns) -> {
            if (session.getMetadata().getKeyspace(keyspace).flatMap(known -> known.getTable(name)).isEmpty()) {
                // Two nodes may start at once: with an identity of its own for the table, both make the same one. By default Cassandra
                // draws one for each statement, and the cluster could not agree.
                UUID identity = UUID.nameUUIDFromBytes((keyspace.asInternal() + "." + name).getBytes(StandardCharsets.UTF_8));
                boolean agreed = session.execute("CREATE TABLE IF NOT EXISTS " + name + " (" + columns + ") WITH id = " + identity)
                    .getExecutionInfo().isSchemaInAgreement();
                LOGGER.info("table {} made{}", name, agreed ? "" : "; not all Cassandra nodes know it yet");
            }
        });
        return new SideTables(session);
    }

    /** A statement, prepared: once for each, when a table's class is made. */
    public PreparedStatement prepare(String cql) {
        return session.prepare(cql);
    }

    /** The same read, but of all that was written on a condition before, which else could be half-way. */
    public BoundStatement serial(BoundStatement read) {
        // James's choice for conditional writes: of all data centres or of one.
        String level = session.getContext().getConfig().getDefaultProfile().getString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY);
        return read.setConsistencyLevel(DefaultConsistencyLevel.valueOf(level));
    }

    /** The first row of the answer, or empty. */
    public Mono<Row> row(Statement<?> statement) {
        return rows(statement).next();
    }

    /** Runs a light-weight transaction; answers whether its condition held, and so whether it has done anything. */
    public Mono<Boolean> applied(Statement<?> statement) {
        return row(statement).map(row -> row.getBoolean("[applied]"));
    }

    /** The rows of the answer, fetched as they are asked for. */
    public Flux<Row> rows(Statement<?> statement) {
        return Flux.defer(() -> Flux.from(session.executeReactive(statement))).cast(Row.class).publishOn(Blocking.SCHEDULER);
    }

    /** Writes; completes when Cassandra has it. */
    public Mono<Void> write(Statement<?> statement) {
        return rows(statement).then();
    }
}
