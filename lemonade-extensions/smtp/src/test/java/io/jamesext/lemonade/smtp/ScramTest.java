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

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.server.ServerSettings;
import io.jamesext.lemonade.smtp.burl.BurlCommand;

/** AUTH SCRAM-SHA-256, RFC 7677: the kernel's conversation in the frames of RFC 4954. */
class ScramTest {
    private static final String NONCE = "r=rOprNGfwEbeRWgbNEkqO";

    private static SmtpTestServer server;
    private static String url;

    private SmtpTestClient client;

    @BeforeAll
    static void start() throws Exception {
        server = new SmtpTestServer("", "<handler class=\"" + BurlCommand.class.getName() + "\"><hosts>example.com</hosts></handler>");
        url = "imap://example.com/INBOX/;UID=" + server.james().append(SmtpTestServer.ALICE, "INBOX", "Subject: a\r\n\r\n");
        // The clear password is what a verifier is made of.
        server.service(Authentication.class).logIn(new ServerSettings("", false, Duration.ZERO, new BaseHierarchicalConfiguration()))
            .withPassword(new Client(InetAddress.getLoopbackAddress(), false), SmtpTestServer.ALICE, SmtpTestServer.PASSWORD).block();
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
        assertThat(converse("n,,n=alice@example.org", SmtpTestServer.PASSWORD)).startsWith("334 ");
        assertThat(client.command("")).isEqualTo("235 2.7.0 Authentication successful");
        assertThat(client.command("MAIL FROM:<alice@example.org>")).startsWith("250 2.1.0 ");
        assertThat(client.command("RCPT TO:<bob@example.org>")).startsWith("250 2.1.5 ");
        assertThat(client.command("BURL " + url + " LAST")).startsWith("250 2.6.0 ");
        assertThat(server.accepted().text()).contains(" with ESMTPA id ").endsWith("Subject: a\r\n\r\n");
    }

    @Test
    void commandsBehindTheLastResponseShouldBeAnsweredInOrder() throws Exception {
        assertThat(converse("n,,n=alice@example.org", SmtpTestServer.PASSWORD)).startsWith("334 ");
        client.send("\r\nMAIL FROM:<alice@example.org>\r\nRCPT TO:<bob@example.org>\r\nBDAT 14 LAST\r\nSubject: a\r\n\r\nNOOP\r\n");
        for (String reply : new String[] {"235 2.7.0 ", "250 2.1.0 ", "250 2.1.5 ", "250 2.6.0 ", "250 2.0.0 "}) {
            assertThat(client.reply()).startsWith(reply);
        }
        server.accepted();
    }

    @Test
    void wrongPasswordShouldNot() throws Exception {
        assertThat(converse("n,,n=alice@example.org", "wrong")).isEqualTo("535 5.7.8 Authentication credentials invalid");
        assertThat(client.command("BURL " + url + " LAST")).startsWith("530 5.7.0 ");
    }

    /** It goes as far as for one that there is. */
    @Test
    void unknownUserShouldLookTheSame() throws Exception {
        assertThat(converse("n,,n=nobody@example.org", SmtpTestServer.PASSWORD)).isEqualTo("535 5.7.8 Authentication credentials invalid");
    }

    @Test
    void userShouldNotActForAnother() throws Exception {
        assertThat(converse("n,a=bob@example.org,n=alice@example.org", SmtpTestServer.PASSWORD))
            .isEqualTo("535 5.7.8 Authentication credentials invalid");
        assertThat(client.command("BURL " + url + " LAST")).startsWith("530 5.7.0 ");
    }

    @Test
    void clientMayCancelInTheMidst() throws Exception {
        assertThat(client.command("AUTH SCRAM-SHA-256 " + base64("n,,n=alice@example.org," + NONCE))).startsWith("334 ");
        assertThat(client.command("*")).startsWith("501 5.5.2 ");
        assertThat(client.command("BURL " + url + " LAST")).startsWith("530 5.7.0 ");
        assertThat(client.command("auth scram-sha-256")).isEqualTo("334");
    }

    /** Up to what the server says to the proof. */
    private String converse(String start, String password) throws Exception {
        assertThat(client.command("AUTH SCRAM-SHA-256")).isEqualTo("334");
        String first = new String(Base64.getDecoder().decode(client.command(base64(start + "," + NONCE)).substring(4)),
            StandardCharsets.UTF_8);
        String[] parts = first.split(",");
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(new PBEKeySpec(password.toCharArray(), salt, Integer.parseInt(parts[2].substring(2)), 256)).getEncoded();
        byte[] clientKey = hmac(salted, "Client Key");
        int bare = start.indexOf(',', 2) + 1;
        String last = "c=" + base64(start.substring(0, bare)) + "," + parts[0];
        byte[] proof = hmac(MessageDigest.getInstance("SHA-256").digest(clientKey),
            start.substring(bare) + "," + NONCE + "," + first + "," + last);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        return client.command(base64(last + ",p=" + Base64.getEncoder().encodeToString(proof)));
    }

    private static byte[] hmac(byte[] key, String message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
