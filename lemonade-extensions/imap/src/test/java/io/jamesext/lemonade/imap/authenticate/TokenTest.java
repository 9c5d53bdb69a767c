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
import java.util.Base64;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.auth.TokenIssuer;

/** AUTHENTICATE OAUTHBEARER (RFC 7628) and XOAUTH2 with James's key {@code auth.oidc}. */
class TokenTest {
    private static final String ALICE = "alice@example.org";

    private static TokenIssuer issuer;
    private static ImapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        issuer = new TokenIssuer();
        server = ImapTestServer.start(issuer.configuration("").replace("<auth>", "<auth><requireSSL>false</requireSSL>"));
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
    }

    private static ImapTestClient greeted() throws Exception {
        ImapTestClient client = server.connect();
        assertThat(client.line()).contains(" AUTH=OAUTHBEARER ", " AUTH=XOAUTH2 ");
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"OAUTHBEARER", "XOAUTH2", "oauthbearer"})
    void rightTokenShouldLogIn(String mechanism) throws Exception {
        try (ImapTestClient client = greeted()) {
            client.write("a1 AUTHENTICATE " + mechanism + " " + TokenIssuer.bearer(ALICE, issuer.token(ALICE)) + "\r\n");
            assertThat(client.line()).startsWith("a1 OK");
        }
    }

    /** As James's own parser has it. */
    @Test
    void tokenShouldBeAskedFor() throws Exception {
        try (ImapTestClient client = greeted()) {
            client.write("a1 AUTHENTICATE OAUTHBEARER\r\n");
            assertThat(client.line()).isEqualTo("+");
            client.write(TokenIssuer.base64("n,user=" + ALICE + "\1auth=Bearer " + issuer.token(ALICE) + "\1\1") + "\r\n");
            assertThat(client.line()).startsWith("a1 OK");
        }
    }

    /** RFC 7628 section 3.2.3. */
    @Test
    void wrongTokenShouldBeAnsweredWithWhatIsWanted() throws Exception {
        try (ImapTestClient client = greeted()) {
            client.write("a1 AUTHENTICATE OAUTHBEARER " + TokenIssuer.bearer(ALICE, "nonsense") + "\r\n");
            String challenge = client.line();
            assertThat(challenge).startsWith("+ ");
            assertThat(new String(Base64.getDecoder().decode(challenge.substring(2)), StandardCharsets.UTF_8))
                .isEqualTo("{\"status\":\"invalid_token\",\"scope\":\"mail\",\"openid-configuration\":\"https://example.org/.well-known\"}");
            client.write("AQ==\r\n");
            assertThat(client.line()).startsWith("a1 NO [AUTHENTICATIONFAILED] ");
            client.write("a2 AUTHENTICATE XOAUTH2 " + TokenIssuer.bearer("bob@example.org", issuer.token(ALICE)) + "\r\n");
            assertThat(client.line()).startsWith("+ ");
            client.write("*\r\n");
            assertThat(client.line()).startsWith("a2 BAD");
        }
    }
}
