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
package io.jamesext.kernel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;

/** What every store of verifiers does. */
interface ScramVerifiersContract {
    Username ALICE = Username.of("alice@example.org");
    Username BOB = Username.of("bob@example.org");
    ScramVerifier FIRST = ScramSha256.verifier("first", new byte[] {1}, 4096, "stamp 1");
    ScramVerifier SECOND = ScramSha256.verifier("second", new byte[] {2}, 4097, "stamp 2");

    /** An empty one. */
    ScramVerifiers verifiers();

    @Test
    default void absentOneShouldBeEmpty() {
        assertThat(verifiers().find(ALICE).blockOptional()).isEmpty();
        verifiers().remove(ALICE, FIRST).block();
        assertThat(verifiers().find(ALICE).blockOptional()).isEmpty();
    }

    @Test
    default void storedOneShouldBeThatUsersOnly() {
        verifiers().put(ALICE, FIRST).block();
        assertThat(verifiers().find(ALICE).block()).isEqualTo(FIRST);
        assertThat(verifiers().find(BOB).blockOptional()).isEmpty();
    }

    @Test
    default void putShouldReplace() {
        verifiers().put(ALICE, FIRST).block();
        verifiers().put(ALICE, SECOND).block();
        assertThat(verifiers().find(ALICE).block()).isEqualTo(SECOND);
    }

    @Test
    default void removedOneShouldBeGoneAndLeaveRoomForTheNext() {
        verifiers().put(ALICE, FIRST).block();
        verifiers().put(BOB, SECOND).block();
        verifiers().remove(ALICE, FIRST).block();
        assertThat(verifiers().find(ALICE).blockOptional()).isEmpty();
        assertThat(verifiers().find(BOB).block()).isEqualTo(SECOND);
        verifiers().put(ALICE, FIRST).block();
        assertThat(verifiers().find(ALICE).block()).isEqualTo(FIRST);
    }

    @Test
    default void removeShouldSpareAnother() {
        verifiers().put(ALICE, SECOND).block();
        verifiers().remove(ALICE, FIRST).block();
        assertThat(verifiers().find(ALICE).block()).isEqualTo(SECOND);
    }

    @Test
    default void writersAtOnceShouldLeaveOneOfTheirVerifiers() {
        List<ScramVerifier> written = IntStream.range(0, 50)
            .mapToObj(i -> new ScramVerifier("c2FsdA==", 4096 + i, "c3RvcmVk" + i, "c2VydmVy" + i, "stamp " + i)).toList();
        Flux.fromIterable(written)
            .flatMap(verifier -> verifiers().put(ALICE, verifier).subscribeOn(Blocking.SCHEDULER), written.size())
            .blockLast();
        assertThat(verifiers().find(ALICE).block()).isIn(written);
    }

    @Test
    default void nothingShouldHappenBeforeTheSubscription() {
        verifiers().put(ALICE, FIRST);
        assertThat(verifiers().find(ALICE).blockOptional()).isEmpty();
    }
}
