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
package io.jamesext.dmap.op.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.dmap.ring.TestKeys;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.Frame;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.Connection;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** What no client can time. */
class AddKeyTest {
    private final Dime dime = TestDime.on(Optional.empty(), TestDime.settings(Mode.TRUSTFUL));

    /** Asked between ADDKEY's look at the mode and the key: the operator is as fast. */
    private final class ClockOfChange extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            dime.modes().set(TestJames.ALICE, Mode.PARANOID).block();
            return Instant.now();
        }
    }

    @SuppressWarnings("unchecked")
    private static DmapSession session() throws Exception {
        DmapSession session = new DmapSession((Connection<Frame, DmapReply>) Proxy.newProxyInstance(AddKeyTest.class.getClassLoader(),
            new Class<?>[] {Connection.class}, (connection, method, arguments) -> null));
        session.authenticated(TestJames.create().session(TestJames.ALICE), Mode.TRUSTFUL);
        return session;
    }

    @Test
    void noPrivateKeysShouldComeIntoAnAccountThatIsNotToHaveThemAnyMore() throws Exception {
        TestKeys keys = TestKeys.first();
        AddKey.Request request = new AddKey.Request(keys.id(), keys.request(), Optional.empty(), Optional.of(keys.keys().toBytes()));
        DmapSession session = session();
        assertThatThrownBy(() -> Flux.from(new AddKey(dime, new ClockOfChange()).run(request, session)).blockLast())
            .isInstanceOf(ProtocolException.class).hasMessage("in PARANOID mode the server takes no private keys");
        assertThat(dime.keys().all(TestJames.ALICE).collectList().block()).isEmpty();
    }
}
