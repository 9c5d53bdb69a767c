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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.jamesext.testing.mailbox.BothBackends;

/** What clients at once, other protocols and hostile numbers do to CONDSTORE and QRESYNC. RFC 7162. */
@BothBackends
class SynchronizationTest {
    private static final Pattern HIGHEST = Pattern.compile(".*\\[HIGHESTMODSEQ (\\d+)].*");
    private static final Pattern VALIDITY = Pattern.compile(".*\\[UIDVALIDITY (\\d+)].*");

    private static ImapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void fill(ImapTestClient client, String mailbox, int messages) throws Exception {
        client.command("f0 CREATE " + mailbox);
        for (int i = 0; i < messages; i++) {
            client.write("f1 APPEND " + mailbox + " {12+}\r\nSubject: one\r\n");
            assertThat(client.until("f1 ")).last().asString().startsWith("f1 OK");
        }
    }

    private static long number(Pattern pattern, List<String> lines) {
        return lines.stream().map(pattern::matcher).filter(Matcher::matches).mapToLong(found -> Long.parseLong(found.group(1)))
            .reduce((first, last) -> last).orElseThrow();
    }

    private static List<String> resynchronize(ImapTestClient client, String mailbox, long validity, long modSeq) throws Exception {
        client.command("r0 ENABLE QRESYNC");
        return client.command("r1 SELECT " + mailbox + " (QRESYNC (" + validity + " " + modSeq + "))");
    }

    private static MessageManager manager(String mailbox, MailboxSession session) throws Exception {
        return server.mailboxManager().getMailbox(MailboxPath.forUser(ImapTestServer.ALICE, mailbox), session);
    }

