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

package io.jamesext.lemonade.imap.metadata;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static io.jamesext.testing.mailbox.TestJames.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.james.core.Username;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.google.common.collect.Maps;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** The contract of both stores. */
@BothBackends
class ServerAnnotationsTest {
    private static final String MINE = "/private/filters/values/on-the-road";
    private static final String OURS = "/shared/filters/values/on-the-road";

    private ServerAnnotations annotations;

    @BeforeEach
    void setUp() throws Exception {
        Optional<SideTables> tables = TestJames.create().cassandra().map(SideTables::create);
        annotations = ServerAnnotations.on(tables);
        annotations.change(ALICE, Map.of(OURS, Optional.empty())).block();
    }

    @Test
    void privateOnesShouldBeTheirOwnersAndSharedOnesEverybodys() {
        annotations.change(ALICE, Map.of(MINE, Optional.of("Grün"), OURS, Optional.of("all"))).block();
        assertThat(annotations.of(ALICE).block()).containsOnly(Map.entry(MINE, "Grün"), Map.entry(OURS, "all"));
        assertThat(annotations.of(BOB).block()).containsOnly(Map.entry(OURS, "all"));
        annotations.change(BOB, Map.of(OURS, Optional.of("ours"), MINE, Optional.of(""))).block();
        assertThat(annotations.of(ALICE).block()).containsOnly(Map.entry(MINE, "Grün"), Map.entry(OURS, "ours"));
        assertThat(annotations.of(BOB).block()).containsOnly(Map.entry(MINE, ""), Map.entry(OURS, "ours"));
    }

    @Test
    void removedOnesShouldBeGone() {
        annotations.change(ALICE, Map.of(MINE, Optional.of("x"))).block();
        annotations.change(ALICE, Map.of(MINE, Optional.empty(), "/private/other", Optional.empty())).block();
        assertThat(annotations.of(ALICE).block()).isEmpty();
    }

    /** Sessions that set some at once may pass the limit together. */
    @Test
    void onlySoManyShouldBeRead() {
        Map<String, Optional<String>> many = IntStream.range(0, 300).boxed()
            .collect(Collectors.toMap(at -> "/private/many" + at, at -> Optional.of("x")));
        annotations.change(ALICE, many).block();
        annotations.change(ALICE, Map.of(OURS, Optional.of("all"))).block();
        assertThat(annotations.of(ALICE).block()).hasSize(ServerAnnotations.MAX_READ + 1).containsKey(OURS);
        annotations.change(ALICE, Maps.transformValues(many, value -> Optional.empty())).block();
        assertThat(annotations.of(ALICE).block()).containsOnlyKeys(OURS);
    }

    @Test
    void noUserShouldBeEverybody() {
        Username odd = Username.of("shared");
        annotations.change(odd, Map.of(MINE, Optional.of("x"))).block();
        assertThat(annotations.of(odd).block()).containsOnlyKeys(MINE);
        assertThat(annotations.of(ALICE).block()).doesNotContainKey(MINE);
        annotations.change(odd, Map.of(MINE, Optional.empty())).block();
    }

    @Test
    void nothingShouldHappenBeforeTheSubscription() {
        annotations.change(ALICE, Map.of(MINE, Optional.of("x")));
        assertThat(annotations.of(ALICE).block()).isEmpty();
    }
}
