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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the octets look like on the wire, the same commands get the same answers, and a literal is never a command. */
class FramingTest {
    private static final long SEED = 7_888L;
    private static final int MAX_SPLITS = 400;
    private static final AtomicInteger FOLDERS = new AtomicInteger(10000);

    private static ImapTestServer server;
    private static ImapTestClient keeper;

    /** Conversations in which the client sends all of it without waiting; FOLDER is a new mailbox each time. */
    private enum Script {
        APPEND_BATCH(append("a1", "x CREATE hacked\r\ny LOGOUT\r\n") + append("a2", "a3 CREATE hacked\r\n") + append("a4",
            "\r\n\r\n{3+}\r\n")
            + "a5 SELECT FOLDER\r\na6 FETCH 1:* (RFC822.SIZE)\r\na7 LOGOUT\r\n",
            "a1 OK", "a2 OK", "a4 OK", "* 3 EXISTS", "a5 OK", "a6 OK", "* BYE", "a7 OK"),
        SEARCH_WITH_TAIL("a1 SELECT FOLDER\r\na2 SEARCH SUBJECT {15+}\r\nx CREATE evil\r\n" + " BODY abc".repeat(40) + "\r\n"
            + "a3 SEARCH SUBJECT {3+}\r\nabc BODY {3+}\r\ndef\r\na4 LOGOUT\r\n",
            "a1 OK", "* SEARCH", "a2 OK", "* SEARCH", "a3 OK", "a4 OK"),
        PARSE_FAILURE_BEHIND_LITERAL("a1 APPEND FOLDER {16+}\r\nx CREATE hacked\n garbage {14+}\r\nx CREATE evil\r\n\r\na2 NOOP\r\na3 "
            + "LOGOUT\r\n",
            "a1 BAD", "a2 OK", "a3 OK"),
        LITERALS_EVERYWHERE("a1 STATUS {4+}\r\nFOLD (MESSAGES)\r\na2 RENAME {6+}\r\nFOLDER {7+}\r\nFOLDERX\r\na3 STATUS FOLDERX "
            + "(MESSAGES)\r\na4 LOGOUT\r\n",
            "a1 NO", "a2 OK", "* STATUS", "a3 OK", "a4 OK"),
        STATE_CHANGES("a1 SELECT FOLDER\r\na2 FETCH 1 FLAGS\r\na3 CLOSE\r\na4 FETCH 1 FLAGS\r\na5 SELECT FOLDER\r\na6 UNSELECT\r\na7 "
            + "LOGOUT\r\na8 NOOP\r\n",
            "a1 OK", "a2 BAD", "a3 OK", "a4 NO", "a5 OK", "a6 OK", "a7 OK"),
        IDLE_PIPELINED("a1 SELECT FOLDER\r\na2 IDLE\r\nDONE\r\na3 NOOP\r\na4 IDLE\r\nNOTDONE\r\na5 NOOP\r\na6 LOGOUT\r\n",
            "a1 OK", "+", "a2 OK", "a3 OK", "+", "a4 BAD", "a5 OK", "a6 OK"),
        EMPTY_LITERALS("a1 CREATE {0+}\r\n\r\na2 NOOP\r\na3 APPEND FOLDER {0+}\r\n\r\na4 NOOP\r\na5 LOGOUT\r\n", "a1 ", "a2 OK", "a3 ",
            "a4 OK", "a5 OK");

        private final String octets;
        private final List<String> expected;

        Script(String octets, String... expected) {
            this.octets = octets;
            this.expected = List.of(expected);
        }

        private static String append(String tag, String body) {
            String message = "Subject: x\r\n\r\n" + body;
            return tag + " APPEND FOLDER {" + message.length() + "+}\r\n" + message + "\r\n";
        }

