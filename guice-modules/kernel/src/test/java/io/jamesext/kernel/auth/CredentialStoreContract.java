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

import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;

/** What every store of credentials does. */
interface CredentialStoreContract {
    Username ALICE = Username.of("alice@example.org");
    Username BOB = Username.of("bob@example.org");

    /** An empty one. */
    CredentialStore credentials();

    @Test
    default void absentOneShouldBeEmpty() {
        assertThat(credentials().find(ALICE).blockOptional()).isEmpty();
        credentials().remove(ALICE).block();
        assertThat(credentials().find(ALICE).blockOptional()).isEmpty();
    }

    @Test
    default void storedOneShouldBeThatUsersOnlyAndTheLast() {
        credentials().put(ALICE, "first").block();
        credentials().put(ALICE, "second").block();
        assertThat(credentials().find(ALICE).block()).isEqualTo("second");
        assertThat(credentials().find(BOB).blockOptional()).isEmpty();
    }

    @Test
    default void removedOneShouldBeGone() {
        credentials().put(ALICE, "first").block();
        credentials().put(BOB, "second").block();
        credentials().remove(ALICE).block();
        assertThat(credentials().find(ALICE).blockOptional()).isEmpty();
        assertThat(credentials().find(BOB).block()).isEqualTo("second");
    }

    @Test
    default void nothingShouldHappenBeforeTheSubscription() {
        credentials().put(ALICE, "first");
        assertThat(credentials().find(ALICE).blockOptional()).isEmpty();
    }
}
