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

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** What every table of rings does. */
@BothBackends
class SignetTableTest {
    private static final SignetName NAME = SignetName.of("carol@example.net");

    private final Signet first = TestDime.EXAMPLE_ORG.sign(TestKeys.first().request(), TestJames.BOB);
    private final Signet second = TestDime.EXAMPLE_ORG.signet();
    private SignetTable table;

    @BeforeEach
    void setUp() throws Exception {
        table = SignetTable.on(TestJames.create().cassandra().map(SideTables::create));
    }

    private boolean put(String name, Signet signet, Optional<Signet> instead) {
        return table.put(TestJames.ALICE, SignetName.of(name), signet, instead).block();
    }

    @Test
    void aSignetShouldBeKeptOnlyInThePlaceOfTheOneThatWasSeen() {
        assertThat(put("carol@example.net", first, Optional.of(second))).isFalse();
        assertThat(table.find(TestJames.ALICE, NAME).blockOptional()).isEmpty();
        assertThat(put("carol@example.net", first, Optional.empty())).isTrue();
        assertThat(put("carol@example.net", second, Optional.empty())).isFalse();
        assertThat(put("carol@example.net", second, Optional.of(second))).isFalse();
        assertThat(table.find(TestJames.ALICE, NAME).block()).isEqualTo(first);
        assertThat(put("carol@example.net", second, Optional.of(first))).isTrue();
        assertThat(table.find(TestJames.ALICE, NAME).block()).isEqualTo(second);
        assertThat(table.find(TestJames.BOB, NAME).blockOptional()).isEmpty();
    }

    @Test
    void namesShouldBeInOrderUntilTheyAreRemoved() {
        for (String name : List.of("Token_B", "example.net", "carol@example.net", "Token_A")) {
            assertThat(put(name, second, Optional.empty())).isTrue();
        }
        assertThat(table.names(TestJames.ALICE).map(SignetName::toString).collectList().block())
            .containsExactly("Token_A", "Token_B", "carol@example.net", "example.net");
        assertThat(table.remove(TestJames.ALICE, NAME).block()).isTrue();
        assertThat(table.remove(TestJames.ALICE, NAME).block()).isFalse();
        assertThat(table.names(TestJames.ALICE).collectList().block()).hasSize(3).doesNotContain(NAME);
        assertThat(table.names(TestJames.BOB).collectList().block()).isEmpty();
        assertThat(put("carol@example.net", first, Optional.empty())).isTrue();
    }

    @Test
    void oneOfSeveralAtOnceShouldBeKept() {
        List<Boolean> kept = Flux.range(0, 8)
            .flatMap(i -> table.put(TestJames.ALICE, NAME, i % 2 == 0 ? first : second, Optional.empty()))
            .collectList()
            .block();
        assertThat(kept).containsOnlyOnce(true).hasSize(8);
    }
}
