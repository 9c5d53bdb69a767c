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
package io.jamesext.ximss.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import org.apache.james.core.Username;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.groupware.UserSettings;
import io.jamesext.groupware.UserSettings.Kind;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

@BothBackends
class LogInHistoryTest {
    private static final Instant FIRST = Instant.parse("2026-11-22T04:00:00Z");
    private static final Instant SECOND = FIRST.plus(Duration.ofHours(1));
    private static final Username NOBODY = Username.of("nobody@example.org");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private TestJames james;
    private UserSettings settings;

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        settings = UserSettings.on(james.cassandra().map(SideTables::create));
    }

    private LogInHistory at(Instant time) {
        return new LogInHistory(settings, james.users(), new Background(), Clock.fixed(time, ZoneOffset.UTC));
    }

    private static LogInHistory.Entry entry(Instant time, String address) {
        return new LogInHistory.Entry(time, address);
    }

    /** Until what no answer waits for is done. */
    private void await(Mono<Boolean> done) throws Exception {
        for (Instant end = Instant.now().plus(PATIENCE); !done.blockOptional().orElse(false); Thread.sleep(20)) {
            assertThat(Instant.now()).isBefore(end);
        }
    }

    @Test
    void logInShouldGiveTheOneBeforeIt() throws Exception {
        assertThat(at(FIRST).loggedIn(TestJames.ALICE, InetAddress.getByName("192.0.2.1")).block()).isEmpty();
        await(settings.find(TestJames.ALICE, Kind.LOG_IN, "last").hasElement());
        Mono<Optional<LogInHistory.Entry>> previous = at(SECOND).loggedIn(TestJames.ALICE, InetAddress.getByName("2001:db8::1"));
        assertThat(previous.block()).contains(entry(FIRST, "192.0.2.1"));
        await(settings.find(TestJames.ALICE, Kind.LOG_IN, "last").map(text -> text.contains("2001:db8")));
        assertThat(previous.block()).contains(entry(FIRST, "192.0.2.1"));
        assertThat(at(SECOND).loggedIn(TestJames.ALICE, InetAddress.getLoopbackAddress()).block())
            .contains(entry(SECOND, "2001:db8:0:0:0:0:0:1"));
        assertThat(at(SECOND).loggedIn(TestJames.BOB, InetAddress.getLoopbackAddress()).block()).isEmpty();
    }

    @Test
    void lastFailedLogInShouldReplaceEarlierOnes() throws Exception {
        assertThat(at(FIRST).lastFailed(TestJames.ALICE).block()).isEmpty();
        at(FIRST).failed(TestJames.ALICE, InetAddress.getByName("192.0.2.1"));
        await(at(FIRST).lastFailed(TestJames.ALICE).map(last -> last.equals(Optional.of(entry(FIRST, "192.0.2.1")))));
        at(SECOND).failed(TestJames.ALICE, InetAddress.getByName("192.0.2.2"));
        await(at(FIRST).lastFailed(TestJames.ALICE).map(last -> last.equals(Optional.of(entry(SECOND, "192.0.2.2")))));
        assertThat(settings.all(TestJames.ALICE, Kind.LOG_IN).block()).hasSize(1);
    }

    @Test
    void nothingShouldBeKeptForNamesThatNobodyHas() throws Exception {
        at(FIRST).failed(NOBODY, InetAddress.getLoopbackAddress());
        // When that of a user who is there is kept, the other would be too.
        at(FIRST).failed(TestJames.ALICE, InetAddress.getLoopbackAddress());
        await(at(FIRST).lastFailed(TestJames.ALICE).map(Optional::isPresent));
        Thread.sleep(200);
        assertThat(settings.all(NOBODY, Kind.LOG_IN).block()).isEmpty();
    }
}
