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
package io.jamesext.dmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.TestJames;

/** What hostile or broken clients send. Another connection works before, meanwhile and after; nothing is lost in the mailbox. */
class BadInputTest {
    @TempDir
    static Path folder;
    private static DmapTestServer server;

    private TlsClient witness;

    @BeforeAll
    static void start() throws Exception {
        server = DmapTestServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connectWitness() throws Exception {
        witness = new TlsClient(server.port());
        witness.logIn();
        witness.select("INBOX");
    }

    @AfterEach
    void witnessShouldBeUnharmed() throws Exception {
        witness.send("W SEARCH UID 1:4\r\n");
        assertThat(witness.readUntil("* SEARCH")).isEqualTo("* SEARCH 1 2 3 4");
        assertThat(witness.readLine()).isEqualTo("W OK SEARCH completed");
        witness.close();
    }

    @Test
    void overlongLineShouldBeRefusedAndClosed() throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            client.send("A1 " + "x".repeat(20_000));
            assertThat(client.readAll()).isEqualTo("* BAD [LIMIT] the line is too long\r\n* BYE [LIMIT] the line is too long\r\n");
        }
    }

    @Test
    void tooManyItemsShouldBeRefusedAndThoseThatStandTwiceCountOnce() throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            client.logIn();
            client.select("INBOX");
            String items = IntStream.rangeClosed(1, 101).mapToObj(number -> "BODY.PEEK[9." + number + "]").collect(Collectors.joining(" "));
            client.send("A1 FETCH 1 (" + items + ")\r\nA2 FETCH 1 (" + "UID BODY.PEEK[9.1] ".repeat(60) + "UID)\r\n");
            assertThat(client.readLine()).isEqualTo("A1 BAD [LIMIT] more than 100 items");
            assertThat(client.readLine()).isEqualTo("* 1 FETCH (UID 1 BODY[9.1] NIL)");
        }
    }

    @Test
    void synchronisingLiteralOf2To32ShouldBeRefusedAndNothingElse() throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            client.send("A1 SELECT {4294967296}\r\nA2 NOOP\r\nA3 SELECT {99999999999999999999999}\r\nA4 NOOP\r\n");
            assertThat(client.readLine()).isEqualTo("A1 BAD [LIMIT] the literal is too large");
            assertThat(client.readLine()).isEqualTo("A2 OK NOOP completed");
            assertThat(client.readLine()).isEqualTo("A3 BAD [LIMIT] the literal is too large");
            assertThat(client.readLine()).isEqualTo("A4 OK NOOP completed");
        }
    }

    @Test
    void unaskedLiteralOf2To32ShouldBeRefusedAndClosed() throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            client.send("A1 SELECT {4294967296+}\r\nA2 NOOP\r\n");
            assertThat(client.readAll()).isEqualTo("A1 BAD [LIMIT] the literal is too large\r\n* BYE [LIMIT] the literal is too large\r\n");
        }
    }

    @Test
    void contentOfLiteralShouldNeverBeExecuted() throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            client.logIn();
            client.send("A1 SELECT {27+}\r\nINBOX\r\nX1 LOGOUT\r\nX2 LOGOUT\r\nA2 NOOP\r\n");
            assertThat(client.readLine()).startsWith("A1 NO [CANNOT]");
            assertThat(client.readLine()).isEqualTo("A2 OK NOOP completed");
        }
    }

    @Test
    void garbageShouldBeAnsweredUntagged() throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            client.send(new byte[] {'A', '1', ' ', (byte) 0xC3, '\r', '\n', 'A', '2', ' ', 0, '\r', '\n', '\r', '\n', '(', '\r', '\n'});
            assertThat(client.readLine()).isEqualTo("A1 BAD a line is UTF-8 without NUL and CR");
            assertThat(client.readLine()).isEqualTo("A2 BAD a line is UTF-8 without NUL and CR");
            assertThat(client.readLine()).isEqualTo("* BAD expected a tag");
            assertThat(client.readLine()).isEqualTo("* BAD expected a tag");
            client.send("A3 NOOP\r\n");
            assertThat(client.readLine()).isEqualTo("A3 OK NOOP completed");
        }
    }

    @Test
    void halfClosedClientShouldGetItsAnswersAndTheEnd() throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            client.send("A1 NOOP\r\nA2 CAPABILITY\r\nA3 half a comm");
            client.shutdownOutput();
            assertThat(client.readAll()).contains("A1 OK NOOP completed\r\n").doesNotContain("A3");
        }
    }

    @Test
    void clearTextShouldBeClosed() throws Exception {
        try (Socket client = new Socket("127.0.0.1", server.port())) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write("A1 CAPABILITY\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(read(client)).doesNotContain("DMAP");
        }
    }

    private static String read(Socket client) {
        try {
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException reset) {
            return "";
        }
    }

    @Test
    void clientThatNeverReadsShouldCostNoHeap() throws Exception {
        MessageManager.AppendResult big = server.inbox().appendMessage(MessageManager.AppendCommand.builder()
            .withFlags(new Flags(Flags.Flag.SEEN))
            .build(("Subject: Big\r\n\r\n" + "0123456789abcdef".repeat(1 << 18)).getBytes(StandardCharsets.US_ASCII)), server.alice());
        String uid = Long.toString(big.getId().getUid().asLong());
        try (TlsClient client = new TlsClient(server.port(), 4096)) {
            client.logIn();
            client.select("INBOX");
            long before = usedHeap();
            for (int command = 0; command < 30; command++) {
                client.send("A" + command + " UID FETCH " + uid + " (BODY[] BODY[67.1])\r\n");
            }
            witness.send("W1 NOOP\r\n");
            assertThat(witness.readUntil("W1")).isEqualTo("W1 OK NOOP completed");
            // Thirty answers of 8 MB each: if they were held, this test's JVM could not even.
            assertThat(usedHeap() - before).isLessThan(64L << 20);
        } finally {
            server.inbox().delete(List.of(big.getId().getUid()), server.james().session(TestJames.ALICE));
        }
    }

    private static long usedHeap() throws InterruptedException {
        Thread.sleep(500);
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
