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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.testing.mailbox.TestJames;

/** What the ring does with what the table keeps. */
class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");

    private final MemoryKeyTable table = new MemoryKeyTable();
    private final KeyRing ring = new KeyRing(table, TestDime.settings(Mode.TRUSTFUL));

    private static RingKey key(TestKeys keys, boolean withPrivate) {
        return new RingKey(TestDime.EXAMPLE_ORG.sign(keys.request(), TestJames.ALICE),
            Optional.of(keys.keys().toBytes()).filter(octets -> withPrivate), NOW, Optional.empty());
    }

    private KeyRing.Addition add(TestKeys keys) {
        return ring.add(TestJames.ALICE, key(keys, false)).block();
    }

    @Test
    void privateKeysShouldBeEncryptedWhereTheyAreKept() {
        TestKeys keys = TestKeys.first();
        ring.add(TestJames.ALICE, key(keys, true)).block();
        byte[] plain = keys.keys().toBytes();
        byte[] kept = table.find(TestJames.ALICE, keys.id()).block().privateKeys().orElseThrow();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain(new String(plain, StandardCharsets.ISO_8859_1));
        assertThat(ring.privateKeys(TestJames.ALICE, keys.id()).block()).isEqualTo(plain);
        assertThat(ring.find(TestJames.ALICE, keys.id()).block().privateKeys()).contains(plain);
        assertThat(ring.current(TestJames.ALICE).block().privateKeys()).contains(plain);
    }

    @Test
    void privateKeysOfAnotherUserOrOperatorsKeyShouldNotOpen() {
        TestKeys keys = TestKeys.first();
        ring.add(TestJames.ALICE, key(keys, true)).block();
        RingKey kept = table.find(TestJames.ALICE, keys.id()).block();
        table.add(TestJames.BOB, kept, Optional.empty(), keys.id()).block();
        assertThat(ring.find(TestJames.BOB, keys.id()).block().privateKeys()).isEmpty();
        KeyRing other = new KeyRing(table, new DimeSettings(Mode.TRUSTFUL, Optional.empty(),
            Optional.of(TestDime.cipher("AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="))));
        assertThat(other.current(TestJames.ALICE).block().signet()).isEqualTo(kept.signet());
        assertThat(other.current(TestJames.ALICE).block().privateKeys()).isEmpty();
        assertThatThrownBy(() -> other.privateKeys(TestJames.ALICE, keys.id()).block()).isInstanceOf(ProtocolException.class)
            .hasMessage("the private keys were encrypted by another credentialKey than the one of dime.xml");
    }

    @Test
    void whoeverIsAskedForWithoutKeysShouldLeaveNothing() {
        assertThat(ring.current(TestJames.ALICE).blockOptional()).isEmpty();
        assertThat(ring.find(TestJames.ALICE, TestKeys.first().id()).blockOptional()).isEmpty();
        ring.remove(TestJames.ALICE, TestKeys.first().id()).block();
        ring.removePrivateKeys(TestJames.ALICE, TestKeys.first().id()).block();
        assertThat(table.rings).isEmpty();
    }

    @Test
    void withoutACipherPrivateKeysShouldBeRefused() {
        KeyRing open = new KeyRing(table, DimeSettings.NONE);
        assertThatThrownBy(() -> open.add(TestJames.ALICE, key(TestKeys.first(), true)).block())
            .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(Failure.NOT_SUPPORTED))
            .hasMessage("the server keeps no private keys: its operator has to give a credentialKey in dime.xml");
        assertThat(open.all(TestJames.ALICE).collectList().block()).isEmpty();
        assertThat(open.add(TestJames.ALICE, key(TestKeys.first(), false)).block()).isEqualTo(KeyRing.Addition.ADDED);
    }

    @Test
    void theNewestShouldBeFirstWhateverTheClocksSay() {
        TestKeys first = TestKeys.first();
        TestKeys second = first.next();
        TestKeys third = second.next();
        for (TestKeys keys : List.of(first, second, third)) {
            assertThat(add(keys)).isEqualTo(KeyRing.Addition.ADDED);
        }
        assertThat(ids()).containsExactly(third.id(), second.id(), first.id());
        assertThat(add(first)).isEqualTo(KeyRing.Addition.EXISTS);
        assertThat(add(first.next())).isEqualTo(KeyRing.Addition.CUSTODY_BROKEN);
        assertThat(add(TestKeys.first())).isEqualTo(KeyRing.Addition.CUSTODY_BROKEN);
        ring.remove(TestJames.ALICE, first.id()).block();
        assertThat(ids()).containsExactly(third.id(), second.id());
        assertThat(ring.current(TestJames.ALICE).block().id()).isEqualTo(third.id());
    }

    @Test
    void thereShouldBeALimit() {
        TestKeys keys = TestKeys.first();
        Optional<Fingerprint> current = Optional.empty();
        for (int i = 0; i < KeyRing.MAX_KEYS; i++) {
            assertThat(table.add(TestJames.ALICE, key(keys, false).addedAt(NOW.plusMillis(i)), current, keys.id()).block()).isTrue();
            current = Optional.of(keys.id());
            keys = keys.next();
        }
        assertThat(add(keys)).isEqualTo(KeyRing.Addition.FULL);
    }

    private List<Fingerprint> ids() {
        return ring.all(TestJames.ALICE).map(RingKey::id).collectList().block();
    }
}
