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

package io.jamesext.lemonade.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where lines end, and where they may not: RFC 5321 sections 2.3.8 and 4.5.3.1, RFC 4954 section 4. */
class FramingTest {
    private static final int LIMIT_OCTETS = 12_288;
    private static final int MAX_MESSAGE_OCTETS = 100 * 1024;
    private static final int EARLY_CLIENTS = 50;

    private static SmtpTestServer server;

    private SmtpTestClient client;

    @BeforeAll
    static void start() throws Exception {
        server = new SmtpTestServer("<maxmessagesize>100</maxmessagesize>", "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        client = SmtpTestClient.inTransaction(server, "");
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        assertThat(server.acceptedNothing()).isTrue();
    }

    /** With its end. */
    private static String line(String start, int octets) {
        return start + "x".repeat(octets - start.length() - 2) + "\r\n";
    }

    private void data(String content) throws Exception {
        assertThat(client.command("DATA")).startsWith("354 ");
        client.send(content);
    }

    @Test
    void commandOfTheLimitShouldBeUnderstood() throws Exception {
        client.send(line("NOOP ", LIMIT_OCTETS));
        assertThat(client.reply()).startsWith("250 2.0.0 ");
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT_OCTETS + 1, 2 * LIMIT_OCTETS, 1_000_000})
    void longerCommandShouldBeRefusedOnce(int octets) throws Exception {
        client.send(line("NOOP ", octets) + "VRFY\r\nNOOP\r\n");
        assertThat(client.reply()).isEqualTo("500 5.5.2 Line longer than 12288 octets");
        assertThat(client.reply()).startsWith("5");
        assertThat(client.reply()).startsWith("250 2.0.0 ");
        assertThat(client.command("DATA")).startsWith("354 ");
    }

    @Test
    void dataLineOfTheLimitShouldArrive() throws Exception {
        String line = line("", LIMIT_OCTETS);
        data("Subject: a\r\n\r\n" + line + ".\r\n");
        assertThat(client.reply()).startsWith("250 2.6.0 ");
        assertThat(server.accepted().text()).endsWith("\r\n\r\n" + line);
    }

    @Test
    void longerDataLineShouldFailTheWholeMessageAtItsEnd() throws Exception {
        data("Subject: a\r\n\r\n" + line("", LIMIT_OCTETS + 1) + line("", LIMIT_OCTETS + 1) + "QUIT\r\n.\r\nNOOP\r\n");
        assertThat(client.reply()).startsWith("554 5.6.0 ");
        assertThat(client.reply()).startsWith("250 2.0.0 ");
        assertThat(client.command("DATA")).startsWith("503 5.5.");
        assertThat(client.command("MAIL FROM:<alice@example.org>")).startsWith("250 2.1.0 ");
    }

    @Test
    void dataOfTheLimitShouldArrive() throws Exception {
        data(("." + line(".", 1_024)).repeat(MAX_MESSAGE_OCTETS / 1_024) + ".\r\n");
        assertThat(client.reply()).startsWith("250 2.6.0 ");
        assertThat(server.accepted().text()).hasSizeGreaterThan(MAX_MESSAGE_OCTETS);
    }

    @Test
    void longerDataShouldBeRefusedOnceAtItsEnd() throws Exception {
        data(line("", 1_024).repeat(MAX_MESSAGE_OCTETS / 1_024 + 5) + "QUIT\r\n.\r\nNOOP\r\n");
        assertThat(client.reply()).isEqualTo("552 5.3.4 Message too big for system");
        assertThat(client.reply()).startsWith("250 2.0.0 ");
        assertThat(client.command("MAIL FROM:<alice@example.org>")).startsWith("250 2.1.0 ");
    }

    /** SMTP smuggling: no server behind this one may see an end, and a message, where there is none. */
    @ParameterizedTest
    @ValueSource(strings = {"a\n.\r\n", "a\n.\n", "a\r\n.\n", "\n.\r\n"})
    void bareLineFeedShouldEndTheConnection(String smuggled) throws Exception {
        data("Subject: a\r\n\r\n" + smuggled + "MAIL FROM:<carol@example.net>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n\r\n.\r\n");
        assertThat(client.reply()).startsWith("500 5.");
        assertThat(client.reply()).isEqualTo("closed");
    }

    /** The line feed ends no line, and the end of the data is behind a line. */
    @ParameterizedTest
    @ValueSource(ints = {LIMIT_OCTETS, LIMIT_OCTETS + 1, 100_000})
    void longDataLineOfABareLineFeedShouldEndTheConnection(int octets) throws Exception {
        data("x".repeat(octets) + "\n.\r\nNOOP\r\n");
        assertThat(client.reply()).isEqualTo("500 5.5.2 Line longer than 12288 octets");
        assertThat(client.reply()).isEqualTo("closed");
    }

