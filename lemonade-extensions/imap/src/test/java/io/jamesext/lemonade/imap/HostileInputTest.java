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
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken and hostile clients: a clear answer or a clean close, nothing run that was not a command, others unharmed. */
class HostileInputTest {
    private static ImapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("<literalSizeLimit>300K</literalSizeLimit><inMemorySizeLimit>50K</inMemorySizeLimit>");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void anotherConnectionShouldWorkAndNothingBeLeft() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.BOB)) {
            assertThat(client.command("z1 STATUS hacked (MESSAGES)")).last().asString().startsWith("z1 NO");
        }
        TemporaryFiles.assertNoneStays("lemonade-imap-literal");
    }

    @Test
    void synchronisingLiteralOf2To32ShouldBeRefusedAndTheConnectionGoOn() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            assertThat(client.command("a1 APPEND INBOX {4294967296}")).containsExactly("a1 NO [TOOBIG] Literal is too big");
            assertThat(client.command("a2 APPEND INBOX {307201}")).containsExactly("a2 NO [TOOBIG] Literal is too big");
            assertThat(client.command("a3 APPEND INBOX {99999999999999999999999999}")).containsExactly("a3 NO [TOOBIG] Literal is too big");
            assertThat(client.command("a4 NOOP")).last().asString().startsWith("a4 OK");
        }
    }

    @Test
    void nonSynchronisingLiteralOf2To32ShouldCloseAndRunNothing() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.write("a1 APPEND INBOX {4294967296+}\r\nx CREATE hacked\r\ny CREATE hacked\r\n");
            assertThat(client.rest()).containsExactly("a1 NO [TOOBIG] Literal is too big", "* BYE Too much to read over");
        }
        assertNotCreated("hacked");
    }

    @Test
    void nonSynchronisingLiteralOverTheLimitShouldBeReadOver() throws Exception {
        String content = "x CREATE hacked\r\n".repeat(20_000);
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.write("a1 APPEND INBOX {" + content.length() + "+}\r\n" + content + " {17+}\r\nx CREATE hacked\r\n\r\na2 NOOP\r\n");
            assertThat(client.line()).isEqualTo("a1 NO [TOOBIG] Literal is too big");
            assertThat(client.line()).startsWith("a2 OK");
        }
        assertNotCreated("hacked");
    }

    @Test
    void literalsOfACommandShouldBeCountedTogether() throws Exception {
        String text = " TEXT {200000+}\r\n" + "x".repeat(200_000);
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.write("a1 APPEND INBOX CATENATE (" + text.substring(1) + text + ")\r\na2 NOOP\r\n");
            assertThat(client.line()).isEqualTo("a1 NO [TOOBIG] Literal is too big");
            assertThat(client.line()).startsWith("a2 OK");
            client.write("a3 APPEND INBOX CATENATE (" + "TEXT {1+}\r\nx ".repeat(200) + "TEXT {1+}\r\nx)\r\na4 NOOP\r\n");
            assertThat(client.line()).isEqualTo("a3 BAD Too many literals");
            assertThat(client.line()).startsWith("a4 OK");
        }
    }

    @Test
    void beforeLogInALiteralShouldBeSmall() throws Exception {
        try (ImapTestClient client = server.connect()) {
            client.line();
            assertThat(client.command("a1 LOGIN {8193}")).containsExactly("a1 NO [TOOBIG] Literal is too big");
            client.write("a2 LOGIN alice {20000+}\r\n" + "x".repeat(20_000) + "\r\n");
            assertThat(client.line()).isEqualTo("a2 NO [TOOBIG] Literal is too big");
            client.write("a3 LOGIN alice {200000+}\r\n" + "x".repeat(20_000));
            assertThat(client.rest()).containsExactly("a3 NO [TOOBIG] Literal is too big", "* BYE Too much to read over");
        }
    }

    @Test
    void largeLiteralShouldGoThroughAFileUnchanged() throws Exception {
        String body = "Subject: large\r\n\r\n" + "0123456789abcdef".repeat(16_000);
        try (ImapTestClient client = server.connectAs(ImapTestServer.BOB)) {
            client.command("a0 CREATE large");
            client.write("a1 APPEND large {" + body.length() + "}\r\n");
            assertThat(client.line()).startsWith("+ ");
            client.write(body + "\r\n");
            assertThat(client.line()).startsWith("a1 OK");
            client.write("a2 APPEND large {" + body.length() + "+}\r\n" + body + "\r\na3 SELECT large\r\na4 FETCH 2 BODY.PEEK[]\r\n");
            client.until("a3 ");
            assertThat(client.line()).endsWith("{" + body.length() + "}");
            assertThat(new String(client.octets(body.length()), StandardCharsets.US_ASCII)).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_537, 1_000_000, 5_000_000})
    void overlongLineShouldBeRefusedOnce(int length) throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.write("a1 SEARCH SUBJECT " + "x".repeat(length) + "\r\na2 NOOP\r\n");
            assertThat(client.line()).isEqualTo("a1 BAD Command line is too long");
            assertThat(client.line()).startsWith("a2 OK");
            client.write("a3 SEARCH SUBJECT " + "x".repeat(length) + " {17+}\r\nx CREATE hacked\r\n\r\na4 NOOP\r\n");
            assertThat(client.line()).isEqualTo("a3 BAD Command line is too long");
            assertThat(client.line()).startsWith("a4 OK");
        }
        assertNotCreated("hacked");
    }

    @Test
    void endlessLineBeforeLogInShouldBeClosed() throws Exception {
        try (ImapTestClient client = server.connect()) {
            client.line();
            client.write("x".repeat(300_000));
            assertThat(client.rest()).containsExactly("* BAD Command line is too long", "* BYE Too much to read over");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "a1 SEARCH SUBJECT \"\\0\"|a1 ", "a1 CREATE a\\0b|a1 BAD", "\\0\\0\\0|* BAD", "a1 CREATE \"\u00c3\u0028\"|a1 BAD",
        "a1 SELECT \"a&Jjo \"|a1 ",
        "a1 \u00ff\u00fe|a1 BAD",
        "a1|a1 BAD", "a1 |a1 BAD", "  |* BAD", "a1 FOO|a1 BAD", "a1 LOGIN|a1 NO", "a1 FETCH|a1 NO", "a1 APPEND INBOX|a1 BAD",
        "a1 SELECT \"INBOX|a1 BAD",
        "a1 SELECT INBOX\\|a1 BAD", "a1 STATUS INBOX|a1 BAD", "a1 APPEND INBOX {}|a1 BAD", "a1 APPEND INBOX {-1}|a1 BAD",
        "a1 APPEND INBOX {1x}|a1 BAD",
        "a1 APPEND INBOX x{5}|a1 BAD", "a1 APPEND INBOX CATENATE|a1 BAD", "a1 APPEND INBOX CATENATE ()|a1 BAD",
        "a1 APPEND INBOX CATENATE (FOO x)|a1 BAD", "a1 APPEND INBOX CATENATE (URL \"/INBOX/;UID=1\"|a1 BAD", "+ NOOP|* BAD", "{5}|* BAD",
        "*|* BAD"})
    void malformedCommandShouldBeAnsweredAndTheConnectionGoOn(String command, String answer) throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.write(command.replace("\\0", "\0") + "\r\n");
            assertThat(client.line()).startsWith(answer);
            assertThat(client.command("a2 NOOP")).last().asString().startsWith("a2 OK");
        }
    }

    @Test
    void literal8WhereNoneBelongsShouldBeRefusedCleanly() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.write("a1 CREATE ~{17+}\r\nx CREATE hacked\r\n\r\na2 NOOP\r\n");
            assertThat(client.line()).startsWith("a1 BAD");
            assertThat(client.line()).startsWith("a2 OK");
        }
        assertNotCreated("hacked");
    }

    @Test
    void deeplyNestedSearchShouldNotEndTheConnection() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.command("a1 SELECT INBOX");
            client.write("a2 SEARCH " + "(".repeat(60_000) + "\r\na3 NOOP\r\n");
            assertThat(client.line()).startsWith("a2 BAD");
            assertThat(client.line()).startsWith("a3 OK");
        }
    }

    @Test
    void halfClosedSocketShouldBeClosedByUs() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.write("a1 NOOP\r\na2 APPEND INBOX {100+}\r\nx CREATE hacked\r\n");
            assertThat(client.line()).startsWith("a1 OK");
            client.socket().shutdownOutput();
            assertThat(client.rest()).isEmpty();
        }
        assertNotCreated("hacked");
    }

    @Test
    void halfClosedClientShouldGetItsAnswers() throws Exception {
        byte[] large = ("Subject: large\r\n\r\n" + "x".repeat(3 << 20)).getBytes(StandardCharsets.US_ASCII);
        server.mailboxManager().createMailbox(MailboxPath.forUser(ImapTestServer.BOB, "half"), server.session(ImapTestServer.BOB));
        server.mailboxManager().getMailbox(MailboxPath.forUser(ImapTestServer.BOB, "half"), server.session(ImapTestServer.BOB))
            .appendMessage(MessageManager.AppendCommand.builder().build(large), server.session(ImapTestServer.BOB));
        try (ImapTestClient client = server.connectAs(ImapTestServer.BOB)) {
            client.write("a1 SELECT half\r\n" + "a2 FETCH 1 BODY.PEEK[TEXT]\r\n".repeat(3) + "a3 NOOP\r\na4 NO");
            client.socket().shutdownOutput();
            Thread.sleep(200);
            List<String> answers = client.rest();
            assertThat(answers).filteredOn(line -> line.startsWith("a2 OK")).hasSize(3);
            assertThat(answers).last().asString().startsWith("a3 OK");
        }
    }

    @Test
    void halfClosedClientShouldEndItsIdle() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.write("a1 SELECT INBOX\r\na2 IDLE\r\n");
            client.until("+ ");
            client.socket().shutdownOutput();
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void clientLeavingWithinALargeLiteralShouldLeaveNothing() throws Exception {
        for (int run = 0; run < 5; run++) {
            try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
                client.write("a1 APPEND INBOX {200000+}\r\n" + "x".repeat(150_000 + run));
                Thread.sleep(10);
            }
        }
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            assertThat(client.command("a1 STATUS INBOX (MESSAGES)").get(0)).endsWith("(MESSAGES 0)");
        }
    }

    @Test
    void clientThatNeverReadsShouldNotFillTheHeap() throws Exception {
        MailboxPath path = MailboxPath.forUser(ImapTestServer.ALICE, "big");
        server.mailboxManager().createMailbox(path, server.session(ImapTestServer.ALICE));
        MessageManager mailbox = server.mailboxManager().getMailbox(path, server.session(ImapTestServer.ALICE));
        byte[] message = ("Subject: big\r\n\r\n" + "x".repeat(1 << 20)).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 20; i++) {
            mailbox.appendMessage(MessageManager.AppendCommand.builder().build(message), server.session(ImapTestServer.ALICE));
        }
        long before = Heap.used();
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.command("a1 SELECT big");
            client.socket().setSoTimeout(1000);
            OutputStream out = client.socket().getOutputStream();
            Thread writer = new Thread(() -> {
                try {
                    // 200,000 commands, each for 20 megabytes.
                    out.write("a2 FETCH 1:* BODY.PEEK[]\r\n".repeat(200_000).getBytes(StandardCharsets.US_ASCII));
                } catch (IOException expected) {
                    // The socket is closed below.
                }
            });
            writer.start();
            Thread.sleep(2000);
            assertThat(Heap.used()).isCloseTo(before, within(60L << 20));
            try (ImapTestClient other = server.connectAs(ImapTestServer.BOB)) {
                long start = System.nanoTime();
                assertThat(other.command("b1 NOOP")).last().asString().startsWith("b1 OK");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            }
        }
    }

    @Test
    void malformedAuthenticateShouldNotStickTheConnection() throws Exception {
        try (ImapTestClient client = server.connect()) {
            client.line();
            client.write("a1 AUTHENTICATE PLAIN\r\n");
            assertThat(client.line()).startsWith("+");
            client.write("\n");
            assertThat(client.line()).startsWith("a1 BAD");
            client.write("a2 AUTHENTICATE PLAIN\r\n");
            assertThat(client.line()).startsWith("+");
            client.write("AGFsaWNlQGV4YW1wbGUub3JnAHNlY3JldA==\r\na3 NOOP\r\n");
            assertThat(client.line()).startsWith("a2 OK [CAPABILITY IMAP4rev1 ");
            assertThat(client.line()).startsWith("a3 OK");
        }
        try (ImapTestClient client = server.connect()) {
            client.line();
            assertThat(client.command("a1 AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUub3JnAHNlY3JldA==")).last().asString()
                .startsWith("a1 OK [CAPABILITY IMAP4rev1 ");
        }
        try (ImapTestClient client = server.connect()) {
            client.line();
            client.write("a1 AUTHENTICATE PLAIN\r\n" + "x".repeat(70_000));
            assertThat(client.rest()).contains("a1 BAD Line is too long", "* BYE Line is too long");
        }
    }

    private static void assertNotCreated(String mailbox) throws Exception {
        for (var user : List.of(ImapTestServer.ALICE, ImapTestServer.BOB)) {
            assertThat(server.mailboxManager().list(server.session(user))).noneMatch(path -> path.getName().equals(mailbox));
        }
    }
}
