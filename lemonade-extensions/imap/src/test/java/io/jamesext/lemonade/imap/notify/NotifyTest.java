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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** NOTIFY under load and with clients that do not behave; its conversations are in transcripts. */
@BothBackends
class NotifyTest {
    private static final int WRITERS = 3;
    private static final int STEPS = 60;
    private static final int LARGE = 16 << 20;
    private static final String MESSAGE = "{9+}\r\nA: b\r\n\r\nc\r\n";

    private static ImapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Writers at random, and a client that asks for nothing that it is told: what it knows at the end is what there is. */
    @ParameterizedTest
    @ValueSource(strings = {"", "QRESYNC"})
    void whoAppliesTheNewsShouldKnowWhatThereIs(String extension) throws Exception {
        long seed = System.nanoTime();
        String box = "view" + extension;
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (ImapTestClient watcher = server.connectAs(ImapTestServer.ALICE)) {
            watcher.command("a1 CREATE " + box);
            watcher.command("a2 CREATE " + box + "2");
            if (!extension.isEmpty()) {
                watcher.command("a3 ENABLE " + extension);
            }
            NotifiedView view = new NotifiedView();
            view.apply(watcher.command("a4 SELECT " + box));
            view.apply(watcher.command("a5 NOTIFY SET STATUS (SELECTED (MessageNew (UID FLAGS) MessageExpunge FlagChange))"
                + " (SUBTREE (" + box + " " + box + "2) (MessageNew MessageExpunge))"));
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(seed + i);
                writers.add(threads.submit(() -> {
                    write(box, random);
                    return null;
                }));
            }
            Random random = new Random(seed);
            for (int step = 0; writers.stream().anyMatch(writer -> !writer.isDone()); step++) {
                String tag = "c" + step + " ";
                List<String> answer = watcher.command(tag + List.of("NOOP", "UID FETCH 1:* (UID FLAGS)", "UID SEARCH ALL", "CAPABILITY")
                    .get(random.nextInt(4)));
                assertThat(answer).last().asString().startsWith(tag + "OK");
                view.apply(answer);
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            view.apply(watcher.command("d1 NOOP"));
            view.apply(lastNews(watcher));
            NotifiedView there = there(box);
            assertThat(view.messages()).as("seed %d", seed).isEqualTo(there.messages());
            assertThat(view.messages(box + "2")).as("seed %d", seed).isEqualTo(there.messages(box + "2"));
        } finally {
            threads.shutdownNow();
        }
    }

    private static NotifiedView there(String box) throws Exception {
        NotifiedView there = new NotifiedView();
        try (ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            there.apply(other.command("e1 EXAMINE " + box));
            there.apply(other.command("e2 UID FETCH 1:* (FLAGS)"));
            there.apply(other.command("e3 STATUS " + box + "2 (MESSAGES UIDNEXT)"));
        }
        return there;
    }

    private static void write(String box, Random random) throws Exception {
        try (ImapTestClient writer = server.connectAs(ImapTestServer.ALICE)) {
            writer.command("b SELECT " + box);
            for (int step = 0; step < STEPS; step++) {
                int low = 1 + random.nextInt(STEPS);
                writer.command(switch (random.nextInt(6)) {
                    case 0, 1 -> "b APPEND " + box + " " + MESSAGE;
                    case 2 -> "b APPEND " + box + "2 " + MESSAGE;
                    case 3 -> "b UID STORE " + low + ":" + (low + 3) + (random.nextBoolean() ? " +" : " -") + "FLAGS (\\Seen k)";
                    case 4 -> "b UID STORE " + low + " +FLAGS (\\Deleted)";
                    default -> "b UID EXPUNGE 1:*";
                });
            }
        }
    }

    /** What comes before something that is known to be the last. */
    private static List<String> lastNews(ImapTestClient watcher) throws Exception {
        try (ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            watcher.command("l1 NOTIFY SET (SELECTED (MessageNew (UID FLAGS) MessageExpunge FlagChange))"
                + " (PERSONAL (MessageNew MessageExpunge SubscriptionChange))");
            other.command("b SUBSCRIBE last" + System.nanoTime());
        }
        return watcher.until("* LIST (\\NonExistent \\Subscribed");
    }

