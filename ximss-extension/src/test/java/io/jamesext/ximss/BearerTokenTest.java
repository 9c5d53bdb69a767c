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
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.auth.TokenIssuer;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

/** XIMSS, "Login Operations", with OAUTHBEARER (RFC 7628) and XOAUTH2. */
@BothBackends
class BearerTokenTest {
    private static final String ALICE = "alice@example.org";
    private static final String DENIED = "<response id=\"L\" errorText=\"authentication failed\" errorNum=\"535\"/>";

    @TempDir
    Path folder;
    private TokenIssuer issuer;
    private XimssTestServer server;

    @BeforeEach
    void setUp() throws Exception {
        issuer = new TokenIssuer();
        server = server("");
    }

    @AfterEach
    void tearDown() {
        server.close();
        issuer.close();
    }

    private XimssTestServer server(String more) throws Exception {
        return XimssTestServer.start(folder, XimssTestServer.PLAIN + issuer.configuration(more));
    }

    private static String login(String mechanism, String response) {
        return "<login id=\"L\" method=\"" + mechanism + "\" authData=\"" + response + "\"/>\0";
    }

    private static void assertLogsIn(XimssTestServer server, String request, String user) throws Exception {
        try (XimssTestClient client = server.client()) {
            client.send(request);
            assertThat(client.read()).startsWith("<session id=\"L\"").contains("userName=\"" + user + "\"");
            assertThat(client.read()).isEqualTo("<response id=\"L\"/>");
        }
    }

