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

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static io.jamesext.testing.mailbox.TestJames.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** The contract of both stores. */
@BothBackends
class PresenceStoreTest {
    private static final Instant NOON = Instant.parse("2011-05-27T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Statement HERE = new Statement(Statement.State.HERE, NOON, Optional.empty());
    private static final UUID PHONE = UUID.randomUUID();
    private static final UUID DESK = UUID.randomUUID();

    private PresenceStore store;

    @BeforeEach
    void setUp() throws Exception {
        store = PresenceStore.on(TestJames.create().cassandra().map(SideTables::create));
    }

    @Test
    void whoHasAnnouncedNothingShouldNotBeFound() {
        assertThat(store.find(ALICE).blockOptional()).isEmpty();
        store.put(ALICE, PresenceStore.Text.STATUS, "busy").block();
        store.attend(ALICE, PHONE, NOON, MINUTE).block();
        assertThat(store.find(ALICE).blockOptional()).isEmpty();
    }

    @Test
    void theNewestStatementShouldCount() {
        store.announce(ALICE, HERE).block();
        assertThat(store.find(ALICE).block().statement()).isEqualTo(HERE);

        Statement idle = new Statement(Statement.State.IDLE, NOON.minusSeconds(300), Optional.of(NOON.plusMillis(5)));
        store.announce(ALICE, idle).block();
        assertThat(store.find(ALICE).block().statement()).isEqualTo(idle);
        assertThat(store.find(BOB).blockOptional()).isEmpty();

        store.announce(ALICE, HERE).block();
        assertThat(store.find(ALICE).block().statement()).isEqualTo(HERE);
    }

    @Test
    void textsShouldStayUntilTheyAreReplacedOrDeleted() {
        store.put(ALICE, PresenceStore.Text.STATUS, "busy").block();
        store.put(ALICE, PresenceStore.Text.AT, "Wien, Österreich").block();
        store.announce(ALICE, HERE).block();
        assertThat(store.find(ALICE).block()).extracting(Presence::status, Presence::place).containsExactly("busy", "Wien, Österreich");

        store.put(ALICE, PresenceStore.Text.STATUS, "").block();
        store.put(ALICE, PresenceStore.Text.AT, "home").block();
        assertThat(store.find(ALICE).block()).extracting(Presence::status, Presence::place).containsExactly("", "home");
    }

    @Test
    void aUserShouldBeConnectedAsLongAsOneConnectionLives() {
        store.announce(ALICE, HERE).block();
        assertThat(store.find(ALICE).block().connected()).isFalse();

        store.attend(ALICE, PHONE, NOON, MINUTE).block();
        store.attend(ALICE, DESK, NOON.plusSeconds(1), MINUTE).block();
        store.leave(ALICE, PHONE, NOON.plusSeconds(2)).block();
        assertThat(store.find(ALICE).block().connected()).isTrue();

        store.leave(ALICE, DESK, NOON.plusSeconds(3)).block();
        Presence presence = store.find(ALICE).block();
        assertThat(presence.connected()).isFalse();
        assertThat(presence.seen()).isEqualTo(NOON.plusSeconds(3));
        assertThat(presence.at(NOON.plusSeconds(4))).contains(new Statement(Statement.State.AWAY, NOON.plusSeconds(3), Optional.empty()));
    }

    /** A node that stopped without a word. */
    @Test
    void aLeaseThatIsNotRenewedShouldEndByItself() throws Exception {
        store.announce(ALICE, HERE).block();
        store.attend(ALICE, PHONE, NOON, Duration.ofSeconds(1)).block();
        store.announce(BOB, HERE).block();
        store.attend(BOB, PHONE, NOON, Duration.ofSeconds(1)).block();
        store.attend(BOB, PHONE, NOON, MINUTE).block();
        // Cassandra counts in whole seconds.
        Thread.sleep(2100);

        assertThat(store.find(ALICE).block().connected()).isFalse();
        assertThat(store.find(ALICE).block().statement()).isEqualTo(HERE);
        assertThat(store.find(ALICE).block().seen()).isEqualTo(NOON);
        assertThat(store.find(BOB).block().connected()).isTrue();
    }
}
