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

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.expunge.TombstoneLog;
import io.jamesext.kernel.expunge.Tombstones;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** The index when no event is heard at all, as when all were lost. */
@BothBackends
class FolderIndexTest {
    private TestJames james;
    private MailboxSession session;
    private FolderIndex index;

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        session = james.session(ALICE);
        Optional<SideTables> tables = james.cassandra().map(SideTables::create);
        MailboxSessionMapperFactory mappers = ((StoreMailboxManager) james.mailboxManager()).getMapperFactory();
        index = new FolderIndex(FolderTable.on(tables), new StoredFolders(james.mailboxManager(), mappers),
            new TombstoneLog(Tombstones.on(tables), james.mailboxManager(), mappers), Clock.systemUTC());
        james.mailboxManager().createMailbox(path("Work"), session);
        index.reconcile(ALICE).block();
    }

    private static MailboxPath path(String name) {
        return MailboxPath.forUser(ALICE, name);
    }

    private Map<String, Fcid> fcids() {
        return index.account(ALICE).block().folders().stream().collect(Collectors.toMap(FolderRow::name, FolderRow::fcid));
    }

    private FolderRow row(String name) {
        return index.account(ALICE).block().folders().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }

    private long root() {
        return index.account(ALICE).block().root();
    }

    @Test
    void nothingShouldBeKnownOfWhoNeverAsked() {
        assertThat(index.account(TestJames.BOB).blockOptional()).isEmpty();
        assertThat(index.knows(TestJames.BOB).block()).isFalse();
        assertThat(index.knows(ALICE).block()).isTrue();
    }

    @Test
    void lookingAgainShouldChangeNothing() {
        Map<String, Fcid> before = fcids();
        long root = root();
        index.reconcile(ALICE).block();
        index.verify(ALICE).block();
        assertThat(fcids()).isEqualTo(before).containsOnlyKeys("INBOX", "Work");
        assertThat(row("INBOX").seed()).isNotEqualTo(row("Work").seed());
        assertThat(root()).isEqualTo(root);
    }

    @Test
    void lostNewsOfMessagesShouldBeFound() throws Exception {
        Map<String, Fcid> before = fcids();
        Fcid work = row("Work").fcid();
        long uid = james.append(ALICE, "Work", "Subject: 1\n\none\n");
        assertThat(fcids()).isEqualTo(before);

        index.verify(ALICE).block();
        assertThat(fcids().get("INBOX")).isEqualTo(before.get("INBOX"));
        assertThat(row("Work").fcid().isNotBefore(work)).isTrue();
        assertThat(row("Work").lastUid()).isEqualTo(uid);
    }

    @Test
    void lostNewsOfFoldersShouldBeFound() throws Exception {
        long modSeq = row("Work").modSeq();
        long root = root();
        james.mailboxManager().createMailbox(path("Work.a"), session);
        index.verify(ALICE).block();
        assertThat(fcids()).containsOnlyKeys("INBOX", "Work", "Work.a");
        assertThat(row("Work").modSeq()).isGreaterThan(modSeq);
        assertThat(root()).isEqualTo(root);

        Map<String, Fcid> before = fcids();
        james.mailboxManager().renameMailbox(path("Work"), path("Job"), session);
        index.verify(ALICE).block();
        assertThat(fcids()).containsOnlyKeys("INBOX", "Job", "Job.a");
        assertThat(fcids().get("Job")).isEqualTo(before.get("Work"));
        assertThat(fcids().get("Job.a")).isEqualTo(before.get("Work.a"));
        assertThat(root()).isGreaterThan(root);
    }

    @Test
    void aPathShouldNotSinkWhenAnOlderFolderIsRenamedToIt() throws Exception {
        james.mailboxManager().createMailbox(path("Young"), session);
        index.reconcile(ALICE).block();
        FolderRow young = row("Young");
        james.mailboxManager().deleteMailbox(path("Young"), session);
        index.reconcile(ALICE).block();
        james.mailboxManager().renameMailbox(path("Work"), path("Young"), session);
        index.reconcile(ALICE).block();

        FolderRow old = row("Young");
        assertThat(old.seed()).isGreaterThan(young.seed());
        assertThat(old.ucid()).isGreaterThan(young.ucid());
    }
}
