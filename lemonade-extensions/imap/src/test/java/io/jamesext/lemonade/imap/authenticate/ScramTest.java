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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.auth.ScramClient;

/** AUTHENTICATE SCRAM-SHA-256, RFC 7677: the kernel's conversation in IMAP's frames. */
class ScramTest {
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
            ScramClient scram = new ScramClient("alice@example.org", ImapTestServer.PASSWORD);
            client.write("a1 AUTHENTICATE SCRAM-SHA-256 " + scram.respondInBase64("") + "\r\n");
            assertThat(client.line()).startsWith("+ ");
            client.write("*\r\n");
            assertThat(client.line()).startsWith("a1 BAD");
            assertThat(client.command("a2 LOGIN alice@example.org secret")).last().asString().startsWith("a2 OK");
        }
    }

    /** Up to what the server says to the proof. */
    private static String converse(ImapTestClient client, String password) throws Exception {
        ScramClient scram = new ScramClient("alice@example.org", password);
        client.write("a1 AUTHENTICATE SCRAM-SHA-256\r\n");
        assertThat(client.line()).isEqualTo("+");
        client.write(scram.respondInBase64("") + "\r\n");
        client.write(scram.respondInBase64(client.line().substring(2)) + "\r\n");
        return client.line();
    }
}
