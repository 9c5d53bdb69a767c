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
package io.jamesext.dmap.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** What every table of keys does. */
@BothBackends
class KeyTableTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");

    private final RingKey first = key(Optional.of(new byte[] {1, 2, 3}), Optional.of(NOW.plusSeconds(60)));
    private final RingKey second = key(Optional.empty(), Optional.empty());
    private KeyTable table;

    @BeforeEach
    void setUp() throws Exception {
        table = KeyTable.on(TestJames.create().cassandra().map(SideTables::create));
    }

    private static RingKey key(Optional<byte[]> privateKeys, Optional<Instant> expires) {
        return new RingKey(TestDime.EXAMPLE_ORG.sign(TestKeys.first().request(), TestJames.ALICE), privateKeys, NOW, expires);
    }

    private boolean add(RingKey key, Optional<Fingerprint> current) {
        return table.add(TestJames.ALICE, key, current, key.id()).block();
    }

    private boolean remove(RingKey key, Optional<Fingerprint> current, Optional<Fingerprint> then) {
        return table.remove(TestJames.ALICE, key.id(), current, then).block();
    }

    private List<Fingerprint> all() {
        return table.all(TestJames.ALICE).map(RingKey::id).collectList().block();
    }

    @Test
    void aKeyShouldComeBackAsItWasAdded() {
        assertThat(add(first, Optional.empty())).isTrue();
        assertThat(add(second, Optional.of(first.id()))).isTrue();
        RingKey found = table.find(TestJames.ALICE, first.id()).block();
        assertThat(found.signet()).isEqualTo(first.signet());
        assertThat(found.privateKeys()).hasValueSatisfying(octets -> assertThat(octets).containsExactly(1, 2, 3));
        assertThat(found.added()).isEqualTo(NOW);
        assertThat(found.expires()).contains(NOW.plusSeconds(60));
        RingKey other = table.find(TestJames.ALICE, second.id()).block();
        assertThat(other.privateKeys()).isEmpty();
        assertThat(other.expires()).isEmpty();
        assertThat(all()).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(table.find(TestJames.BOB, first.id()).blockOptional()).isEmpty();
        assertThat(table.all(TestJames.BOB).collectList().block()).isEmpty();
    }

    @Test
    void nothingShouldChangeWhenAnotherKeyIsTheCurrentOne() {
        assertThat(add(first, Optional.of(second.id()))).isFalse();
        assertThat(all()).isEmpty();
        assertThat(add(first, Optional.empty())).isTrue();
        assertThat(add(second, Optional.empty())).isFalse();
        assertThat(remove(first, Optional.empty(), Optional.empty())).isFalse();
        assertThat(all()).containsExactly(first.id());
    }

    @Test
    void theKeyThatIsLeftShouldBeTheCurrentOne() {
        assertThat(add(first, Optional.empty())).isTrue();
        assertThat(add(second, Optional.of(first.id()))).isTrue();
        assertThat(remove(second, Optional.of(second.id()), Optional.of(first.id()))).isTrue();
        assertThat(all()).containsExactly(first.id());
        assertThat(remove(first, Optional.of(first.id()), Optional.empty())).isTrue();
        assertThat(all()).isEmpty();
        assertThat(table.find(TestJames.ALICE, first.id()).blockOptional()).isEmpty();
        assertThat(add(second, Optional.empty())).isTrue();
        assertThat(all()).containsExactly(second.id());
    }

    @Test
    void aKeyThatIsAddedBelowShouldLeaveTheCurrentOne() {
        assertThat(add(first, Optional.empty())).isTrue();
        assertThat(table.add(TestJames.ALICE, second, Optional.of(first.id()), first.id()).block()).isTrue();
        assertThat(all()).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(remove(second, Optional.of(second.id()), Optional.of(first.id()))).isFalse();
        assertThat(remove(second, Optional.of(first.id()), Optional.of(first.id()))).isTrue();
        assertThat(all()).containsExactly(first.id());
    }

    @Test
    void aKeyShouldStayWithoutItsPrivatePart() {
        table.removePrivateKeys(TestJames.ALICE, first.id()).block();
        assertThat(all()).isEmpty();
        assertThat(add(first, Optional.empty())).isTrue();
        table.removePrivateKeys(TestJames.ALICE, first.id()).block();
        RingKey found = table.find(TestJames.ALICE, first.id()).block();
        assertThat(found.privateKeys()).isEmpty();
        assertThat(found.signet()).isEqualTo(first.signet());
        assertThat(found.expires()).isEqualTo(first.expires());
        assertThat(add(second, Optional.of(first.id()))).isTrue();
    }

    @Test
    void oneOfSeveralAtOnceShouldBeAdded() {
        List<Boolean> added = Flux.range(0, 8)
            .map(i -> key(Optional.empty(), Optional.empty()))
            .flatMap(key -> table.add(TestJames.ALICE, key, Optional.empty(), key.id()))
            .collectList()
            .block();
        assertThat(added).containsOnlyOnce(true).hasSize(8);
        assertThat(all()).hasSize(1);
    }
}
