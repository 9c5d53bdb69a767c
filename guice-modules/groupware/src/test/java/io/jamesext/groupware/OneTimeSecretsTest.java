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

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

@BothBackends
class OneTimeSecretsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private OneTimeSecrets secrets;

    @BeforeEach
    void setUp() throws Exception {
        secrets = OneTimeSecrets.on(TestJames.create().cassandra().map(SideTables::create));
    }

    @Test
    void absentOneShouldNotBeTaken() {
        assertThat(secrets.find(TestJames.ALICE).blockOptional()).isEmpty();
        assertThat(secrets.take(TestJames.ALICE, "a").block()).isFalse();
    }

    @Test
    void oneShouldBeTakenOnceAndByItsHashOnly() {
        secrets.offer(TestJames.ALICE, "a", HOUR).block();
        assertThat(secrets.find(TestJames.ALICE).block()).isEqualTo("a");
        assertThat(secrets.find(TestJames.BOB).blockOptional()).isEmpty();
        assertThat(secrets.take(TestJames.ALICE, "b").block()).isFalse();
        assertThat(secrets.take(TestJames.BOB, "a").block()).isFalse();
        assertThat(secrets.take(TestJames.ALICE, "a").block()).isTrue();
        assertThat(secrets.take(TestJames.ALICE, "a").block()).isFalse();
        assertThat(secrets.find(TestJames.ALICE).blockOptional()).isEmpty();
    }

    @Test
    void laterOneShouldLeaveAnEarlierAndFollowATakenOne() {
        assertThat(secrets.offer(TestJames.ALICE, "a", HOUR).block()).isTrue();
        assertThat(secrets.offer(TestJames.ALICE, "b", HOUR).block()).isFalse();
        assertThat(secrets.take(TestJames.ALICE, "b").block()).isFalse();
        assertThat(secrets.take(TestJames.ALICE, "a").block()).isTrue();
        assertThat(secrets.offer(TestJames.ALICE, "c", HOUR).block()).isTrue();
        assertThat(secrets.take(TestJames.ALICE, "c").block()).isTrue();
    }

    @Test
    void ofManyAtOnceOneShouldBeKept() {
        List<Boolean> kept = Flux.range(0, 8)
            .flatMap(i -> secrets.offer(TestJames.ALICE, "" + i, HOUR).subscribeOn(Schedulers.boundedElastic()))
            .collectList().block();
        assertThat(Collections.frequency(kept, true)).isEqualTo(1);
    }

    @Test
    void ofManyAtOnceOneShouldTakeIt() {
        secrets.offer(TestJames.ALICE, "a", HOUR).block();
        List<Boolean> taken = Flux.range(0, 8)
            .flatMap(i -> secrets.take(TestJames.ALICE, "a").subscribeOn(Schedulers.boundedElastic()))
            .collectList().block();
        assertThat(Collections.frequency(taken, true)).isEqualTo(1);
    }

    @Test
    void oneShouldEndByItself() throws Exception {
        secrets.offer(TestJames.ALICE, "a", Duration.ofSeconds(1)).block();
        secrets.offer(TestJames.BOB, "a", HOUR).block();
        // Cassandra counts in whole seconds.
        Thread.sleep(2100);
        assertThat(secrets.find(TestJames.ALICE).blockOptional()).isEmpty();
        assertThat(secrets.take(TestJames.ALICE, "a").block()).isFalse();
        assertThat(secrets.find(TestJames.BOB).block()).isEqualTo("a");
        assertThat(secrets.offer(TestJames.ALICE, "b", HOUR).block()).isTrue();
    }
}
