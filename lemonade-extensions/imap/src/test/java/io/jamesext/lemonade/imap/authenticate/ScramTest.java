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


package io.jamesext.lemonade.imap.authenticate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;

/** AUTHENTICATE SCRAM-SHA-256, RFC 7677: the kernel's conversation in IMAP's frames. */
class ScramTest {
    private static final String BARE = "n=alice@example.org,r=rOprNGfwEbeRWgbNEkqO";

    private static ImapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("");
        // The clear password is what a verifier is made of.
        server.connectAs(ImapTestServer.ALICE).close();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theRightPasswordShouldLogIn() throws Exception {
        try (ImapTestClient client = server.connect()) {
            client.line();
            assertThat(converse(client, ImapTestServer.PASSWORD)).startsWith("+ ");
            client.write("\r\n");
            assertThat(client.line()).startsWith("a1 OK [CAPABILITY IMAP4rev1 ");
            assertThat(client.command("a2 SELECT INBOX")).last().asString().startsWith("a2 OK");
        }
    }

    @Test
    void aWrongPasswordShouldNot() throws Exception {
        try (ImapTestClient client = server.connect()) {
            client.line();
            assertThat(converse(client, "wrong")).startsWith("a1 NO [AUTHENTICATIONFAILED] ");
            assertThat(client.command("a2 SELECT INBOX")).last().asString().startsWith("a2 NO");
        }
    }

    @Test
    void theClientMayCancelInTheMidst() throws Exception {
        try (ImapTestClient client = server.connect()) {
            client.line();
            client.write("a1 AUTHENTICATE SCRAM-SHA-256 " + base64("n,," + BARE) + "\r\n");
            assertThat(client.line()).startsWith("+ ");
            client.write("*\r\n");
            assertThat(client.line()).startsWith("a1 BAD");
            assertThat(client.command("a2 LOGIN alice@example.org secret")).last().asString().startsWith("a2 OK");
        }
    }

    /** Up to what the server says to the proof. */
    private static String converse(ImapTestClient client, String password) throws Exception {
        client.write("a1 AUTHENTICATE SCRAM-SHA-256\r\n");
        assertThat(client.line()).isEqualTo("+");
        client.write(base64("n,," + BARE) + "\r\n");
        String first = new String(Base64.getDecoder().decode(client.line().substring(2)), StandardCharsets.UTF_8);
        String[] parts = first.split(",");
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(new PBEKeySpec(password.toCharArray(), salt, Integer.parseInt(parts[2].substring(2)), 256)).getEncoded();
        byte[] clientKey = hmac(salted, "Client Key");
        String last = "c=biws," + parts[0];
        byte[] proof = hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), BARE + "," + first + "," + last);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        client.write(base64(last + ",p=" + Base64.getEncoder().encodeToString(proof)) + "\r\n");
        return client.line();
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