    @Test
    void whoDoesNotReadShouldBeToldOfTheOverflowAndOfNothingElse() throws Exception {
        try (ImapTestClient deaf = server.connectAs(ImapTestServer.ALICE); ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            deaf.command("a1 CREATE deaf");
            deaf.write("a2 APPEND deaf {" + LARGE + "+}\r\n");
            byte[] large = ("A: b\r\n\r\n" + "x".repeat(LARGE - 8)).getBytes(StandardCharsets.US_ASCII);
            deaf.write(large).write("\r\n").until("a2 ");
            deaf.command("a3 SELECT deaf");
            deaf.command("a4 NOTIFY SET (SELECTED (MessageNew MessageExpunge FlagChange)) (PERSONAL (SubscriptionChange))");
            deaf.write("a5 FETCH 1 (BODY.PEEK[])\r\n");
            assertThat(deaf.line()).startsWith("* 1 FETCH ");
            StringBuilder subscriptions = new StringBuilder();
            for (int i = 0; i <= Notes.MAX_WAITING; i++) {
                subscriptions.append("b").append(i).append(" SUBSCRIBE many").append(i).append("\r\n");
            }
            other.write(subscriptions.toString()).until("b" + Notes.MAX_WAITING + " ");
            other.command("c1 APPEND deaf " + MESSAGE);
            List<String> told = deaf.until("* OK [NOTIFICATIONOVERFLOW] ");
            assertThat(told.stream().filter(line -> line.startsWith("* LIST"))).isEmpty();
            assertThat(told.stream().filter(line -> line.startsWith("a5 OK"))).hasSize(1);
            other.command("c2 SUBSCRIBE another");
            other.command("c3 APPEND deaf " + MESSAGE);
            assertThat(deaf.command("a6 NOOP")).hasSize(1);
            // NOTIFY SET begins anew.
            assertThat(deaf.command("a7 NOTIFY SET (SELECTED (MessageNew MessageExpunge)) (PERSONAL (SubscriptionChange))"))
                .last().asString().startsWith("a7 OK");
            other.command("c4 UNSUBSCRIBE another");
            assertThat(deaf.line()).isEqualTo("* LIST (\\NonExistent \\HasNoChildren) \".\" \"another\"");
            for (int i = 0; i <= Notes.MAX_WAITING; i++) {
                other.command("d UNSUBSCRIBE many" + i);
            }
        }
    }

    /** What other protocols do comes from James's event bus. */
    @Test
    void whatIsNotDoneByImapShouldBeTold() throws Exception {
        try (ImapTestClient watcher = server.connectAs(ImapTestServer.BOB)) {
            watcher.command("a1 NOTIFY SET (PERSONAL (MessageNew MessageExpunge MailboxName SubscriptionChange))");
            MailboxSession session = server.session(ImapTestServer.BOB);
            MailboxPath path = MailboxPath.forUser(ImapTestServer.BOB, "by-jmap");
            server.mailboxManager().createMailbox(path, session);
            assertThat(watcher.line()).isEqualTo("* LIST (\\HasNoChildren) \".\" \"by-jmap\"");
            assertThat(watcher.line()).startsWith("* STATUS \"by-jmap\" (MESSAGES 0 UIDNEXT 1 ");
            MessageManager mailbox = server.mailboxManager().getMailbox(path, session);
            mailbox.appendMessage(MessageManager.AppendCommand.builder().build("A: b\r\n\r\nc"), session);
            assertThat(watcher.line()).startsWith("* STATUS \"by-jmap\" (MESSAGES 1 UIDNEXT ");
            server.james().subscriptionManager().subscribe(session, path);
            assertThat(watcher.line()).isEqualTo("* LIST (\\Subscribed \\HasNoChildren) \".\" \"by-jmap\"");
            server.mailboxManager().deleteMailbox(path, session);
            assertThat(watcher.line()).isEqualTo("* LIST (\\NonExistent \\Subscribed \\HasNoChildren) \".\" \"by-jmap\"");
        }
    }

    @Test
    void nothingShouldBeLeftOfAConnectionThatEnds() throws Exception {
        untilNothingIsWatched();
        try (ImapTestClient watcher = server.connectAs(ImapTestServer.BOB)) {
            watcher.command("a1 CREATE left");
            watcher.command("a2 NOTIFY SET (MAILBOXES left (MessageNew MessageExpunge))");
            assertThat(server.watches().size()).isOne();
            watcher.command("a3 NOTIFY SET (MAILBOXES left (MessageNew MessageExpunge))");
            assertThat(server.watches().size()).isOne();
            watcher.command("a4 NOTIFY NONE");
            assertThat(server.watches().size()).isZero();
            watcher.command("a5 NOTIFY SET (MAILBOXES left (MessageNew MessageExpunge))");
        }
        untilNothingIsWatched();
    }

    private static void untilNothingIsWatched() throws Exception {
        for (int i = 0; i < 500 && server.watches().size() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(server.watches().size()).isZero();
    }

    @DisabledIfSystemProperty(named = "jamesext.backend", matches = "cassandra", disabledReason = "the number is ours, not the store's")
    @Test
    void tooManyMailboxesShouldBeRefused() throws Exception {
        try (ImapTestServer own = ImapTestServer.start("<jmxName>many</jmxName>");
            ImapTestClient watcher = own.connectAs(ImapTestServer.BOB)) {
            StringBuilder creates = new StringBuilder();
            for (int i = 0; i < Watches.MAX_MAILBOXES - 1; i++) {
                creates.append("a").append(i).append(" CREATE m").append(i).append("\r\n");
            }
            watcher.write(creates.toString()).until("a" + (Watches.MAX_MAILBOXES - 2) + " ");
            assertThat(watcher.command("b1 NOTIFY SET STATUS (PERSONAL (MessageNew MessageExpunge))"))
                .last().asString().startsWith("b1 OK");
            watcher.command("b2 CREATE one.more.than.that");
            assertThat(watcher.line()).startsWith("* OK [NOTIFICATIONOVERFLOW] ");
            assertThat(watcher.command("b3 NOTIFY SET STATUS (PERSONAL (MessageNew MessageExpunge))"))
                .containsExactly("b3 NO [NOTIFICATIONOVERFLOW] NOTIFY failed. More than 1000 mailboxes.");
            assertThat(own.watches().size()).isZero();
        }
    }
}
