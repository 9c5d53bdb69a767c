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
package io.jamesext.dmap.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;

/** What every store of STACIE verifiers does. */
interface StacieVerifiersContract {
    Username ALICE = Username.of("alice@example.org");
    Username BOB = Username.of("bob@example.org");

    /** An empty one. */
    StacieVerifiers verifiers();

    @Test
    default void absentOneShouldBeEmpty() {
        assertThat(verifiers().find(ALICE).blockOptional()).isEmpty();
        verifiers().remove(ALICE, "first").block();
        assertThat(verifiers().find(ALICE).blockOptional()).isEmpty();
    }

    @Test
    default void storedOneShouldBeThatUsersOnlyAndReplaceAnEarlierOne() {
        verifiers().put(ALICE, "first").block();
        verifiers().put(ALICE, "second").block();
        assertThat(verifiers().find(ALICE).block()).isEqualTo("second");
        assertThat(verifiers().find(BOB).blockOptional()).isEmpty();
    }

    @Test
    default void removedOneShouldBeGoneAndLeaveRoomForTheNext() {
        verifiers().put(ALICE, "first").block();
        verifiers().put(BOB, "first").block();
        verifiers().remove(ALICE, "first").block();
        assertThat(verifiers().find(ALICE).blockOptional()).isEmpty();
        assertThat(verifiers().find(BOB).block()).isEqualTo("first");
        verifiers().put(ALICE, "first").block();
        assertThat(verifiers().find(ALICE).block()).isEqualTo("first");
    }

    @Test
    default void removeShouldSpareAnother() {
        verifiers().put(ALICE, "second").block();
        verifiers().remove(ALICE, "first").block();
        assertThat(verifiers().find(ALICE).block()).isEqualTo("second");
    }

    @Test
    default void writersAtOnceShouldLeaveOneOfTheirVerifiers() {
        List<String> written = IntStream.range(0, 50).mapToObj(i -> "verifier " + i).toList();
        Flux.fromIterable(written)
            .flatMap(verifier -> verifiers().put(ALICE, verifier).subscribeOn(Blocking.SCHEDULER), written.size())
            .blockLast();
        assertThat(verifiers().find(ALICE).block()).isIn(written);
    }

    @Test
    default void nothingShouldHappenBeforeTheSubscription() {
        verifiers().put(ALICE, "first");
        assertThat(verifiers().find(ALICE).blockOptional()).isEmpty();
    }
}
