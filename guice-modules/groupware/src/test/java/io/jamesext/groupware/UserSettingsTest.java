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
package io.jamesext.groupware;

import static io.jamesext.groupware.UserSettings.Kind.MAILBOX_ALIAS;
import static io.jamesext.groupware.UserSettings.Kind.PREFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

@BothBackends
class UserSettingsTest {
    private UserSettings settings;

    @BeforeEach
    void setUp() throws Exception {
        settings = UserSettings.on(TestJames.create().cassandra().map(SideTables::create));
    }

    @Test
    void absentOneShouldBeEmpty() {
        assertThat(settings.find(TestJames.ALICE, PREFERENCE, "a").blockOptional()).isEmpty();
        assertThat(settings.all(TestJames.ALICE, PREFERENCE).block()).isEmpty();
        settings.remove(TestJames.ALICE, PREFERENCE, "a").block();
    }

    @Test
    void storedOneShouldBeThatUsersAndKindsOnly() {
        settings.put(TestJames.ALICE, PREFERENCE, "a", "1").block();
        assertThat(settings.find(TestJames.ALICE, PREFERENCE, "a").block()).isEqualTo("1");
        assertThat(settings.find(TestJames.BOB, PREFERENCE, "a").blockOptional()).isEmpty();
        assertThat(settings.all(TestJames.ALICE, MAILBOX_ALIAS).block()).isEmpty();
    }

    @Test
    void allShouldBeInTheOrderOfTheirNames() {
        settings.put(TestJames.ALICE, PREFERENCE, "b", "2").block();
        settings.put(TestJames.ALICE, PREFERENCE, "\u00e4", "3").block();
        settings.put(TestJames.ALICE, PREFERENCE, "a", "").block();
        assertThat(settings.all(TestJames.ALICE, PREFERENCE).block()).containsExactly(
            Map.entry("a", ""), Map.entry("b", "2"), Map.entry("\u00e4", "3"));
    }

    @Test
    void putShouldReplaceAndRemoveShouldSpareOthers() {
        settings.put(TestJames.ALICE, PREFERENCE, "a", "1").block();
        settings.put(TestJames.ALICE, PREFERENCE, "a", "2").block();
        settings.put(TestJames.ALICE, PREFERENCE, "b", "3").block();
        settings.remove(TestJames.ALICE, PREFERENCE, "b").block();
        assertThat(settings.all(TestJames.ALICE, PREFERENCE).block()).containsExactly(Map.entry("a", "2"));
    }

    @Test
    void replaceShouldDoSoOnlyIfNothingHasChanged() {
        assertThat(settings.replace(TestJames.ALICE, PREFERENCE, "a", Optional.of("0"), "1").block()).isFalse();
        assertThat(settings.replace(TestJames.ALICE, PREFERENCE, "a", Optional.empty(), "1").block()).isTrue();
        assertThat(settings.replace(TestJames.ALICE, PREFERENCE, "a", Optional.empty(), "2").block()).isFalse();
        assertThat(settings.replace(TestJames.ALICE, PREFERENCE, "a", Optional.of("0"), "2").block()).isFalse();
        assertThat(settings.find(TestJames.ALICE, PREFERENCE, "a").block()).isEqualTo("1");
        assertThat(settings.replace(TestJames.ALICE, PREFERENCE, "a", Optional.of("1"), "2").block()).isTrue();
        assertThat(settings.all(TestJames.ALICE, PREFERENCE).block()).containsExactly(Map.entry("a", "2"));
    }

    @Test
    void ofManyThatReplaceAtOnceOneShould() {
        List<Boolean> replaced = Flux.range(0, 8)
            .flatMap(i -> settings.replace(TestJames.ALICE, PREFERENCE, "a", Optional.empty(), "" + i)
                .subscribeOn(Schedulers.boundedElastic()))
            .collectList().block();
        assertThat(Collections.frequency(replaced, true)).isEqualTo(1);
    }

    @Test
    void clearShouldRemoveAllKindsOfThatUserOnly() {
        for (UserSettings.Kind kind : UserSettings.Kind.values()) {
            settings.put(TestJames.ALICE, kind, "a", "1").block();
            settings.put(TestJames.ALICE, kind, "b", "2").block();
            settings.put(TestJames.BOB, kind, "a", "3").block();
        }
        settings.clear(TestJames.ALICE).block();
        for (UserSettings.Kind kind : UserSettings.Kind.values()) {
            assertThat(settings.all(TestJames.ALICE, kind).block()).isEmpty();
            assertThat(settings.all(TestJames.BOB, kind).block()).containsExactly(Map.entry("a", "3"));
        }
        settings.put(TestJames.ALICE, PREFERENCE, "a", "4").block();
        assertThat(settings.find(TestJames.ALICE, PREFERENCE, "a").block()).isEqualTo("4");
    }

    @Test
    void nothingShouldHappenBeforeTheSubscription() {
        settings.put(TestJames.ALICE, PREFERENCE, "a", "1");
        assertThat(settings.find(TestJames.ALICE, PREFERENCE, "a").blockOptional()).isEmpty();
    }
}
