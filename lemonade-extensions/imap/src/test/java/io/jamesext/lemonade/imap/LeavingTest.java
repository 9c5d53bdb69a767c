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
package io.jamesext.lemonade.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import org.apache.james.events.EventBus;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

import io.jamesext.testing.mailbox.BothBackends;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Clients that are cut off while a command runs. */
@BothBackends
class LeavingTest {
    private static final int LONGEST_SECONDS = 20;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final Sinks.Empty<Void> left = Sinks.empty();
    private final Semaphore unregistered = new Semaphore(0);

    @Test
    void whatHasBegunShouldGoOnToItsEnd() throws Exception {
        try (ImapTestServer server = ImapTestServer.start("", this::slowMailboxes);
             ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            other.command("c CREATE left");
            leave(server, "a APPEND left {4+}\r\none. {4+}\r\ntwo. {6+}\r\nthree.\r\n");
            shouldHave(3, other);
        }
    }

    @Test
    void whoLeavesWhileAMailboxIsOpenedShouldLeaveNobodyListening() throws Exception {
        try (ImapTestServer server = ImapTestServer.start("", mailboxes -> mailboxes, this::slowEvents)) {
            leave(server, "a SELECT INBOX\r\n");
            assertThat(unregistered.tryAcquire(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Is cut off while the command waits for James. */
    private void leave(ImapTestServer server, String command) throws Exception {
        ImapTestClient client = server.connectAs(ImapTestServer.ALICE);
        client.write(command);
        assertThat(begun.await(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        client.socket().setSoLinger(true, 0);
        client.close();
        // So long a server may take to see it; without that the test has nothing to look at.
        Thread.sleep(500);
        left.tryEmitEmpty();
    }

    private static void shouldHave(int messages, ImapTestClient client) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        List<String> answer = List.of();
        while (System.nanoTime() < end && !answer.toString().contains("(MESSAGES " + messages + ")")) {
            Thread.sleep(20);
            answer = client.command("p STATUS left (MESSAGES)");
        }
        assertThat(answer.get(0)).endsWith("(MESSAGES " + messages + ")");
    }

    /** Mailboxes that take messages when they may. */
    private MailboxManager slowMailboxes(MailboxManager mailboxes) {
        return proxy(MailboxManager.class, mailboxes, (method, result) -> method.equals("getMailboxReactive")
            ? Mono.from((Publisher<?>) result).map(mailbox -> proxy(MessageManager.class, (MessageManager) mailbox,
                (called, made) -> called.equals("appendMessageReactive") ? late((Publisher<?>) made) : made))
            : result);
    }

    /** Registers those who listen to a mailbox when it may. */
    private EventBus slowEvents(EventBus events) {
        return proxy(EventBus.class, events, (method, result) -> method.equals("register")
            ? Mono.from(late((Publisher<?>) result)).map(made -> counted((Registration) made)) : result);
    }

    private Mono<?> late(Publisher<?> work) {
        return Mono.defer(() -> {
            begun.countDown();
            return left.asMono().then(Mono.from(work));
        });
    }

    private Registration counted(Registration made) {
        return () -> Mono.from(made.unregister()).doFinally(signal -> unregistered.release());
    }

    private static <T> T proxy(Class<T> type, T target, BiFunction<String, Object, Object> after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (self, method, arguments) -> after.apply(method.getName(), method.invoke(target, arguments))));
    }
}
