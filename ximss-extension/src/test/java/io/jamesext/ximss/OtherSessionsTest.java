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

import java.nio.file.Path;
import java.time.Duration;

import org.apache.james.user.api.model.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.auth.TokenIssuer;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

/** What becomes of sessions when the password that they were opened with is changed; and what only that password allows. */
@BothBackends
class OtherSessionsTest {
    private static final String GIVE = "<accountACLUpdate id=\"A\"><aclElem pattern=\"bob\">d</aclElem></accountACLUpdate>\0";

    @TempDir
    Path folder;
    private TokenIssuer issuer;
    private XimssTestServer server;

    @BeforeEach
    void setUp() throws Exception {
        issuer = new TokenIssuer();
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN + issuer.configuration(""));
    }

    @AfterEach
    void tearDown() {
        server.close();
        issuer.close();
    }

    private XimssTestClient plain(String response) throws Exception {
        XimssTestClient client = server.client();
        client.send("<login id=\"L\" method=\"PLAIN\" authData=\"" + TokenIssuer.base64(response) + "\"/>\0");
        assertThat(client.readUntil("<response")).isEqualTo("<response id=\"L\"/>");
        return client;
    }

    private static void assertEnds(XimssTestClient client) throws Exception {
        assertThat(client.read()).isEqualTo("<bye/>");
        assertThat(client.read()).isEmpty();
    }

    @Test
    void newPasswordShouldEndTheOtherSessionsOfTheUser() throws Exception {
        Mono.from(server.james.delegations().addAuthorizedUser(TestJames.BOB, TestJames.ALICE)).block();
        Mono.from(server.james.delegations().addAuthorizedUser(TestJames.ALICE, TestJames.BOB)).block();
        try (XimssTestClient alice = server.client().logIn(); XimssTestClient other = server.client().logIn();
             XimssTestClient aliceAsBob = plain("bob@example.org\0alice@example.org\0secret");
             XimssTestClient bobAsAlice = plain("alice@example.org\0bob@example.org\0secret");
             XimssTestClient bob = plain("\0bob@example.org\0secret")) {
            alice.send("<passwordModify id=\"P\" oldPassword=\"secret\" recoveryEMail=\"a@example.net\"/>\0");
            assertThat(alice.read()).isEqualTo("<response id=\"P\"/>");
            other.send("<noop id=\"N\"/>\0");
            assertThat(other.read()).isEqualTo("<response id=\"N\"/>");

            alice.send("<passwordModify id=\"P\" oldPassword=\"secret\" newPassword=\"new\"/>\0<noop id=\"N\"/>\0");
            assertThat(alice.read()).isEqualTo("<response id=\"P\"/>");
            assertThat(alice.read()).isEqualTo("<response id=\"N\"/>");
            assertEnds(other);
            assertEnds(aliceAsBob);
            assertEnds(bobAsAlice);
            bob.send("<noop id=\"N\"/>\0");
            assertThat(bob.read()).isEqualTo("<response id=\"N\"/>");
        }
    }

    /** As of an operator, or of a session on another node; each request looks here, and once a minute elsewhere. */
    @Test
    void passwordThatIsChangedElsewhereShouldEndSessionsAtTheirNextRequest() throws Exception {
        try (XimssTestServer looking = XimssTestServer.start(folder, XimssTestServer.PLAIN, bus -> bus,
                services -> new XimssServerFactory(services, Duration.ZERO)); XimssTestClient alice = looking.client().logIn()) {
            alice.send("<noop id=\"N\"/>\0<passwordModify id=\"P\" oldPassword=\"secret\" newPassword=\"new\"/>\0<noop id=\"N\"/>\0");
            assertThat(alice.read()).isEqualTo("<response id=\"N\"/>");
            assertThat(alice.read()).isEqualTo("<response id=\"P\"/>");
            assertThat(alice.read()).isEqualTo("<response id=\"N\"/>");
            User user = looking.james.users().getUserByName(TestJames.ALICE);
            user.setPassword("changed");
            looking.james.users().updateUser(user);
            alice.send("<mailboxSubList id=\"M\"/>\0");
            assertThat(alice.readUntil("<response")).isEqualTo(
                "<response id=\"M\" errorText=\"the password was changed, log in again\" errorNum=\"503\"/>");
            alice.send("<mailboxSubList id=\"M\"/>\0");
            assertThat(alice.read()).isEmpty();
        }
    }

    /** Delegation does not end with a token. */
    @Test
    void whoHasATokenShouldNotGiveTheAccountAway() throws Exception {
        try (XimssTestClient token = server.client(); XimssTestClient alice = server.client().logIn()) {
            token.send("<login id=\"L\" method=\"oauthbearer\" authData=\""
                + TokenIssuer.bearer("alice@example.org", issuer.token("alice@example.org")) + "\"/>\0" + GIVE);
            assertThat(token.readUntil("<response id=\"A\"")).contains("logged in with its password", "errorNum=\"551\"");
            token.send(GIVE.replace("d<", "l<"));
            assertThat(token.read()).isEqualTo("<response id=\"A\"/>");
            alice.send(GIVE);
            assertThat(alice.read()).isEqualTo("<response id=\"A\"/>");
            token.send(GIVE.replace("d<", "<"));
            assertThat(token.read()).contains("errorNum=\"551\"");
        }
    }

    /** Who is there cannot be told from who is not. */
    @Test
    void rightToDelegateShouldBeAnsweredTheSameForEveryName() throws Exception {
        try (XimssTestClient alice = server.client().logIn()) {
            alice.send(GIVE + GIVE.replace("bob", "nobody") + "<accountACLList id=\"C\"/>\0");
            assertThat(alice.read()).isEqualTo("<response id=\"A\"/>");
            assertThat(alice.read()).isEqualTo("<response id=\"A\"/>");
            assertThat(alice.read()).isEqualTo("<accountACL id=\"C\"><aclElem pattern=\"bob\">d</aclElem>"
                + "<aclElem pattern=\"nobody\">d</aclElem></accountACL>");
        }
        assertThat(Mono.from(server.james.delegations().authorizedUsers(TestJames.ALICE)).block()).isEqualTo(TestJames.BOB);
    }
}
