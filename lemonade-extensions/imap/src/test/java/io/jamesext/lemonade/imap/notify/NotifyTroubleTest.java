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
package io.jamesext.lemonade.imap.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.RenameOption;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.events.MailboxEvents.MailboxRenamed;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;
import reactor.core.publisher.Mono;

/** NOTIFY where what it stands on fails or comes late, and where the client does. */
@BothBackends
class NotifyTroubleTest {
    private static final int LARGE = 16 << 20;
    private static final int MANY = 80;

    private static ImapTestServer server;
    private static volatile boolean readsFail;
    private static volatile boolean registeringFails;
    private static volatile boolean unregisteringFails;

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("",
            mailboxes -> proxy(MailboxManager.class, mailboxes, answer -> answer), NotifyTroubleTest::failing);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void nothingFails() {
        readsFail = false;
        registeringFails = false;
        unregisteringFails = false;
    }

    private static EventBus failing(EventBus events) {
        return proxy(EventBus.class, events, answer -> registeringFails ? Mono.error(new IllegalStateException("not registered"))
            : answer instanceof Mono<?> made ? made.map(registration -> unregisteredOrNot((Registration) registration)) : answer);
    }

    private static Registration unregisteredOrNot(Registration registration) {
        return () -> Mono.from(registration.unregister())
            .then(Mono.defer(() -> unregisteringFails ? Mono.error(new IllegalStateException("not unregistered")) : Mono.empty()));
    }

