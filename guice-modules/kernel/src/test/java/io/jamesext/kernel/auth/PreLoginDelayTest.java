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

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;

class PreLoginDelayTest {
    private static final Duration LEAST = Duration.ofMillis(50);
    private static final Optional<Username> ALICE = Optional.of(Username.of("alice@example.org"));
    /** What the throttle of log-ins lets pass. */
    private static final int FREE = 3;
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);

    private final PreLoginDelay delay = new PreLoginDelay();

    private Duration waited(String address, Optional<Username> user) throws Exception {
        long start = System.nanoTime();
        delay.await(new Client(InetAddress.getByName(address), true), user, LEAST).block();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void firstOnesShouldWaitTheLeast() throws Exception {
        assertThat(waited("192.0.2.1", ALICE)).isGreaterThanOrEqualTo(LEAST);
    }

    @Test
    void manyOfAnAddressShouldWaitForWhomeverTheyAsk() throws Exception {
        for (int i = 0; i < FREE; i++) {
            waited("192.0.2.1", Optional.of(Username.of("user" + i + "@example.org")));
        }
        assertThat(waited("192.0.2.1", Optional.empty())).isGreaterThanOrEqualTo(FIRST_DELAY);
    }

    @Test
    void manyForAUserShouldWaitWhereverTheyComeFrom() throws Exception {
        for (int i = 0; i < FREE; i++) {
            waited("192.0.2." + i, ALICE);
        }
        assertThat(waited("192.0.2.99", ALICE)).isGreaterThanOrEqualTo(FIRST_DELAY);
    }
}