    /** RFC 7628 section 3.2.3: why, an answer to it, and then the failure. */
    private static void assertRefuses(XimssTestServer server, String request) throws Exception {
        try (XimssTestClient client = server.client()) {
            client.send(request);
            String challenge = client.read();
            assertThat(challenge).startsWith("<challenge id=\"L\" value=\"");
            String value = challenge.substring(challenge.indexOf("value=\"") + 7, challenge.lastIndexOf('"'));
            assertThat(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)).isEqualTo(
                "{\"status\":\"invalid_token\",\"scope\":\"mail\",\"openid-configuration\":\"https://example.org/.well-known\"}");
            client.send("<auth id=\"L\" value=\"AQ==\"/>\0");
            assertThat(client.read()).isEqualTo(DENIED);
        }
    }

    @Test
    void rightTokenShouldLogIn() throws Exception {
        String token = issuer.token(ALICE);
        assertLogsIn(server, login("OAUTHBEARER", TokenIssuer.bearer(ALICE, token)), ALICE);
        assertLogsIn(server, login("oauthbearer", TokenIssuer.bearer("alice", token)), ALICE);
        assertLogsIn(server, login("XOAUTH2", TokenIssuer.base64("user=" + ALICE + "\1auth=Bearer " + token + "\1\1")), ALICE);
        assertThat(issuer.keyRequests()).isEqualTo(1);
    }

    @Test
    void tokenShouldBeAskedFor() throws Exception {
        try (XimssTestClient client = server.client()) {
            client.send("<login id=\"L\" method=\"OAUTHBEARER\"/>\0");
            assertThat(client.read()).isEqualTo("<challenge id=\"L\" value=\"\"/>");
            client.send("<auth id=\"L\" value=\"" + TokenIssuer.bearer(ALICE, issuer.token(ALICE)) + "\"/>\0");
            assertThat(client.read()).startsWith("<session id=\"L\"");
        }
    }

    @Test
    void wrongTokensShouldNotLogIn() throws Exception {
        assertRefuses(server, login("OAUTHBEARER", TokenIssuer.bearer(ALICE, issuer.token(ALICE, -3600))));
        assertRefuses(server, login("OAUTHBEARER", TokenIssuer.bearer(ALICE, "nonsense")));
        assertRefuses(server, login("XOAUTH2", TokenIssuer.bearer(ALICE, issuer.token("nobody@example.org"))));
        try (TokenIssuer other = new TokenIssuer()) {
            assertRefuses(server, login("OAUTHBEARER", TokenIssuer.bearer(ALICE, other.token(ALICE))));
        }
        String unsigned = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
            + issuer.token(ALICE).replaceFirst("^[^.]*", "").replaceFirst("[^.]*$", "");
        assertRefuses(server, login("OAUTHBEARER", TokenIssuer.bearer(ALICE, unsigned)));
    }

    /** Of a user who has gone; and a user of another domain, whom the issuer knows and James does not. */
    @Test
    void tokenShouldBeOfAUserHere() throws Exception {
        assertRefuses(server, login("OAUTHBEARER", TokenIssuer.bearer("carol@example.org", issuer.token("carol@example.org"))));
        assertRefuses(server, login("OAUTHBEARER", TokenIssuer.bearer("x@example.com", issuer.token("x@example.com"))));
    }

    @Test
    void tokenShouldOpenTheMailboxesOfAnotherOnlyByDelegation() throws Exception {
        String request = login("OAUTHBEARER", TokenIssuer.bearer("bob@example.org", issuer.token(ALICE)));
        assertRefuses(server, request);
        Mono.from(server.james.delegations().addAuthorizedUser(TestJames.BOB, TestJames.ALICE)).block();
        assertLogsIn(server, request, "bob@example.org");
    }

    @Test
    void clientMayGiveUp() throws Exception {
        try (XimssTestClient client = server.client()) {
            client.send(login("OAUTHBEARER", "****") + login("OAUTHBEARER", TokenIssuer.base64("n,,\1auth=Bearer x\1\1"))
                + login("OAUTHBEARER", TokenIssuer.bearer(ALICE, "nonsense")));
            assertThat(client.read()).contains("SASL data must be base64");
            assertThat(client.read()).contains("malformed SASL response", "errorNum=\"501\"");
            assertThat(client.read()).startsWith("<challenge");
            client.send("<noop id=\"N\"/>\0");
            assertThat(client.read()).contains("id=\"L\"", "errorNum=\"501\"");
        }
    }

    @Test
    void issuerShouldBeAskedWhereTheOperatorWantsIt() throws Exception {
        String request = login("OAUTHBEARER", TokenIssuer.bearer(ALICE, issuer.token(ALICE)));
        for (String way : new String[] {"introspection", "userinfo"}) {
            try (XimssTestServer asking = server("<" + way + "><url>" + issuer.address(way) + "</url></" + way + ">")) {
                issuer.says(ALICE);
                assertLogsIn(asking, request, ALICE);
                issuer.says("bob@example.org");
                assertRefuses(asking, request);
                issuer.says("");
                assertRefuses(asking, request);
            }
        }
    }

    @Test
    void featuresShouldNameThemWhereTheyWork() throws Exception {
        try (XimssTestClient client = server.client()) {
            client.send("<listFeatures id=\"F\"/>\0");
            assertThat(client.read()).contains("<sasl>SCRAM-SHA-256</sasl><sasl>OAUTHBEARER</sasl><sasl>XOAUTH2</sasl><sasl>PLAIN</sasl>");
        }
        try (XimssTestServer none = XimssTestServer.start(folder, XimssTestServer.PLAIN); XimssTestClient client = none.client()) {
            client.send("<listFeatures id=\"F\"/>\0" + login("OAUTHBEARER", TokenIssuer.bearer(ALICE, issuer.token(ALICE))));
            assertThat(client.read()).doesNotContain("OAUTH");
            assertThat(client.readUntil("<response id=\"L\"")).contains("unknown SASL mechanism");
        }
    }

    @Test
    void tokenShouldNotCrossTheWireInTheClear() throws Exception {
        try (XimssTestServer strict = XimssTestServer.start(folder, issuer.configuration("")); XimssTestClient client = strict.client()) {
            client.send("<listFeatures id=\"F\"/>\0" + login("OAUTHBEARER", TokenIssuer.bearer(ALICE, issuer.token(ALICE))));
            assertThat(client.read()).doesNotContain("OAUTH");
            assertThat(client.readUntil("<response id=\"L\"")).contains("errorNum=\"538\"");
        }
    }
}
