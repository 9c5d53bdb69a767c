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
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.testing.auth.TokenIssuer;

/** AUTH OAUTHBEARER (RFC 7628) and XOAUTH2 with James's key {@code auth.oidc}. */
class TokenTest {
    private static final String ALICE = "alice@example.org";
    private static final long HOUR_SECONDS = 3600;

    private static TokenIssuer issuer;
    private static SmtpTestServer server;

    private SmtpTestClient client;

    @BeforeAll
    static void start() throws Exception {
        issuer = new TokenIssuer();
        server = server(issuer.address("jwks"));
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
    }

    private static SmtpTestServer server(String jwks) throws Exception {
        return new SmtpTestServer("<auth><announce>always</announce><requireSSL>false</requireSSL><oidc>"
            + "<oidcConfigurationURL>https://example.org/.well-known</oidcConfigurationURL><jwksURL>" + jwks + "</jwksURL>"
            + "<claim>email</claim><scope>mail</scope></oidc></auth>", "");
    }

    @BeforeEach
    void connect() throws Exception {
        client = SmtpTestClient.greeted(server);
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    @Test
    void bothMechanismsShouldBeAnnounced() throws Exception {
        client.send("EHLO client.example.org\r\n");
        assertThat(client.lines()).anyMatch(line -> line.substring(4).equals("AUTH LOGIN PLAIN OAUTHBEARER XOAUTH2 SCRAM-SHA-256"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OAUTHBEARER", "XOAUTH2", "oauthbearer"})
    void rightTokenShouldLogIn(String mechanism) throws Exception {
        assertThat(client.command("AUTH " + mechanism + " " + response(issuer.token(ALICE)))).startsWith("235 2.7.0 ");
        assertThat(client.command("MAIL FROM:<alice@example.org>")).startsWith("250 2.1.0 ");
    }

    /** RFC 4954 section 4: not every client sends it with the command. */
    @ParameterizedTest
    @ValueSource(strings = {"OAUTHBEARER", "XOAUTH2"})
    void tokenShouldBeAskedFor(String mechanism) throws Exception {
        assertThat(client.command("AUTH " + mechanism)).isEqualTo("334");
        assertThat(client.command(response(issuer.token(ALICE)))).startsWith("235 2.7.0 ");
    }

    @Test
    void expiredTokenShouldNot() throws Exception {
        assertRefused("AUTH OAUTHBEARER " + response(issuer.token(ALICE, -HOUR_SECONDS)));
    }

    @Test
    void tokenOfAnotherKeyShouldNot() throws Exception {
        try (TokenIssuer other = new TokenIssuer()) {
            assertRefused("AUTH XOAUTH2 " + response(other.token(ALICE)));
        }
    }

    @Test
    void nonsenseShouldNot() throws Exception {
        assertRefused("AUTH OAUTHBEARER " + response("nonsense"));
        assertThat(client.command("AUTH OAUTHBEARER ????")).startsWith("501 5.5.2 ");
    }

    @Test
    void tokenShouldNotDoForAnotherUser() throws Exception {
        String token = issuer.token(ALICE);
        assertRefused("AUTH OAUTHBEARER " + TokenIssuer.base64("n,user=bob@example.org\1auth=Bearer " + token + "\1\1"));
    }

    @Test
    void clientMayCancel() throws Exception {
        assertThat(client.command("AUTH OAUTHBEARER")).isEqualTo("334");
        assertThat(client.command("*")).startsWith("501 5.5.2 ");
        assertThat(client.command("NOOP")).startsWith("250 2.0.0 ");
    }

    @Test
    void keysThatCannotBeHadShouldBeATemporaryFailure() throws Exception {
        try (SmtpTestServer keyless = server("http://127.0.0.1:1/jwks"); SmtpTestClient other = SmtpTestClient.greeted(keyless)) {
            assertThat(other.command("AUTH OAUTHBEARER " + response(issuer.token(ALICE)))).startsWith("454 4.7.0 ");
            assertThat(other.command("NOOP")).startsWith("250 2.0.0 ");
        }
    }

    /** RFC 7628 section 3.2.3: the error, which the client answers with a response of nothing or of one octet. */
    private void assertRefused(String command) throws Exception {
        String challenge = client.command(command);
        assertThat(challenge).startsWith("334 ");
        assertThat(new String(Base64.getDecoder().decode(challenge.substring(4)), StandardCharsets.UTF_8)).isEqualTo(
            "{\"status\":\"invalid_token\",\"scope\":\"mail\",\"schemes\":\"https://example.org/.well-known\"}");
        assertThat(client.command(List.of("", "AQ==").get(command.length() % 2))).startsWith("535 5.7.8 ");
        assertThat(client.command("NOOP")).startsWith("250 2.0.0 ");
    }

    private static String response(String token) {
        return TokenIssuer.base64("n,user=alice@example.org\1auth=Bearer " + token + "\1\1");
    }
}
