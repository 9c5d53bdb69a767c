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
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.TestKeystore;

/** STARTTLS, RFC 3207, where nobody may log in without. */
class StartTlsTest {
    private static SmtpTestServer server;

    private SmtpTestClient client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = new SmtpTestServer("<auth><announce>always</announce><requireSSL>true</requireSSL></auth>"
            + SmtpTestServer.tls(TestKeystore.create(folder)), "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        client = SmtpTestClient.greeted(server);
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        assertThat(server.acceptedNothing()).isTrue();
    }

    private List<String> ehlo() throws Exception {
        client.send("EHLO client.example.org\r\n");
        return client.lines();
    }

    private void startTls() throws Exception {
        assertThat(client.command("STARTTLS")).startsWith("220 2.0.0 ");
        client.secure();
    }

    @Test
    void logInShouldNeedTls() throws Exception {
        assertThat(ehlo()).anyMatch(line -> line.substring(4).equals("STARTTLS")).noneMatch(line -> line.startsWith("AUTH", 4));
        for (String mechanism : List.of("PLAIN " + SmtpTestClient.plain(SmtpTestServer.ALICE, SmtpTestServer.PASSWORD), "PLAIN", "LOGIN",
                "SCRAM-SHA-256", "OAUTHBEARER")) {
            assertThat(client.command("AUTH " + mechanism)).as(mechanism).startsWith("538 5.7.11 ");
        }
        assertThat(client.command("NOOP")).startsWith("250 2.0.0 ");
    }

    @Test
    void mailShouldBeSubmittedBehindTls() throws Exception {
        startTls();
        assertThat(ehlo()).noneMatch(line -> line.substring(4).equals("STARTTLS"))
            .anyMatch(line -> line.substring(4).equals("AUTH LOGIN PLAIN SCRAM-SHA-256"))
            .anyMatch(line -> line.substring(4).equals("CHUNKING"));
        assertThat(client.command("AUTH PLAIN " + SmtpTestClient.plain(SmtpTestServer.ALICE, SmtpTestServer.PASSWORD))).startsWith("235 ");
        assertThat(client.command("MAIL FROM:<alice@example.org>")).startsWith("250 ");
        assertThat(client.command("RCPT TO:<bob@example.org>")).startsWith("250 ");
        assertThat(client.chunk("Subject: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII), true)).startsWith("250 2.6.0 ");
        assertThat(server.accepted().text()).contains(" with ESMTPSA id ").endsWith("Subject: a\r\n\r\n");
    }

    /** CVE-2011-0411. */
    @Test
    void commandsBehindStartTlsShouldEndTheConnection() throws Exception {
        client.send("STARTTLS\r\nMAIL FROM:<carol@example.net>\r\n");
        assertThat(client.reply()).startsWith("503 5.5.1 ");
        assertThat(client.reply()).isEqualTo("closed");
    }

    /** The octets that somebody else has put there are no commands behind the handshake either. */
    @Test
    void commandsThatComeAfterTheReplyInClearShouldEndTheConnection() throws Exception {
        assertThat(client.command("STARTTLS")).startsWith("220 2.0.0 ");
        client.send("NOOP\r\nNOOP\r\nNOOP\r\n");
        assertThat(client.reply()).doesNotStartWith("250");
    }

    /** RFC 3207 section 4.2. */
    @Test
    void greetingShouldBeForgotten() throws Exception {
        startTls();
        assertThat(client.command("MAIL FROM:<carol@example.net>")).startsWith("503 5.5.");
        assertThat(client.command("EHLO client.example.org")).startsWith("250 ");
        assertThat(client.command("MAIL FROM:<carol@example.net>")).startsWith("250 2.1.0 ");
    }

    @Test
    void transactionShouldBeForgotten() throws Exception {
        client.command("MAIL FROM:<carol@example.net>");
        client.command("RCPT TO:<bob@example.org>");
        client.chunk("Subject: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII), false);
        startTls();
        ehlo();
        assertThat(client.chunk("Subject: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII), true)).startsWith("503 5.5.1 ");
        assertThat(client.command("RCPT TO:<bob@example.org>")).startsWith("503 5.5.");
    }

    @Test
    void startTlsShouldNotFollowItself() throws Exception {
        startTls();
        ehlo();
        assertThat(client.command("STARTTLS")).startsWith("50").contains(" 5.5.1 ");
        assertThat(client.command("NOOP")).startsWith("250 ");
    }
}
