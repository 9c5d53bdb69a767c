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
package io.jamesext.agap.presence;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.server.Connection;
import io.jamesext.testing.mailbox.TestJames;

/** The leases of connections. */
class PresencesTest {
    private static final Duration LEASE = Duration.ofSeconds(2);

    private final PresenceStore store = new MemoryPresenceStore();
    private final Presences presences = new Presences(store, Clock.systemUTC(), LEASE);
    private TestJames james;

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
    }

    /** None of these ever writes to its client. */
    @SuppressWarnings("unchecked")
    private AgapSession session() {
        AgapSession session = new AgapSession((Connection<Line, AgapReply>) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            }));
        session.authenticated(james.session(ALICE));
        return session;
    }

    private void announce(AgapSession session, Statement.State state) {
        presences.announce(session, new Statement(state, presences.now(), Optional.empty())).block();
    }

    private boolean isConnected() {
        return store.find(ALICE).block().connected();
    }

    @Test
    void aConnectionThatLivesShouldBeRenewedAndEndAtOnce() throws Exception {
        AgapSession session = session();
        announce(session, Statement.State.HERE);
        Thread.sleep(LEASE.toMillis() * 3 / 2);
        assertThat(isConnected()).isTrue();

        session.close();
        assertThat(isConnected()).isFalse();
        Thread.sleep(LEASE.toMillis());
        assertThat(isConnected()).isFalse();
    }

    @Test
    void renewalShouldBeginAgainForLaterConnections() throws Exception {
        AgapSession first = session();
        announce(first, Statement.State.HERE);
        first.close();
        AgapSession second = session();
        announce(second, Statement.State.IDLE);
        Thread.sleep(LEASE.toMillis() * 3 / 2);
        assertThat(isConnected()).isTrue();
        second.close();
    }

    @Test
    void manyStatementsShouldBeOneConnection() {
        AgapSession session = session();
        announce(session, Statement.State.HERE);
        announce(session, Statement.State.IDLE);
        announce(session, Statement.State.AWAY);
        announce(session, Statement.State.HERE);
        session.exited();
        assertThat(isConnected()).isFalse();
    }

    @Test
    void awayAloneShouldNotMakeAnybodyConnected() {
        AgapSession session = session();
        announce(session, Statement.State.AWAY);
        assertThat(isConnected()).isFalse();
    }
}
