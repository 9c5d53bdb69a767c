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
package io.jamesext.kernel.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.events.GenericGroup;
import org.apache.james.mailbox.events.MailboxEvents.MailboxAdded;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

class GroupListenersTest {
    private static final class Counting implements EventListener.ReactiveGroupEventListener {
        private final AtomicInteger heard = new AtomicInteger();

        @Override
        public Group getDefaultGroup() {
            return new GenericGroup("counting");
        }

        @Override
        public boolean isHandling(Event event) {
            return event instanceof MailboxAdded;
        }

        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            return Mono.fromRunnable(heard::incrementAndGet);
        }
    }

    private final Counting listener = new Counting();
    private TestJames james;
    private GroupListeners listeners;

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        listeners = new GroupListeners(james.eventBus());
    }

    private int heardAfterAnother(String mailbox) throws Exception {
        james.mailboxManager().createMailbox(MailboxPath.forUser(TestJames.ALICE, mailbox), james.session(TestJames.ALICE));
        return listener.heard.get();
    }

    private static void end(Registration registration) {
        Mono.from(registration.unregister()).block();
    }

    @Test
    void aGroupShouldHearOnceFromTheFirstUserToTheLast() throws Exception {
        Registration first = listeners.register(listener);
        Registration second = listeners.register(new Counting());
        assertThat(heardAfterAnother("a")).isEqualTo(1);
        end(first);
        assertThat(heardAfterAnother("b")).isEqualTo(2);
        end(second);
        assertThat(heardAfterAnother("c")).isEqualTo(2);
    }

    @Test
    void aGroupShouldBeTakenAgainAfterItsEnd() throws Exception {
        end(listeners.register(listener));
        Registration again = listeners.register(listener);
        assertThat(heardAfterAnother("a")).isEqualTo(1);
        end(again);
    }
}
