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

package io.jamesext.urlauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;

/** What every store of mailbox keys does. */
interface MailboxKeysContract {
    Username ALICE = Username.of("alice@example.org");
    Username BOB = Username.of("bob@example.org");
    int CALLERS = 50;

    /** An empty one. */
    MailboxKeys keys();

    @Test
    default void absentKeyShouldBeEmpty() {
        assertThat(keys().find(ALICE, "1").blockOptional()).isEmpty();
        keys().remove(ALICE, "1").block();
        keys().removeAll(ALICE).block();
        keys().removeMailbox("1").block();
        assertThat(keys().find(ALICE, "1").blockOptional()).isEmpty();
    }

    @Test
    default void madeKeyShouldStay() {
        MailboxKey made = keys().findOrMake(ALICE, "1").block();
        assertThat(keys().findOrMake(ALICE, "1").block()).isEqualTo(made);
        assertThat(keys().find(ALICE, "1").block()).isEqualTo(made);
    }

    @Test
    default void keysShouldBeOfOneUserAndOneMailbox() {
        MailboxKey key = keys().findOrMake(ALICE, "1").block();
        assertThat(keys().find(BOB, "1").blockOptional()).isEmpty();
        assertThat(keys().find(ALICE, "2").blockOptional()).isEmpty();
        assertThat(Set.of(key, keys().findOrMake(BOB, "1").block(), keys().findOrMake(ALICE, "2").block())).hasSize(3);
    }

    @Test
    default void callersAtOnceShouldGetOneKey() {
        assertThat(Flux.range(0, CALLERS)
            .flatMap(i -> keys().findOrMake(ALICE, "1").subscribeOn(Blocking.SCHEDULER), CALLERS)
            .collectList().block()).hasSize(CALLERS).containsOnly(keys().find(ALICE, "1").block());
    }

    @Test
    default void removedKeyShouldBeReplacedByAnother() {
        MailboxKey first = keys().findOrMake(ALICE, "1").block();
        MailboxKey other = keys().findOrMake(BOB, "1").block();
        keys().remove(ALICE, "1").block();
        assertThat(keys().find(ALICE, "1").blockOptional()).isEmpty();
        assertThat(keys().findOrMake(ALICE, "1").block()).isNotEqualTo(first);
        assertThat(keys().find(BOB, "1").block()).isEqualTo(other);
    }

    @Test
    default void allKeysOfAUserShouldGoAndNoOthers() {
        keys().findOrMake(ALICE, "1").block();
        keys().findOrMake(ALICE, "2").block();
        keys().remove(ALICE, "2").block();
        keys().findOrMake(ALICE, "2").block();
        MailboxKey other = keys().findOrMake(BOB, "1").block();
        keys().removeAll(ALICE).block();
        assertThat(keys().find(ALICE, "1").blockOptional()).isEmpty();
        assertThat(keys().find(ALICE, "2").blockOptional()).isEmpty();
        assertThat(keys().find(BOB, "1").block()).isEqualTo(other);
        keys().findOrMake(ALICE, "1").block();
        keys().removeAll(ALICE).block();
        assertThat(keys().find(ALICE, "1").blockOptional()).isEmpty();
    }

    @Test
    default void allKeysOfAMailboxShouldGoAndNoOthers() {
        keys().findOrMake(ALICE, "1").block();
        keys().findOrMake(BOB, "1").block();
        MailboxKey other = keys().findOrMake(ALICE, "2").block();
        keys().removeMailbox("1").block();
        assertThat(keys().find(ALICE, "1").blockOptional()).isEmpty();
        assertThat(keys().find(BOB, "1").blockOptional()).isEmpty();
        assertThat(keys().find(ALICE, "2").block()).isEqualTo(other);
    }

    @Test
    default void nothingShouldHappenBeforeTheSubscription() {
        keys().findOrMake(ALICE, "1");
        assertThat(keys().find(ALICE, "1").blockOptional()).isEmpty();
    }
}
