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

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a client that does not log in may take of us, and what one that may not bring its password is told. */
class BeforeLogInTest {
    private static ImapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aHundredCommandsShouldBeEnough() throws Exception {
        try (ImapTestClient client = server.connect()) {
            client.line();
            client.write("a NOOP\r\n".repeat(150));
            List<String> answers = client.rest();
            assertThat(answers).hasSize(102).endsWith("a BAD Log in first", "* BYE Too many commands before log-in");
            assertThat(answers.subList(0, 100)).allMatch(line -> line.startsWith("a OK"));
        }
    }

    @Test
    void manyOctetsShouldCloseTheConnection() throws Exception {
        try (ImapTestClient client = server.connect()) {
            client.line();
            client.write(("a LOGIN alice@example.org \"" + "x".repeat(60_000) + "\r\n").repeat(6));
            assertThat(client.rest()).hasSizeBetween(5, 6).endsWith("* BYE Too much before log-in");
        }
    }

    @Test
    void whatIsPipelinedBehindLogInShouldNotCount() throws Exception {
        String message = "Subject: x\r\n\r\n" + "x".repeat(2 << 20);
        try (ImapTestClient client = server.connect()) {
            client.line();
            client.write("a1 LOGIN alice@example.org secret\r\na2 APPEND INBOX {" + message.length() + "+}\r\n" + message + "\r\n"
                + "a3 NOOP\r\n".repeat(200) + "a4 LOGOUT\r\n");
            assertThat(client.rest()).hasSize(204).last().asString().startsWith("a4 OK");
        }
    }

    @Test
    void aPasswordInTheClearShouldBeRefusedWhereTlsIsWanted() throws Exception {
        try (ImapTestServer strict = ImapTestServer.start("<jmxName>strict</jmxName><auth><requireSSL>true</requireSSL></auth>");
             ImapTestClient client = strict.connect()) {
            assertThat(client.line()).contains(" LOGINDISABLED ").doesNotContain("AUTH=PLAIN");
            assertThat(client.command("a1 LOGIN alice@example.org secret"))
                .containsExactly("a1 NO [PRIVACYREQUIRED] LOGIN Log-in is over TLS only.");
            assertThat(client.command("a2 AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUub3JnAHNlY3JldA=="))
                .containsExactly("a2 NO [PRIVACYREQUIRED] AUTHENTICATE Log-in is over TLS only.");
            assertThat(client.command("a3 AUTHENTICATE SCRAM-SHA-256 biws")).containsExactly(
                "a3 NO [PRIVACYREQUIRED] AUTHENTICATE Log-in is over TLS only.");
            assertThat(client.command("a4 CAPABILITY")).first().asString().contains(" LOGINDISABLED ");
        }
    }

    @Test
    void disabledUnauthenticateShouldBeUnknown() throws Exception {
        try (ImapTestServer proxied = ImapTestServer.start("<jmxName>proxied</jmxName><disabledCaps>UNAUTHENTICATE</disabledCaps>");
             ImapTestClient client = proxied.connectAs(ImapTestServer.ALICE)) {
            assertThat(client.command("a1 CAPABILITY")).first().asString().doesNotContain("UNAUTHENTICATE");
            assertThat(client.command("a2 UNAUTHENTICATE")).last().asString().startsWith("a2 BAD");
            assertThat(client.command("a3 SELECT INBOX")).last().asString().startsWith("a3 OK");
        }
    }
}
