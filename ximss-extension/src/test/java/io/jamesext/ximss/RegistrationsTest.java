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
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventBusName;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;

/** However a folder ends, its listener leaves the event bus. */
class RegistrationsTest {
    private static final String OPEN = "<folderOpen id=\"O\" folder=\"%s\" mailbox=\"INBOX\"><field>UID</field></folderOpen>\0";

    @TempDir
    Path folder;
    private final AtomicInteger listeners = new AtomicInteger();
    private XimssTestServer server;
    private XimssTestClient client;

    /** James's own bus, with a count of who listens. */
    private record CountingBus(EventBus bus, AtomicInteger listeners) implements EventBus {
        @Override
        public Publisher<Registration> register(EventListener.ReactiveEventListener listener, RegistrationKey key) {
            return Mono.from(bus.register(listener, key)).map(registration -> {
                listeners.incrementAndGet();
                return () -> Mono.from(registration.unregister()).doOnSuccess(done -> listeners.decrementAndGet());
            });
        }

        @Override
        public Registration register(EventListener.ReactiveEventListener listener, Group group) {
            return bus.register(listener, group);
        }

        @Override
        public Mono<Void> dispatch(Event event, Set<RegistrationKey> keys) {
            return bus.dispatch(event, keys);
        }

        @Override
        public Mono<Void> reDeliver(Group group, Event event) {
            return bus.reDeliver(group, event);
        }

        @Override
        public EventBusName eventBusName() {
            return bus.eventBusName();
        }

        @Override
        public Collection<Group> listRegisteredGroups() {
            return bus.listRegisteredGroups();
        }
    }

    @BeforeEach
    void setUp() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN, bus -> new CountingBus(bus, listeners));
        client = server.client().logIn();
        client.send(OPEN.formatted("a") + OPEN.formatted("b") + OPEN.formatted("c"));
        for (int i = 0; i < 3; i++) {
            assertThat(client.readUntil("<response")).doesNotContain("error");
        }
        assertThat(listeners).hasValue(3);
    }

    @AfterEach
    void tearDown() throws Exception {
        client.close();
        server.close();
    }

    private void awaitNone() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (listeners.get() != 0 && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(listeners).hasValue(0);
    }

    @Test
    void folderCloseShouldRemoveItsOwn() throws Exception {
        client.send("<folderClose id=\"C\" folder=\"a\"/>\0");
        client.readUntil("<response id=\"C\"");
        assertThat(listeners).hasValue(2);
    }

    @Test
    void folderThatCannotBeOpenedShouldLeaveNone() throws Exception {
        client.send(OPEN.formatted("a"));
        assertThat(client.readUntil("<response")).contains("error");
        assertThat(listeners).hasValue(3);
    }

    /** One for each mailbox of the account, once, however often it is asked for. */
    @Test
    void reportsOfMailboxesShouldBeTheSessionsToo() throws Exception {
        String on = "<setSessionOption id=\"S\" name=\"reportMailboxChanges\" value=\"yes\"/>\0";
        client.send("<mailboxCreate id=\"M\" mailbox=\"Other\"/>\0" + on + on);
        client.readUntil("<response id=\"S\"/>");
        client.readUntil("<response id=\"S\"/>");
        assertThat(listeners).hasValue(5);
        client.send("<mailboxRemove id=\"M\" mailbox=\"Other\"/>\0" + on);
        client.readUntil("<response id=\"S\"/>");
        assertThat(listeners).hasValue(4);
        client.send(on.replace("yes", "no"));
        client.readUntil("<response id=\"S\"/>");
        assertThat(listeners).hasValue(3);
        client.send(on);
        client.readUntil("<response id=\"S\"/>");
        client.close();
        awaitNone();
    }

    @Test
    void byeShouldRemoveAll() throws Exception {
        client.send("<bye id=\"B\"/>\0");
        awaitNone();
    }

    @Test
    void endOfTheClientsSideShouldRemoveAll() throws Exception {
        client.socket.shutdownOutput();
        awaitNone();
    }

    @Test
    void resetShouldRemoveAllEvenOfAFolderThatIsBeingOpened() throws Exception {
        client.send(OPEN.formatted("d") + OPEN.formatted("e"));
        client.socket.setSoLinger(true, 0);
        client.close();
        awaitNone();
    }

    @Test
    void stopOfTheServerShouldRemoveAll() throws Exception {
        server.close();
        awaitNone();
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN);
    }
}
