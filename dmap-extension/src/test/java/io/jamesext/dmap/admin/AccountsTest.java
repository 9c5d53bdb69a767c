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
package io.jamesext.dmap.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.DimeSettings;
import io.jamesext.dmap.ring.KeyRing;
import io.jamesext.dmap.ring.KeyTable;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.ModeTable;
import io.jamesext.dmap.ring.Modes;
import io.jamesext.dmap.ring.Organisations;
import io.jamesext.dmap.ring.RemoteSignets;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.dmap.ring.SignetTable;
import io.jamesext.dmap.ring.Signets;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.dmap.ring.TestKeys;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

/** What the routes do not show: keys that come at the same moment, and those that nobody can open any more. */
class AccountsTest {
    private static final DimeSettings OTHER_KEY = new DimeSettings(Mode.TRUSTFUL, Optional.empty(),
        Optional.of(TestDime.cipher("AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")));

    private final TestKeys alices = TestKeys.first();
    private final KeyTable table = KeyTable.on(Optional.empty());
    private final KeyRing keys = new KeyRing(table, TestDime.settings(Mode.TRUSTFUL));

    private static Accounts accounts(KeyRing keys, ModeTable modes) {
        Organisations organisations = new Organisations(List.of(TestDime.EXAMPLE_ORG));
        DimeSettings settings = TestDime.settings(Mode.TRUSTFUL);
        return new Accounts(new Dime(organisations, new Modes(modes, settings), keys, SignetTable.on(Optional.empty()),
            new Signets(keys, organisations), RemoteSignets.NONE));
    }

    private Mono<KeyRing.Addition> add() {
        return keys.add(TestJames.ALICE, new RingKey(TestDime.EXAMPLE_ORG.sign(alices.request(), TestJames.ALICE),
            Optional.of(alices.keys().toBytes()), Instant.now(), Optional.empty()));
    }

    /** An ADDKEY that has seen the mode before ends while the operator changes it. */
    private ModeTable modesDuringAnAddition() {
        ModeTable modes = ModeTable.on(Optional.empty());
        return new ModeTable() {
            @Override
            public Mono<Mode> find(Username user) {
                return modes.find(user);
            }

            @Override
            public Mono<Void> put(Username user, Mode mode) {
                return add().then(modes.put(user, mode));
            }

            @Override
            public Mono<Void> remove(Username user) {
                return modes.remove(user);
            }
        };
    }

    @Test
    void aKeyThatComesWhileTheModeChangesShouldBeToldOrDeleted() {
        ModeTable modes = modesDuringAnAddition();
        Accounts accounts = accounts(keys, modes);
        assertThat(accounts.enter(TestJames.ALICE, Optional.of(Mode.PARANOID), false).block()).isFalse();
        assertThat(keys.privateKeys(TestJames.ALICE, alices.id()).blockOptional()).isPresent();
        assertThat(accounts.enter(TestJames.ALICE, Optional.of(Mode.PARANOID), true).block()).isTrue();
        assertThat(keys.privateKeys(TestJames.ALICE, alices.id()).blockOptional()).isEmpty();
        assertThat(modes.find(TestJames.ALICE).block()).isEqualTo(Mode.PARANOID);
    }

    @Test
    void aKeyThatComesWhileTheModeChangesShouldBeDeletedAtOnceWhereThatIsAllowed() {
        assertThat(accounts(keys, modesDuringAnAddition()).enter(TestJames.ALICE, Optional.of(Mode.PARANOID), true).block()).isTrue();
        assertThat(keys.privateKeys(TestJames.ALICE, alices.id()).blockOptional()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "TRUSTFUL", mode = EnumSource.Mode.EXCLUDE)
    void privateKeysThatTheOperatorsKeyDoesNotOpenShouldNotStayUnseen(Mode mode) {
        add().block();
        Accounts accounts = accounts(new KeyRing(table, OTHER_KEY), ModeTable.on(Optional.empty()));
        assertThat(accounts.enter(TestJames.ALICE, Optional.of(mode), false).block()).isFalse();
        assertThat(keys.privateKeys(TestJames.ALICE, alices.id()).blockOptional()).isPresent();
        assertThat(accounts.enter(TestJames.ALICE, Optional.of(mode), true).block()).isTrue();
        assertThat(table.find(TestJames.ALICE, alices.id()).block().privateKeys()).isEmpty();
    }

    @Test
    void privateKeysThatTheOperatorsKeyDoesNotOpenShouldNotBeMoved() {
        add().block();
        Accounts accounts = accounts(new KeyRing(table, OTHER_KEY), ModeTable.on(Optional.empty()));
        assertThatThrownBy(() -> accounts.rename(TestJames.ALICE, TestJames.BOB).block()).isInstanceOf(ProtocolException.class)
            .hasMessage("the private keys were encrypted by another credentialKey than the one of dime.xml");
        assertThat(keys.privateKeys(TestJames.ALICE, alices.id()).blockOptional()).isPresent();
        assertThat(keys.all(TestJames.BOB).collectList().block()).isEmpty();
    }

    /** Else the former user, who stays, would go on with an older key. */
    @Test
    void aRenameThatIsRefusedShouldLeaveTheCurrentKeyAndTheModes() {
        add().block();
        KeyRing others = new KeyRing(table, OTHER_KEY);
        TestKeys next = alices.next();
        others.add(TestJames.ALICE, new RingKey(TestDime.EXAMPLE_ORG.sign(next.request(), TestJames.ALICE),
            Optional.of(next.keys().toBytes()), Instant.now(), Optional.empty())).block();
        ModeTable modes = ModeTable.on(Optional.empty());
        modes.put(TestJames.ALICE, Mode.CAUTIOUS).block();
        assertThatThrownBy(() -> accounts(others, modes).rename(TestJames.ALICE, TestJames.BOB).block())
            .isInstanceOf(ProtocolException.class);
        assertThat(others.current(TestJames.ALICE).block().id()).isEqualTo(next.id());
        assertThat(others.all(TestJames.BOB).collectList().block()).isEmpty();
        assertThat(modes.find(TestJames.BOB).blockOptional()).isEmpty();
    }

    @Test
    void privateKeysThatComeWhileTheModeIsGivenOnShouldBeTold() {
        ModeTable modes = modesDuringAnAddition();
        modes.put(TestJames.BOB, Mode.PARANOID).block();
        keys.remove(TestJames.ALICE, alices.id()).block();
        Accounts accounts = accounts(keys, modes);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> accounts.rename(TestJames.BOB, TestJames.ALICE).block()).isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("the two accounts have different modes");
        }
    }
}