    /** RFC 5550 section 5.10: of the devices that want to submit a message, one may. */
    @Test
    void oneOfManyConditionalStoresShouldWin() throws Exception {
        int clients = 8;
        int messages = 5;
        try (ImapTestClient first = server.connectAs(ImapTestServer.ALICE)) {
            fill(first, "race", messages);
            long known = number(HIGHEST, first.command("a1 SELECT race (CONDSTORE)"));
            ExecutorService threads = Executors.newFixedThreadPool(clients);
            try {
                List<Future<List<List<String>>>> runs = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    runs.add(threads.submit(() -> submit(known, messages)));
                }
                List<List<List<String>>> answers = new ArrayList<>();
                for (Future<List<List<String>>> run : runs) {
                    answers.add(run.get());
                }
                for (int message = 0; message < messages; message++) {
                    int number = message;
                    List<String> tagged = answers.stream().map(answer -> answer.get(number)).map(SynchronizationTest::last).toList();
                    assertThat(tagged).filteredOn(line -> !line.contains("MODIFIED")).singleElement().asString().contains("OK");
                    assertThat(tagged).allMatch(line -> line.contains(" OK "));
                }
            } finally {
                threads.shutdown();
            }
        }
    }

    private static String last(List<String> lines) {
        return lines.get(lines.size() - 1);
    }

    private static List<List<String>> submit(long known, int messages) throws Exception {
        List<List<String>> answers = new ArrayList<>();
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.command("s0 SELECT race");
            for (int message = 1; message <= messages; message++) {
                answers.add(client.command("s" + message + " UID STORE " + message + " (UNCHANGEDSINCE " + known
                    + ") +FLAGS.SILENT ($SubmitPending)"));
            }
        }
        return answers;
    }

    @Test
    void flagsOfStoresAtOnceShouldAllBeThere() throws Exception {
        try (ImapTestClient first = server.connectAs(ImapTestServer.ALICE)) {
            fill(first, "flags", 3);
            ExecutorService threads = Executors.newFixedThreadPool(6);
            try {
                List<Future<List<String>>> runs = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    String keyword = "$k" + i;
                    runs.add(threads.submit(() -> {
                        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
                            client.command("k0 SELECT flags");
                            return client.command("k1 STORE 1:3 +FLAGS.SILENT (" + keyword + ")");
                        }
                    }));
                }
                for (Future<List<String>> run : runs) {
                    assertThat(run.get()).last().asString().startsWith("k1 OK");
                }
            } finally {
                threads.shutdown();
            }
            first.command("a1 EXAMINE flags");
            assertThat(first.command("a2 FETCH 1:3 FLAGS").stream().filter(line -> line.contains("FETCH ("))).hasSize(3)
                .allMatch(line -> IntStream.range(0, 6).allMatch(i -> line.contains("$k" + i)));
        }
    }

    /** The event bus tells of what other protocols do: by James's mailbox itself, JMAP, WebAdmin, another node. */
    @Test
    void whatOthersRemoveShouldHaveVanished() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            fill(client, "others", 6);
            List<String> opened = client.command("a1 SELECT others");
            long validity = number(VALIDITY, opened);
            long known = number(HIGHEST, opened);
            client.command("a2 UNSELECT");
            MailboxSession session = server.session(ImapTestServer.ALICE);
            MessageManager manager = manager("others", session);
            manager.delete(List.of(MessageUid.of(2)), session);
            manager.setFlags(new Flags(Flags.Flag.DELETED), MessageManager.FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(3)),
                session);
            manager.expunge(MessageRange.all(), session);
            server.mailboxManager().moveMessages(MessageRange.one(MessageUid.of(5)), MailboxPath.forUser(ImapTestServer.ALICE, "others"),
                MailboxPath.inbox(ImapTestServer.ALICE), session);
            List<String> answer = resynchronize(client, "others", validity, known);
            assertThat(answer).contains("* VANISHED (EARLIER) 2:3,5").last().asString().startsWith("r1 OK");
            assertThat(number(HIGHEST, answer)).isGreaterThan(known);
        }
    }

    /** A client must learn of every message that goes, whenever it comes back: RFC 7162 section 3.2. */
    @Test
    void noExpungeShouldBeMissedWhateverModSeqAClientHasSeen() throws Exception {
        int messages = 40;
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE);
             ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            fill(client, "raced", messages);
            long validity = number(VALIDITY, client.command("a1 SELECT raced"));
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                // Flags change at the same time, so that writers of tombstones must try again.
                Future<?> stores = threads.submit(() -> {
                    other.command("t SELECT raced");
                    for (int i = 0; i < messages; i++) {
                        other.command("u" + i + " UID STORE " + messages + " " + (i % 2 == 0 ? "+" : "-") + "FLAGS.SILENT (\\Flagged)");
                    }
                    return null;
                });
                Future<?> expunges = threads.submit(() -> {
                    MailboxSession session = server.session(ImapTestServer.ALICE);
                    for (int uid = 1; uid < messages; uid += 2) {
                        manager("raced", session).delete(List.of(MessageUid.of(uid)), session);
                    }
                    return null;
                });
                try (ImapTestClient watcher = server.connectAs(ImapTestServer.ALICE)) {
                    watch(watcher, validity, expunges::isDone, messages);
                }
                stores.get();
                expunges.get();
            } finally {
                threads.shutdown();
            }
        }
    }

    /**
     * Resynchronizes again and again from what it knows, and must end with the messages that are there: at the latest when James's event
     * bus has delivered the last event.
     */
    private static void watch(ImapTestClient watcher, long validity, BooleanSupplier done, int messages)
        throws Exception {
        List<Integer> known = new ArrayList<>(IntStream.rangeClosed(1, messages).boxed().toList());
        List<Integer> there = IntStream.rangeClosed(1, messages).filter(uid -> uid % 2 == 0).boxed().toList();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        long modSeq = 1;
        boolean last;
        do {
            last = done.getAsBoolean() && (known.equals(there) || System.nanoTime() > end);
            List<String> answer = resynchronize(watcher, "raced", validity, modSeq);
            modSeq = number(HIGHEST, answer);
            answer.stream().filter(line -> line.startsWith("* VANISHED (EARLIER) ")).forEach(line -> forget(known, line.substring(21)));
            watcher.command("w UNSELECT");
        } while (!last);
        assertThat(known).containsExactlyElementsOf(there);
    }

    private static void forget(List<Integer> known, String set) {
        for (String range : set.split(",")) {
            String[] ends = range.split(":");
            IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                .forEach(uid -> known.remove((Integer) uid));
        }
    }

    @Test
    void mailboxThatIsDeletedMeanwhileShouldBeAnswered() throws Exception {
        try (ImapTestClient one = server.connectAs(ImapTestServer.ALICE); ImapTestClient two = server.connectAs(ImapTestServer.ALICE)) {
            fill(one, "doomed", 1);
            one.command("a1 SELECT doomed");
            assertThat(two.command("b1 DELETE doomed")).last().asString().startsWith("b1 OK");
            assertThat(one.command("a2 STORE 1 +FLAGS (\\Seen)")).last().asString().startsWith("a2 NO");
            assertThat(one.command("a3 EXPUNGE")).last().asString().startsWith("a3 NO");
            assertThat(one.command("a4 NOOP")).last().asString().startsWith("a4 OK");
            assertThat(one.command("a5 CLOSE")).last().asString().startsWith("a5 OK");
            assertThat(one.command("a6 SELECT doomed")).last().asString().startsWith("a6 NO");
        }
    }

    @Test
    void hostileNumbersShouldBeAnsweredAtOnce() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            fill(client, "hostile", 2);
            long validity = number(VALIDITY, client.command("a1 SELECT hostile"));
            assertThat(client.command("a2 UID COPY 1:4294967295 INBOX")).last().asString().startsWith("a2 OK [COPYUID");
            assertThat(client.command("a3 UID STORE 1:4294967295,1:4294967295,4294967295:1 +FLAGS.SILENT (\\Deleted)")).last().asString()
                .startsWith("a3 OK");
            assertThat(client.command("a4 STORE 1 (UNCHANGEDSINCE 99999999999999999999) +FLAGS (\\Seen)")).last().asString()
                .startsWith("a4 ");
            client.command("a5 ENABLE QRESYNC");
            assertThat(client.command("a6 SELECT hostile (QRESYNC (" + validity + " 1 1:4294967295 (1:4294967295 1:4294967295)))"))
                .last().asString().startsWith("a6 OK");
            assertThat(client.command("a7 UID EXPUNGE 1:4294967295")).contains("* VANISHED 1:2").last().asString().startsWith("a7 OK");
            assertThat(client.command("a8 UID MOVE 1:4294967295 INBOX")).last().asString().startsWith("a8 OK");
        }
    }

    /** RFC 3501 section 6.4.7: all or nothing. */
    @Test
    void copyOverQuotaShouldLeaveTheTargetAsItWas() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.BOB)) {
            fill(client, "full", 3);
            client.command("a0 CREATE target");
            client.command("a1 SELECT full");
            server.withRoomFor(2, ImapTestServer.BOB, () -> {
                assertThat(client.command("a2 COPY 1,3 target")).last().asString().startsWith("a2 OK");
                assertThat(client.command("a3 COPY 1:2 target")).last().asString().startsWith("a3 NO [OVERQUOTA]");
                assertThat(client.command("a4 COPY 1,3 target")).last().asString().startsWith("a4 NO [OVERQUOTA]");
            });
            assertThat(client.command("a5 STATUS target (MESSAGES)")).contains("* STATUS \"target\" (MESSAGES 2)");
        }
    }
}
