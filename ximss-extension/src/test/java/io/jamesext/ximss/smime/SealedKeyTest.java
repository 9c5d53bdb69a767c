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
package io.jamesext.ximss.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import org.apache.james.core.Username;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import io.jamesext.groupware.UserSettings;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Private keys in the store, and unlocked. */
class SealedKeyTest {
    private static final TestIdentity ALICE = TestIdentity.of("Alice", "alice@example.org");
    private static final TestIdentity OTHER = TestIdentity.of("Sender Name", "fromName@domain");
    private static final Username USER = Username.of("alice@example.org");
    private static final String PASSWORD = "Pässwört \ud83d\ude00";

    /** One for all, for it is slow. */
    private static final SealedKey SEALED = sealed();

    private final UnlockedKey unlocked = new UnlockedKey();

    private static SealedKey sealed() {
        try {
            return SealedKey.seal(ALICE.identity(), USER, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertWrong(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.AUTHENTICATION_FAILED));
    }

    private void unlock(SealedKey key, Optional<Duration> duration) throws Exception {
        unlocked.unlock(key, USER, PASSWORD, duration);
    }

    @Test
    void keyShouldComeBackByItsTextAndPassword() throws Exception {
        SealedKey key = SealedKey.parse(SEALED.text());
        assertThat(key.open(USER, PASSWORD)).isEqualTo(ALICE.identity().key().getEncoded());
        assertThat(key.chain()).containsExactly(ALICE.certificate());
        assertThat(key.iterations()).isEqualTo(210_000);
    }

    @Test
    void textShouldHoldNeitherKeyNorPassword() throws Exception {
        String text = SEALED.text();
        String key = Base64.getEncoder().encodeToString(ALICE.identity().key().getEncoded());
        assertThat(text).doesNotContain(key.substring(40, 80)).doesNotContain(PASSWORD)
            .doesNotContain(Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8)));
        assertThat(SEALED.toString()).isEqualTo("sealed key");
        assertThat(sealed().salt()).as("is random").isNotEqualTo(SEALED.salt());
    }

    @Test
    void onlyTheRightPasswordShouldOpenIt() throws Exception {
        SealedKey key = SEALED;
        for (String wrong : List.of("", PASSWORD + " ", PASSWORD.toUpperCase(java.util.Locale.ROOT))) {
            assertWrong(() -> key.open(USER, wrong));
        }
    }

    @Test
    void keyShouldNotServeAnotherUserNorAnotherCertificate() throws Exception {
        SealedKey key = SEALED;
        assertWrong(() -> key.open(Username.of("bob@example.org"), PASSWORD));
        assertWrong(() -> new SealedKey(OTHER.identity().chain(), key.iterations(), key.salt(), key.sealed()).open(USER, PASSWORD));
        byte[] altered = key.sealed().clone();
        altered[20] ^= 1;
        assertWrong(() -> new SealedKey(key.chain(), key.iterations(), key.salt(), altered).open(USER, PASSWORD));
    }

    @Test
    void unlockedKeyShouldBeThereUntilItIsLocked() throws Exception {
        assertThat(unlocked.find()).isEmpty();
        assertThatThrownBy(unlocked::require).hasMessage("the private key is locked");
        unlock(SEALED, Optional.empty());
        assertThat(unlocked.require().key()).isEqualTo(ALICE.identity().key());
        unlocked.lock();
        assertThat(unlocked.find()).isEmpty();
    }

    @Test
    void timeOfAnEarlierUnlockingShouldNotEndALaterOne() throws Exception {
        SealedKey key = SEALED;
        unlock(key, Optional.of(Duration.ofMillis(1_500)));
        unlock(key, Optional.empty());
        Thread.sleep(1_700);
        assertThat(unlocked.find()).isPresent();
        unlock(key, Optional.of(Duration.ofMillis(50)));
        Thread.sleep(500);
        assertThat(unlocked.find()).isEmpty();
    }

    @Test
    void keyOfAClosedSessionShouldStayLocked() throws Exception {
        SealedKey key = SEALED;
        unlock(key, Optional.empty());
        unlocked.close();
        assertThat(unlocked.find()).isEmpty();
        unlock(key, Optional.of(Duration.ofDays(1)));
        assertThat(unlocked.find()).isEmpty();
    }

    @Test
    void usersShouldHaveTheirOwnKeys() throws Exception {
        UserKeys keys = new UserKeys(UserSettings.on(Optional.empty()));
        keys.put(USER, Optional.empty(), SEALED).block();
        assertThat(keys.has(USER).block()).isTrue();
        assertThat(keys.certificate(USER).block()).isEqualTo(ALICE.certificate());
        assertThat(keys.has(Username.of("bob@example.org")).block()).isFalse();
        assertThatThrownBy(() -> keys.find(Username.of("bob@example.org")).block()).hasMessage("the account has no private key");
    }

    /** Of two sessions, on whatever nodes. */
    @Test
    void keyShouldNotTakeThePlaceOfOneThatWasNotSeen() throws Exception {
        UserKeys keys = new UserKeys(UserSettings.on(Optional.empty()));
        SealedKey other = new SealedKey(SEALED.chain(), SEALED.iterations() + 1, SEALED.salt(), SEALED.sealed());
        keys.put(USER, Optional.empty(), SEALED).block();
        assertRefuses(() -> keys.put(USER, Optional.empty(), other).block());
        assertRefuses(() -> keys.put(USER, Optional.of(other), SEALED).block());
        // As it is read from the store.
        keys.put(USER, keys.find(USER).blockOptional(), other).block();
        assertThat(keys.find(USER).block().iterations()).isEqualTo(other.iterations());
    }

    private static void assertRefuses(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.CONFLICT));
    }
}
