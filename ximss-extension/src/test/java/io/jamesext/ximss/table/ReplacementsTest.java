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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

@BothBackends
class ReplacementsTest {
    private static final UUID ONE = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private Optional<SideTables> tables;
    private MailboxId mailbox;
    private Replacements replacements;

    @BeforeEach
    void setUp() throws Exception {
        TestJames james = TestJames.create();
        tables = james.cassandra().map(SideTables::create);
        mailbox = james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), james.session(TestJames.ALICE)).getId();
        replacements = Replacements.on(tables, Replacements.LEASE);
    }

    @Test
    void messageShouldBeClaimedOnce() {
        assertThat(replacements.claim(mailbox, 1, ONE).block()).isTrue();
        assertThat(replacements.claim(mailbox, 1, OTHER).block()).isFalse();
        assertThat(replacements.claim(mailbox, 2, OTHER).block()).isTrue();
    }

    @Test
    void onlyTheOwnerShouldGiveItBack() {
        replacements.claim(mailbox, 1, ONE).block();
        replacements.release(mailbox, 1, OTHER).block();
        assertThat(replacements.claim(mailbox, 1, OTHER).block()).isFalse();
        replacements.release(mailbox, 1, ONE).block();
        assertThat(replacements.claim(mailbox, 1, OTHER).block()).isTrue();
        assertThatCode(() -> replacements.release(mailbox, 7, ONE).block()).doesNotThrowAnyException();
    }

    @Test
    void claimOfWhoHasEndedShouldEnd() throws Exception {
        Replacements brief = Replacements.on(tables, Duration.ofSeconds(1));
        assertThat(brief.claim(mailbox, 1, ONE).block()).isTrue();
        Thread.sleep(2100);
        assertThat(brief.claim(mailbox, 1, OTHER).block()).isTrue();
    }

    @Test
    void oneOfManyAtOnceShouldWin() {
        assertThat(Flux.range(0, 16).flatMap(i -> replacements.claim(mailbox, 1, UUID.randomUUID())).filter(won -> won)
            .collectList().block()).hasSize(1);
    }
}