    private static <T> T proxy(Class<T> type, T behind, UnaryOperator<Object> registered) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (readsFail && method.getName().equals("getMailboxReactive") && arguments[0] instanceof MailboxId) {
                return Mono.error(new IllegalStateException("not read"));
            }
            try {
                Object answer = method.invoke(behind, arguments);
                return method.getName().equals("register") && arguments.length == 2 ? registered.apply(answer) : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static ImapTestClient connect() throws Exception {
        return server.connectAs(ImapTestServer.BOB);
    }

    private static void arrive(String box) throws Exception {
        MailboxSession session = server.session(ImapTestServer.BOB);
        server.mailboxManager().getMailbox(MailboxPath.forUser(ImapTestServer.BOB, box), session)
            .appendMessage(MessageManager.AppendCommand.builder().build("A: b\r\n\r\nc"), session);
    }

    /** RFC 5465 section 5.8: who cannot be told what has changed is told that. */
    @Test
    void whatCannotBeReadShouldBeAnOverflow() throws Exception {
        try (ImapTestClient watcher = connect()) {
            watcher.command("a1 CREATE unread");
            watcher.command("a2 NOTIFY SET (MAILBOXES unread (MessageNew MessageExpunge))");
            readsFail = true;
            arrive("unread");
            assertThat(watcher.line()).startsWith("* OK [NOTIFICATIONOVERFLOW] ");
            assertThat(watcher.command("a3 NOTIFY SET STATUS (MAILBOXES unread (MessageNew MessageExpunge))"))
                .last().asString().startsWith("a3 NO ");
            readsFail = false;
            arrive("unread");
            assertThat(watcher.command("a4 NOOP")).as("nothing is watched after a NO").hasSize(1);
            assertThat(watcher.command("a5 NOTIFY SET (MAILBOXES unread (MessageNew MessageExpunge))"))
                .last().asString().startsWith("a5 OK");
            arrive("unread");
            assertThat(watcher.line()).startsWith("* STATUS \"unread\" (MESSAGES 3 ");
        }
    }

    @Test
    void aFailedRegistrationShouldBeTriedAgain() throws Exception {
        try (ImapTestClient watcher = connect()) {
            watcher.command("a1 CREATE again");
            registeringFails = true;
            assertThat(watcher.command("a2 NOTIFY SET (MAILBOXES again (MessageNew MessageExpunge))"))
                .last().asString().startsWith("a2 NO");
            registeringFails = false;
            assertThat(watcher.command("a3 NOTIFY SET (MAILBOXES again (MessageNew MessageExpunge))"))
                .last().asString().startsWith("a3 OK");
            arrive("again");
            assertThat(watcher.line()).startsWith("* STATUS \"again\" ");
        }
    }

    @Test
    void aMailboxThatCannotBeWatchedShouldBeAnOverflow() throws Exception {
        try (ImapTestClient watcher = connect(); ImapTestClient other = connect()) {
            watcher.command("a1 NOTIFY SET (SUBTREE unwatched (MessageNew MessageExpunge))");
            registeringFails = true;
            other.command("b1 CREATE unwatched");
            assertThat(watcher.line()).startsWith("* OK [NOTIFICATIONOVERFLOW] ");
        }
    }

    @Test
    void whoseRegistrationsCannotBeEndedShouldBeLoggedOut() throws Exception {
        try (ImapTestClient watcher = connect()) {
            watcher.command("a1 CREATE left1");
            watcher.command("a2 CREATE left2");
            watcher.command("a3 SELECT left1");
            watcher.command("a4 NOTIFY SET (MAILBOXES (left1 left2) (MessageNew MessageExpunge))");
            unregisteringFails = true;
            assertThat(watcher.command("a5 SELECT left2")).last().asString().startsWith("a5 OK");
            assertThat(watcher.command("a6 NOTIFY SET (MAILBOXES left1 (MessageNew MessageExpunge))"))
                .last().asString().startsWith("a6 OK");
            watcher.write("a7 LOGOUT\r\n");
            assertThat(watcher.rest()).last().asString().startsWith("a7 OK");
        }
        for (int i = 0; i < 500 && server.watches().size() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(server.watches().size()).isZero();
    }

    /** Has the client ask for more than it reads, so that all that happens waits. */
    private static void deafen(ImapTestClient client) throws Exception {
        client.command("l0 CREATE large");
        client.write("l1 APPEND large {" + LARGE + "+}\r\n");
        client.write(("A: b\r\n\r\n" + "x".repeat(LARGE - 8)).getBytes(StandardCharsets.US_ASCII)).write("\r\n").until("l1 ");
        client.command("l2 SELECT large");
        client.write("l3 FETCH * (BODY.PEEK[])\r\n");
        assertThat(client.line()).contains(" FETCH ");
    }

    @Test
    void tooManyGroupsShouldBeRefused() throws Exception {
        try (ImapTestClient watcher = connect()) {
            assertThat(watcher.command("a1 NOTIFY SET" + " (PERSONAL (MailboxName))".repeat(101)))
                .containsExactly("a1 NO [NOTIFICATIONOVERFLOW] NOTIFY failed. More than 100 groups.");
            assertThat(watcher.command("a2 NOTIFY SET" + " (PERSONAL (MailboxName))".repeat(100))).last().asString().startsWith("a2 OK");
        }
    }

    /** Neither does a client wait for an answer while it is told more and more, nor is what it was to be told lost by NOTIFY. */
    @Test
    void commandsAndNewsShouldHaveTheirTurns() throws Exception {
        String set = " NOTIFY SET (PERSONAL (SubscriptionChange))";
        try (ImapTestClient watcher = connect(); ImapTestClient other = connect()) {
            watcher.command("a1" + set);
            deafen(watcher);
            for (int i = 0; i < MANY; i++) {
                other.command("b SUBSCRIBE turn" + i);
            }
            watcher.write("c1 CAPABILITY\r\nc2" + set + "\r\nc3 CAPABILITY\r\n");
            watcher.until("l3 ");
            int told = 0;
            for (String tag : List.of("c1 ", "c2 ", "c3 ")) {
                long lists = watcher.until(tag).stream().filter(line -> line.startsWith("* LIST ")).count();
                assertThat(lists).isPositive().isLessThan(MANY / 2);
                told += (int) lists;
            }
            assertThat(told).isEqualTo(MANY);
            for (int i = 0; i < MANY; i++) {
                other.command("b UNSUBSCRIBE turn" + i);
            }
        }
    }

    @Test
    void newMessagesShouldBeToldInTurnsToo() throws Exception {
        try (ImapTestClient watcher = connect()) {
            deafen(watcher);
            watcher.until("l3 ");
            watcher.command("a1 NOTIFY SET (SELECTED (MessageNew (UID BODY.PEEK[]) MessageExpunge))");
            watcher.write("a2 FETCH 1 (BODY.PEEK[])\r\n");
            assertThat(watcher.line()).contains(" FETCH ");
            for (int i = 0; i < 2 * MANY; i++) {
                arrive("large");
            }
            watcher.write("c1 CAPABILITY\r\nc2 CAPABILITY\r\n");
            List<String> fetched = new ArrayList<>();
            for (String tag : List.of("a2 ", "c1 ", "c2 ")) {
                List<String> lines = watcher.until(tag).stream().filter(line -> line.contains(" FETCH (UID ")).toList();
                // A turn, and the command itself, which tells too.
                assertThat(lines).isNotEmpty().hasSizeLessThanOrEqualTo(64);
                fetched.addAll(lines);
            }
            while (fetched.size() < 2 * MANY) {
                String line = watcher.line();
                assertThat(line).isNotEqualTo("EOF");
                if (line.contains(" FETCH (UID ")) {
                    fetched.add(line);
                }
            }
            assertThat(fetched).doesNotHaveDuplicates();
        }
    }

    /** RFC 5465 section 5.4: the name that the client knows, and the one of now; with RabbitMQ old events may come late. */
    @Test
    void whatIsRenamedTwiceShouldHaveItsLastName() throws Exception {
        try (ImapTestClient watcher = connect(); ImapTestClient other = connect()) {
            watcher.command("a0 CREATE one.below");
            watcher.command("a1 NOTIFY SET (PERSONAL (MailboxName MailboxMetadataChange))");
            MailboxId id = server.mailboxManager().getMailbox(MailboxPath.forUser(ImapTestServer.BOB, "one"),
                server.session(ImapTestServer.BOB)).getId();
            deafen(watcher);
            other.command("b1 RENAME one two");
            other.command("b2 RENAME two three");
            List<String> told = watcher.until("* LIST (");
            assertThat(told).last().isEqualTo("* LIST (\\HasChildren) \".\" \"three\" (\"OLDNAME\" (\"one\"))");
            MailboxSession session = server.session(ImapTestServer.BOB);
            Event late = new MailboxRenamed(session.getSessionId(), session.getUser(), MailboxPath.forUser(ImapTestServer.BOB, "one"), id,
                MailboxPath.forUser(ImapTestServer.BOB, "two"), Event.EventId.random());
            Mono.from(server.watches().reactiveEvent(late)).block();
            other.command("b3 SETMETADATA three (/shared/comment \"x\")");
            assertThat(watcher.line()).isEqualTo("* METADATA \"three\" /shared/comment");
            other.command("b4 SETMETADATA three.below (/shared/comment \"x\")");
            assertThat(watcher.line()).isEqualTo("* METADATA \"three.below\" /shared/comment");
        }
    }

    /** JMAP renames the subscription with the mailbox, and James has no event of that. */
    @Test
    void aSubscriptionThatIsRenamedWithItsMailboxShouldBeTold() throws Exception {
        try (ImapTestClient watcher = connect(); ImapTestClient other = connect()) {
            watcher.command("a1 CREATE before");
            watcher.command("a2 SUBSCRIBE before");
            watcher.command("a3 NOTIFY SET (SUBSCRIBED (MessageNew MessageExpunge SubscriptionChange))"
                + " (MAILBOXES (before after) (SubscriptionChange))");
            MailboxSession session = server.session(ImapTestServer.BOB);
            server.mailboxManager().renameMailbox(MailboxPath.forUser(ImapTestServer.BOB, "before"),
                MailboxPath.forUser(ImapTestServer.BOB, "after"), RenameOption.RENAME_SUBSCRIPTIONS, session);
            assertThat(List.of(watcher.line(), watcher.line())).containsExactlyInAnyOrder(
                "* LIST (\\NonExistent \\HasNoChildren) \".\" \"before\"", "* LIST (\\Subscribed \\HasNoChildren) \".\" \"after\"");
            arrive("after");
            assertThat(watcher.line()).startsWith("* STATUS \"after\" (MESSAGES 1 ");
            other.command("b1 UNSUBSCRIBE after");
        }
    }
}
