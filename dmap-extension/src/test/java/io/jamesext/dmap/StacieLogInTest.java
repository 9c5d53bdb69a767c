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
package io.jamesext.dmap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

import org.apache.james.core.Username;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** AUTHENTICATE STACIE, by a client that computes from the password. PROTOCOL.md section 2.3. */
@BothBackends
class StacieLogInTest {
    private static final String SETTINGS = "<plainAuthDisallowed>false</plainAuthDisallowed><stacieBonusRounds>8</stacieBonusRounds>"
        + "<credentialKey>" + Base64.getEncoder().encodeToString(new byte[32]) + "</credentialKey>";
    /** So long that few rounds are enough. */
    private static final String LONG = "correct horse battery staple";
    private static final String FAILED = "A1 NO [AUTHENTICATIONFAILED] authentication failed";

    @TempDir
    static Path folder;

    private DmapTestServer server;

    @BeforeEach
    void start() throws Exception {
        server = DmapTestServer.start(folder, SETTINGS);
        changePassword(LONG);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void changePassword(String password) throws Exception {
        var user = server.james().users().getUserByName(TestJames.ALICE);
        user.setPassword(password);
        server.james().users().updateUser(user);
    }

    private void logInWithPassword(String password) throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            String response = Base64.getEncoder().encodeToString(("\0alice@example.org\0" + password).getBytes(UTF_8));
            client.send("A1 AUTHENTICATE PLAIN " + response + "\r\n");
            assertThat(client.readLine()).startsWith("A1 OK ");
        }
        Flux.interval(Duration.ofMillis(10)).concatMap(tick -> server.verifiers().find(TestJames.ALICE)).blockFirst(Duration.ofSeconds(30));
    }

    private StacieClient challenge(TlsClient client, String actAs, String user, String password) throws Exception {
        client.send("A1 AUTHENTICATE STACIE " + StacieClient.first(actAs, user) + "\r\n");
        String line = client.readLine();
        assertThat(line).startsWith("+ ");
        return new StacieClient(password, line.substring(2));
    }

    private String logIn(String actAs, String user, String password) throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            client.send(challenge(client, actAs, user, password).response() + "\r\n");
            return client.readLine();
        }
    }

    @Test
    void stacieShouldWorkOnceThePasswordWasSeen() throws Exception {
        assertThat(logIn("", "alice@example.org", LONG)).isEqualTo(FAILED);
        logInWithPassword(LONG);
        assertThat(logIn("", "alice@example.org", LONG)).startsWith("A1 OK [CAPABILITY DMAP=TRUSTFUL ");
        // The name that counts in the hashes is the server's.
        assertThat(logIn("", "Alice@Example.ORG", LONG)).startsWith("A1 OK ");
        assertThat(logIn("", "alice@example.org", LONG + "s")).isEqualTo(FAILED);
        assertThat(logIn("bob@example.org", "alice@example.org", LONG)).as("no delegation").isEqualTo(FAILED);
        Mono.from(server.james().delegations().addAuthorizedUser(TestJames.BOB, TestJames.ALICE)).block();
        assertThat(logIn("bob@example.org", "alice@example.org", LONG)).startsWith("A1 OK ");
    }

    @Test
    void stacieShouldBeOfferedBesideScramAndKeepNoPasswords() throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            assertThat(client.greeting()).contains(
                "[CAPABILITY DMAP=TRUSTFUL AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-256 AUTH=STACIE AUTH=PLAIN LITERAL- ");
        }
    }

    @Test
    void challengeShouldNotTellWhoExists() throws Exception {
        logInWithPassword(LONG);
        try (TlsClient client = new TlsClient(server.port())) {
            StacieClient alice = challenge(client, "", "alice@example.org", LONG);
            client.send("*\r\n");
            assertThat(client.readLine()).isEqualTo("A1 BAD the authentication exchange was cancelled");
            StacieClient nobody = challenge(client, "", "Nobody@example.org", LONG);
            client.send("*\r\n");
            client.readLine();
            StacieClient again = challenge(client, "", "nobody@example.org", LONG);
            client.send(again.response() + "\r\n");

            assertThat(client.readLine()).isEqualTo(FAILED);
            assertThat(nobody.salt()).hasSize(128).isEqualTo(again.salt()).isNotEqualTo(alice.salt());
            assertThat(nobody.nonce()).hasSize(128).isNotEqualTo(again.nonce());
            assertThat(nobody.bonus()).isEqualTo(alice.bonus()).isEqualTo(8);
            assertThat(nobody.user()).isEqualTo("nobody@example.org");
        }
    }

    @Test
    void tokenShouldBeGoodForOneChallenge() throws Exception {
        logInWithPassword(LONG);
        try (TlsClient first = new TlsClient(server.port()); TlsClient second = new TlsClient(server.port())) {
            String token = challenge(first, "", "alice@example.org", LONG).response();
            challenge(second, "", "alice@example.org", LONG);
            second.send(token + "\r\n");
            assertThat(second.readLine()).isEqualTo(FAILED);
            first.send(token + "\r\n");
            assertThat(first.readLine()).startsWith("A1 OK ");
        }
    }

    @Test
    void changedPasswordShouldEndTheOldOne() throws Exception {
        logInWithPassword(LONG);
        changePassword(LONG + "s");
        assertThat(logIn("", "alice@example.org", LONG)).isEqualTo(FAILED);
        assertThat(logIn("", "alice@example.org", LONG + "s")).isEqualTo(FAILED);
        logInWithPassword(LONG + "s");
        assertThat(logIn("", "alice@example.org", LONG)).isEqualTo(FAILED);
        assertThat(logIn("", "alice@example.org", LONG + "s")).startsWith("A1 OK ");
    }

    @Test
    void malformedMessagesShouldBeRefused() throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            for (String first : new String[] {"=", "YWxpY2U=", "AGEAYg==", "AA==", "/w=="}) {
                client.send("A1 AUTHENTICATE STACIE " + first + "\r\n");
                assertThat(client.readLine()).as(first).isEqualTo("A1 BAD malformed SASL response");
            }
            for (String token : new String[] {"", "AAAA", Base64.getEncoder().encodeToString(new byte[65])}) {
                challenge(client, "", "alice@example.org", LONG);
                client.send(token + "\r\n");
                assertThat(client.readLine()).as(token).isEqualTo("A1 BAD malformed SASL response");
            }
            // Without an initial response the server asks for it by an empty challenge.
            client.send("A2 AUTHENTICATE stacie\r\n");
            assertThat(client.readLine()).isEqualTo("+ ");
            client.send(StacieClient.first("", "alice@example.org") + "\r\n");
            assertThat(client.readLine()).startsWith("+ ").hasSizeGreaterThan(100);
        }
    }

    /** As wrong passwords do: two cost nothing, each further one makes the next wait, whether there is such a user or not. */
    @Test
    void wrongTokensShouldSlowTheNextTries() throws Exception {
        for (String user : new String[] {"alice@example.org", "nobody@example.org"}) {
            for (int i = 0; i < 3; i++) {
                assertThat(logIn("", user, LONG)).isEqualTo(FAILED);
            }
            long start = System.nanoTime();
            assertThat(logIn("", user, LONG)).isEqualTo(FAILED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(user).isGreaterThanOrEqualTo(Duration.ofMillis(490));
            stop();
            start();
        }
    }

    @Test
    void userNamesThatCannotBeShouldGetAnAnswerToo() throws Exception {
        assertThat(Username.of("a,b=c").asString()).isEqualTo("a,b=c");
        assertThat(logIn("", "a,b=c", LONG)).isEqualTo(FAILED);
    }
}
