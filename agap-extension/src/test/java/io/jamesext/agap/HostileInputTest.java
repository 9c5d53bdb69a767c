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
package io.jamesext.agap;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input: a clear error or a clean close, and the other connection is unharmed. */
class HostileInputTest {
    @TempDir
    static Path folder;

    private AgapTestServer server;
    private AgapClient other;

    @BeforeEach
    void start() throws Exception {
        server = AgapTestServer.open(folder);
        other = new AgapClient(server.connect());
        other.logIn();
    }

    @AfterEach
    void theOtherConnectionShouldBeUnharmed() throws Exception {
        try {
            assertThat(other.command("NOOP")).containsExactly("200 OK NOOP completed");
            assertThat(other.find("")).hasSizeGreaterThanOrEqualTo(4);
            other.close();
        } finally {
            server.close();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void shouldBeRefusedAndClosed(byte[] input, String refusal) throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.send(input);
            assertThat(client.response()).containsExactly(refusal);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void brokenLinesShouldBeRefusedAndClosed() throws Exception {
        shouldBeRefusedAndClosed(utf8("x".repeat(10_000)), "511 INVALID line (longer than 1024 characters)");
        shouldBeRefusedAndClosed(utf8("LIST /" + "x".repeat(1500) + "\nQUIT\n"), "511 INVALID line (longer than 1024 characters)");
        shouldBeRefusedAndClosed(utf8("CAPA\0\n"), "511 INVALID line (NUL)");
        shouldBeRefusedAndClosed(utf8("CA\rPA\n"), "511 INVALID line (CR without LF)");
        shouldBeRefusedAndClosed(new byte[] {(byte) 0xFF, '\n'}, "511 INVALID line (not UTF-8)");
    }

    @Test
    void aBrokenLineInABodyShouldNeverMakeTheRestCommands() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.logIn();
            client.send(utf8("FIND\nTAG A\0\nSTAG 00000001 + INJECTED\n\n"));
            assertThat(client.response()).containsExactly("110 OK SEND filter definition (end it with an empty line)");
            assertThat(client.response()).containsExactly("511 INVALID line (NUL)");
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(other.find("TAG INJECTED")).isEmpty();
    }

    @Test
    void aFilterThatIsTooLongShouldBeReadToItsEndAndRefused() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.logIn();
            client.send(utf8("FIND\n" + ("STAG 00000001 + INJECTED" + " ".repeat(900) + "\n").repeat(2_000) + "\nNOOP\n"));
            assertThat(client.response()).containsExactly("110 OK SEND filter definition (end it with an empty line)");
            assertThat(client.response()).containsExactly("511 INVALID filter definition (too long)");
            assertThat(client.response()).containsExactly("200 OK NOOP completed");
        }
        assertThat(other.find("TAG INJECTED")).isEmpty();
    }

    @Test
    void bytesBehindStlsShouldNeverBeRead() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.send(utf8("STLS\r\nAUTH PLAIN\r\nUSER alice@example.org\r\n"));
            assertThat(client.response()).containsExactly("200 OK Using TLS");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void pipelinedCommandsShouldBeAnsweredInOrder() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.send(utf8("AUTH PLAIN\nUSER alice@example.org\nPASS secret\nFIND\n\nSTAG 00000001 + A\nGTAG 00000001\n"
                + "NOOP\n".repeat(500) + "QUIT\n"));
            assertThat(client.response()).containsExactly("200 OK Send USER");
            assertThat(client.response()).containsExactly("200 OK Send PASS");
            assertThat(client.response()).containsExactly("200 OK Authenticated");
            assertThat(client.response()).hasSize(1);
            assertThat(client.response()).hasSize(5);
            assertThat(client.response()).containsExactly("200 OK STAG completed");
            assertThat(client.response()).containsExactly(".A", "200 OK GTAG completed");
            for (int i = 0; i < 500; i++) {
                assertThat(client.response()).containsExactly("200 OK NOOP completed");
            }
            assertThat(client.response()).containsExactly("200 OK Bye");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aHalfClosedClientShouldGetItsAnswers() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.send(utf8("CAPA\nAUTH PLAIN\n"));
            client.socket().shutdownOutput();
            assertThat(client.response()).contains("200 OK CAPA completed");
            assertThat(client.response()).containsExactly("200 OK Send USER");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aClientThatEndsInTheMiddleOfABodyShouldBeClosed() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.logIn();
            client.send(utf8("FIND\nTAG SEEN\n"));
            assertThat(client.response()).hasSize(1);
            client.socket().shutdownOutput();
            assertThat(client.response()).hasSizeLessThanOrEqualTo(1);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aClientThatNeverReadsShouldCostNoMoreThanItsBuffers() throws Exception {
        int octets = 20 * 1024 * 1024;
        server.james().append(ALICE, "INBOX", "Subject: big\nContent-Type: application/octet-stream\n\n"
            + "0123456789abcdef\n".repeat(octets / 17));
        try (AgapClient client = new AgapClient(server.connect())) {
            client.logIn();
            client.send(utf8("RETR 00000005\n".repeat(20)));
            // 20 times 27 MB of base64 would be half a gigabyte.
            Thread.sleep(1500);
            System.gc();
            long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            assertThat(used).isLessThan(300L * 1024 * 1024);
            assertThat(other.command("NOOP")).containsExactly("200 OK NOOP completed");
        }
    }

    @Test
    void aBigMessageShouldArriveWhole() throws Exception {
        byte[] content = new byte[3_000_000];
        new Random(5).nextBytes(content);
        server.james().append(ALICE, "INBOX", "Subject: big\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"
            + Base64.getMimeEncoder().encodeToString(content));
        try (AgapClient client = new AgapClient(server.connect())) {
            client.logIn();
            List<String> lines = client.command("RETR 00000005 ATTACHMENT-1/BODY");
            ByteArrayOutputStream base64 = new ByteArrayOutputStream();
            lines.subList(0, lines.size() - 1).forEach(line -> base64.writeBytes(utf8(line.substring(1))));
            assertThat(Base64.getDecoder().decode(base64.toByteArray())).isEqualTo(content);
        }
    }
}
