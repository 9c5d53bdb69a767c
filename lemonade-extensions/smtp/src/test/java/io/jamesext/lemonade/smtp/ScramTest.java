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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.testing.auth.ScramClient;

/** AUTH SCRAM-SHA-256, RFC 7677: the kernel's conversation in the frames of RFC 4954. */
class ScramTest {
    /** RFC 4954 section 6; it tells nobody whether a password was wrong or has never been seen. */
    private static final String REFUSED = "432 4.7.12 A password transition is needed";

    private static SmtpTestServer server;
    private static String url;

    private SmtpTestClient client;

    @BeforeAll
    static void start() throws Exception {
        server = new SmtpTestServer("", SmtpTestServer.BURL);
        url = "imap://example.com/INBOX/;UID=" + server.james().append(SmtpTestServer.ALICE, "INBOX", "Subject: a\r\n\r\n");
        // The clear password is what a verifier is made of.
        SmtpTestClient.loggedIn(server, SmtpTestServer.ALICE).close();
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

    @Test
    void rightPasswordShouldLogIn() throws Exception {
        assertThat(converse(new ScramClient("alice@example.org", SmtpTestServer.PASSWORD))).startsWith("334 ");
        assertThat(client.command("")).isEqualTo("235 2.7.0 Authentication successful");
        assertThat(client.command("MAIL FROM:<alice@example.org>")).startsWith("250 2.1.0 ");
        assertThat(client.command("RCPT TO:<bob@example.org>")).startsWith("250 2.1.5 ");
        assertThat(client.command("BURL " + url + " LAST")).startsWith("250 2.6.0 ");
        assertThat(server.accepted().text()).contains(" with ESMTPA id ").endsWith("Subject: a\r\n\r\n");
    }

    @Test
    void commandsBehindTheLastResponseShouldBeAnsweredInOrder() throws Exception {
        assertThat(converse(new ScramClient("alice@example.org", SmtpTestServer.PASSWORD))).startsWith("334 ");
        client.send("\r\nMAIL FROM:<alice@example.org>\r\nRCPT TO:<bob@example.org>\r\nBDAT 14 LAST\r\nSubject: a\r\n\r\nNOOP\r\n");
        for (String reply : new String[] {"235 2.7.0 ", "250 2.1.0 ", "250 2.1.5 ", "250 2.6.0 ", "250 2.0.0 "}) {
            assertThat(client.reply()).startsWith(reply);
        }
        server.accepted();
    }

    @Test
    void wrongPasswordShouldNot() throws Exception {
        assertThat(converse(new ScramClient("alice@example.org", "wrong"))).isEqualTo(REFUSED);
        assertThat(client.command("BURL " + url + " LAST")).startsWith("530 5.7.0 ");
    }

    /** It goes as far as for one that there is. */
    @Test
    void unknownUserShouldLookTheSame() throws Exception {
        assertThat(converse(new ScramClient("nobody@example.org", SmtpTestServer.PASSWORD)))
            .isEqualTo(REFUSED);
    }

    @Test
    void userShouldNotActForAnother() throws Exception {
        assertThat(converse(new ScramClient("n,a=bob@example.org,", "alice@example.org", SmtpTestServer.PASSWORD)))
            .isEqualTo(REFUSED);
        assertThat(client.command("BURL " + url + " LAST")).startsWith("530 5.7.0 ");
    }

    @Test
    void clientMayCancelInTheMidst() throws Exception {
        ScramClient scram = new ScramClient("alice@example.org", SmtpTestServer.PASSWORD);
        assertThat(client.command("AUTH SCRAM-SHA-256 " + scram.respondInBase64(""))).startsWith("334 ");
        assertThat(client.command("*")).startsWith("501 5.5.2 ");
        assertThat(client.command("BURL " + url + " LAST")).startsWith("530 5.7.0 ");
        assertThat(client.command("auth scram-sha-256")).isEqualTo("334");
    }

    /** Up to what the server says to the proof. */
    private String converse(ScramClient scram) throws Exception {
        assertThat(client.command("AUTH SCRAM-SHA-256")).isEqualTo("334");
        String challenge = client.command(scram.respondInBase64("")).substring("334 ".length());
        return client.command(scram.respondInBase64(challenge));
    }
}