        private byte[] octets(String folder) {
            return octets.replace("FOLDER", folder).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    @FunctionalInterface
    private interface Writing {
        void write(ImapTestClient client, byte[] octets) throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("");
        keeper = server.connectAs(ImapTestServer.ALICE);
    }

    @AfterAll
    static void stop() throws Exception {
        keeper.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Script.class)
    void pipelinedCommandsShouldBeAnsweredInOrder(Script script) throws Exception {
        List<String> answer = run(script, ImapTestClient::write);
        assertThat(important(answer, script)).as("%s", answer).hasSize(script.expected.size());
        assertThat(exists("hacked") || exists("evil")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Script.class)
    void splitShouldNotChangeTheAnswer(Script script) throws Exception {
        List<String> whole = run(script, ImapTestClient::write);
        for (int position : splits(script.octets("f10000").length)) {
            assertThat(run(script, (client, octets) -> client.writeSplitAt(octets, position))).as("split at %d", position).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(Script.class)
    void octetByOctetShouldNotChangeTheAnswer(Script script) throws Exception {
        assertThat(run(script, ImapTestClient::writeOctetByOctet)).isEqualTo(run(script, ImapTestClient::write));
    }

    @Test
    void severalSegmentsShouldNotChangeTheAnswer() throws Exception {
        Random random = new Random(SEED);
        List<String> whole = run(Script.APPEND_BATCH, ImapTestClient::write);
        for (int run = 0; run < 100; run++) {
            assertThat(run(Script.APPEND_BATCH, (client, octets) -> {
                for (int at = 0; at < octets.length;) {
                    int next = Math.min(octets.length, at + 1 + random.nextInt(60));
                    client.write(Arrays.copyOfRange(octets, at, next));
                    at = next;
                }
            })).as("seed %d, run %d", SEED, run).isEqualTo(whole);
        }
    }

    @Test
    void twoNonSynchronisingLiteralsShouldLogIn() throws Exception {
        byte[] login = "a1 LOGIN {17+}\r\nalice@example.org {6+}\r\nsecret\r\na2 SELECT INBOX\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int position = 0; position <= login.length; position++) {
            try (ImapTestClient client = server.connect()) {
                client.line();
                client.writeSplitAt(login, position);
                assertThat(client.until("a1 ")).as("split at %d", position).last().asString().startsWith("a1 OK [CAPABILITY IMAP4rev1 ");
                assertThat(client.until("a2 ")).last().asString().startsWith("a2 OK");
            }
        }
    }

    @Test
    void everySynchronisingLiteralShouldGetItsContinuation() throws Exception {
        List<String> parts = List.of("a1 LOGIN {17}\r\n", "alice@example.org {6}\r\n", "secret\r\n");
        for (int split = 0; split < 14; split++) {
            try (ImapTestClient client = server.connect()) {
                client.line();
                for (int part = 0; part < parts.size(); part++) {
                    byte[] octets = parts.get(part).getBytes(StandardCharsets.US_ASCII);
                    client.writeSplitAt(octets, Math.min(split, octets.length));
                    assertThat(client.line()).startsWith(part < 2 ? "+ " : "a1 OK");
                }
                client.write("a2 NOOP\r\n");
                assertThat(client.line()).startsWith("a2 OK");
            }
        }
    }

    @Test
    void continuationShouldWaitForThePreviousCommand() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.write("a1 NOOP\r\na2 STATUS {5}\r\n");
            assertThat(client.line()).startsWith("a1 OK");
            assertThat(client.line()).startsWith("+ ");
            client.write("INBOX (MESSAGES)\r\na3 STATUS {5}\r\n");
            assertThat(client.line()).startsWith("* STATUS");
            assertThat(client.line()).startsWith("a2 OK");
            assertThat(client.line()).startsWith("+ ");
        }
    }

    @Test
    void thousandsOfPipelinedCommandsShouldAllBeAnswered() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            String[] commands = IntStream.range(0, 5000).mapToObj(i -> "n" + i + " NOOP\r\n").toArray(String[]::new);
            Thread writer = new Thread(() -> {
                try {
                    client.write(String.join("", commands));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.start();
            for (int i = 0; i < commands.length; i++) {
                assertThat(client.line()).startsWith("n" + i + " OK");
            }
            writer.join();
        }
    }

    private static List<String> run(Script script, Writing writing) throws Exception {
        String folder = "f" + FOLDERS.getAndIncrement();
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.command("c CREATE " + folder);
            writing.write(client, script.octets(folder));
            List<String> answer = client.rest();
            // Memory James looks at all messages of a user at each APPEND.
            keeper.command("k DELETE " + folder);
            return answer.stream()
                .map(line -> line.replace(folder, "FOLDER").replaceAll("(UIDVALIDITY|APPENDUID|MAILBOXID|HIGHESTMODSEQ) [(]?[^ \\])]+",
                    "$1 x"))
                .toList();
        }
    }

    /** The lines of an answer that the script names, in its order. */
    private static List<String> important(List<String> answer, Script script) {
        AtomicInteger next = new AtomicInteger();
        return answer.stream()
            .filter(line -> next.get() < script.expected.size() && line.startsWith(script.expected.get(next.get())))
            .peek(line -> next.incrementAndGet())
            .toList();
    }

    private static int[] splits(int length) {
        return length <= MAX_SPLITS
            ? IntStream.rangeClosed(0, length).toArray()
            : new Random(SEED).ints(MAX_SPLITS, 0, length).toArray();
    }

    private static boolean exists(String mailbox) throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            return client.command("e STATUS " + mailbox + " (MESSAGES)").stream().anyMatch(line -> line.startsWith("e OK"));
        }
    }
}