    /** Nobody knows how many octets its chunk has. */
    @Test
    void longBdatShouldEndTheConnection() throws Exception {
        client.send(line("bdat 1000 ", LIMIT_OCTETS + 1) + "NOOP\r\nNOOP\r\n");
        assertThat(client.reply()).isEqualTo("500 5.5.2 Line longer than 12288 octets");
        assertThat(client.reply()).isEqualTo("closed");
    }

    /** Nor may this one, where it waits for the end of what it has refused. */
    @ParameterizedTest
    @ValueSource(strings = {"a\n.\r\n", "a\r\n.\n", ".x\n"})
    void bareLineFeedShouldEndTheConnectionOfARefusedMessageToo(String smuggled) throws Exception {
        data(line("", LIMIT_OCTETS + 1) + smuggled + "NOOP\r\n.\r\n");
        assertThat(client.reply()).startsWith("500 5.");
        assertThat(client.reply()).isEqualTo("closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r.\r\r\n", "a\r.\r\n", "a\r\n.\r\r\n"})
    void bareCarriageReturnShouldBeNoEnd(String content) throws Exception {
        data("Subject: a\r\n\r\n" + content + "b\r\n.\r\n");
        assertThat(client.reply()).startsWith("250 2.6.0 ");
        assertThat(server.accepted().text()).endsWith(content.replace("\n.", "\n") + "b\r\n");
    }

    /** RFC 5321 section 4.5.2, also where the client was not asked to put one there. */
    @Test
    void firstDotOfALineShouldGo() throws Exception {
        data("Subject: a\r\n\r\n..a\r\n.b\r\n...\r\n.\r\n");
        assertThat(client.reply()).startsWith("250 2.6.0 ");
        assertThat(server.accepted().text()).endsWith("\r\n\r\n.a\r\nb\r\n..\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO\0OP", "\0", "\u00ff\u00fe", "", " ", "MAIL FROM:<al\0ice@example.org>", "MAIL FROM:<\u00fc@example.org>",
        "RCPT TO:<b\0b@example.org>", "RCPT TO:<bob@example.org\0>"})
    void octetsThatAreInNoCommandShouldBeRefused(String command) throws Exception {
        if (command.startsWith("MAIL")) {
            client.command("RSET");
        }
        assertThat(client.command(command)).startsWith("5");
        assertThat(client.command("NOOP")).startsWith("250 2.0.0 ");
    }

    @Test
    void commandsOfOneSegmentShouldBeAnsweredEach() throws Exception {
        client.send("NOOP\r\nBDAT 3\r\nabcRSET\r\nMAIL FROM:<alice@example.org>\r\nNO");
        for (String reply : new String[] {"250 2.0.0 ", "250 2.0.0 3 octets", "250 2.0.0 ", "250 2.1.0 "}) {
            assertThat(client.reply()).startsWith(reply);
        }
        client.send("OP\r");
        client.send("\n");
        assertThat(client.reply()).startsWith("250 2.0.0 ");
    }

    /** The octets that come before James's framer is replaced must come first. */
    @Test
    void clientThatDoesNotWaitForTheGreetingShouldBeAnsweredInOrder() throws Exception {
        for (int early = 0; early < EARLY_CLIENTS; early++) {
            try (SmtpTestClient other = new SmtpTestClient(server.port())) {
                other.send("EHLO cli");
                other.send("ent.example.org\r\nMAIL FROM:<carol@example.net>\r\nRC");
                other.send("PT TO:<bob@example.org>\r\nBDAT 3\r\nab");
                other.send("cNOOP\r\n");
                for (String reply : new String[] {"220 ", "250 ", "250 2.1.0 ", "250 2.1.5 ", "250 2.0.0 3 octets", "250 2.0.0 "}) {
                    assertThat(other.reply()).startsWith(reply);
                }
            }
        }
    }

    /** As Exim does. */
    @Test
    void clientThatHasClosedItsSideShouldGetAllReplies() throws Exception {
        byte[] message = "Subject: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        client.send("BDAT " + message.length + " LAST\r\n" + new String(message, StandardCharsets.US_ASCII) + "NOOP\r\nQUIT\r\n");
        client.end();
        for (String reply : new String[] {"250 2.6.0 ", "250 2.0.0 ", "221 2.0.0 ", "closed"}) {
            assertThat(client.reply()).startsWith(reply);
        }
        server.accepted();
    }
}
