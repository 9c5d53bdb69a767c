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
package io.jamesext.lemonade.imap.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/**
 * Writers change a mailbox at random while clients hold results by ADDTO, REMOVEFROM, EXPUNGE and VANISHED alone. Whenever the writers
 * rest, these results are what another client finds that comes now. RFC 5267 section 4.3.
 */
@BothBackends
class ContextModelTest {
    private static final List<String> FLAGS = List.of("\\Seen", "\\Flagged", "\\Answered", "\\Draft", "$Junk");
    private static final List<String> WORDS = List.of("alpha", "bravo", "charlie", "delta");
    private static final List<String> COMMANDS = List.of("SEARCH ALL", "SEARCH FLAGGED", "SEARCH UNSEEN UNKEYWORD $Junk",
        "SEARCH OR ANSWERED (SEEN NOT FLAGGED)", "SEARCH SUBJECT bravo", "SEARCH FLAGGED NOT SUBJECT alpha", "SEARCH UID 12:*",
        "SEARCH UID *", "SEARCH NOT UID 1:20 UNSEEN", "SEARCH LARGER 60", "SORT (SUBJECT) UTF-8 ALL", "SORT (REVERSE SIZE) UTF-8 UNSEEN",
        "SORT (REVERSE SUBJECT REVERSE SIZE) UTF-8 NOT FLAGGED", "SORT (ARRIVAL) UTF-8 OR SEEN UID 20:*",
        "SORT (FROM REVERSE SUBJECT) UTF-8 SUBJECT a");
    private static final boolean MEMORY = System.getProperty("jamesext.backend", "memory").equals("memory");
    private static final int ROUNDS = MEMORY ? 25 : 8;
    private static final int WRITERS = 2;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void heldResultsShouldBeThoseOfASearch(long seed) throws Exception {
        Random random = new Random(seed);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (ImapTestServer server = ImapTestServer.start("");
             ImapTestClient one = server.connectAs(ImapTestServer.ALICE);
             ImapTestClient two = server.connectAs(ImapTestServer.ALICE);
             ImapTestClient three = server.connectAs(ImapTestServer.ALICE)) {
            one.command("c CREATE held");
            for (int message = 0; message < 12; message++) {
                append(one, random);
            }
            List<ContextClient> clients = List.of(new ContextClient(one), new ContextClient(two), new ContextClient(three));
            clients.get(2).run("q ENABLE QRESYNC");
            for (ContextClient client : clients) {
                client.run("s SELECT held");
                for (int at = 0; at < COMMANDS.size(); at++) {
                    // VANISHED says nothing of numbers to a client that does not know the UIDs.
                    client.hold("h" + at, COMMANDS.get(at), client == clients.get(2) || random.nextBoolean());
                }
            }
            for (int round = 0; round < ROUNDS; round++) {
                change(server, random, threads, clients);
                compare(server, clients, "seed " + seed + ", round " + round);
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Writers write while the clients ask, change and wait. */
    private static void change(ImapTestServer server, Random random, ExecutorService threads, List<ContextClient> clients)
            throws Exception {
        List<Future<?>> writing = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Random own = new Random(random.nextLong());
            writing.add(threads.submit(() -> {
                try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
                    client.command("w SELECT held");
                    for (int step = 0; step < 4; step++) {
                        write(client, own);
                    }
                }
                return null;
            }));
        }
        for (int step = 0; step < 4; step++) {
            for (ContextClient client : clients) {
                ask(client, random);
            }
        }
        for (Future<?> done : writing) {
            done.get();
        }
    }

    private static void write(ImapTestClient client, Random random) throws Exception {
        String uids = 1 + random.nextInt(40) + ":" + (1 + random.nextInt(40));
        switch (random.nextInt(5)) {
            case 0, 1 -> append(client, random);
            case 2 -> {
                String uid = String.valueOf(1 + random.nextInt(40));
                client.command("w UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)");
                synchronized (flagsOrRemoval()) {
                    client.command("w UID EXPUNGE " + uid);
                }
            }
            default -> {
                String flags = flags(random);
                synchronized (flagsOrRemoval()) {
                    client.command("w UID STORE " + uids + " " + flags);
                }
            }
        }
    }

    private static void ask(ContextClient client, Random random) throws Exception {
        switch (random.nextInt(6)) {
            case 0 -> client.idle();
            case 1 -> {
                String store = "a UID STORE " + (1 + random.nextInt(30)) + " " + flags(random);
                synchronized (flagsOrRemoval()) {
                    client.run(store);
                }
            }
            case 2 -> client.run("a SEARCH UNDRAFT");
            case 3 -> client.run("a UID SEARCH RETURN (PARTIAL 1:3 CONTEXT) FLAGGED");
            case 4 -> client.run("a UID FETCH 1:* BODY.PEEK[HEADER.FIELDS (SUBJECT)]");
            default -> client.run("a NOOP");
        }
    }

    /** James's memory store brings a message back whose flags are changed while it is removed: there one waits for the other. */
    private static Object flagsOrRemoval() {
        return MEMORY ? ContextModelTest.class : new Object();
    }

    private static String flags(Random random) {
        return (random.nextBoolean() ? "+" : "-") + "FLAGS.SILENT (" + FLAGS.get(random.nextInt(FLAGS.size())) + ")";
    }

    private static void append(ImapTestClient client, Random random) throws Exception {
        String text = "Subject: " + WORDS.get(random.nextInt(WORDS.size())) + "\r\n\r\n" + "x".repeat(random.nextInt(80)) + "\r\n";
        client.write("p APPEND held (" + FLAGS.get(random.nextInt(FLAGS.size())) + ") {"
            + text.getBytes(StandardCharsets.US_ASCII).length + "+}\r\n" + text + "\r\n");
        assertThat(client.until("p ")).last().asString().startsWith("p OK");
    }

    private static void compare(ImapTestServer server, List<ContextClient> clients, String when) throws Exception {
        try (ImapTestClient fresh = server.connectAs(ImapTestServer.ALICE)) {
            fresh.command("s SELECT held");
            for (ContextClient client : clients) {
                client.run("n NOOP");
                for (ContextClient.Held held : client.held().values()) {
                    List<String> answer = fresh.command("f " + (held.uids() ? "UID " : "") + held.command());
                    assertThat(held.results()).as("%s: %s by UID %s", when, held.command(), held.uids()).isEqualTo(numbers(answer));
                }
            }
        }
    }

    private static List<Long> numbers(List<String> answer) {
        return answer.stream().filter(line -> line.startsWith("* SEARCH") || line.startsWith("* SORT")).findFirst().stream()
            .flatMap(line -> List.of(line.split(" ")).stream().skip(2)).map(Long::valueOf).toList();
    }
}
