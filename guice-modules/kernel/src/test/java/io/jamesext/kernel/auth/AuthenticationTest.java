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
package io.jamesext.kernel.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.ServerSettings;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.auth.ScramClient;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

@BothBackends
class AuthenticationTest {
    private static final Duration DELAY = Duration.ofMillis(200);

    private final Client secure = new Client(InetAddress.getLoopbackAddress(), true);
    private final Client clear = new Client(InetAddress.getLoopbackAddress(), false);
    private TestJames james;
    private ScramVerifiers verifiers;
    private Authentication authentication;
    private ServerSettings settings;

    @BeforeEach
    void start() throws Exception {
        james = TestJames.create();
        verifiers = ScramVerifiers.on(james.cassandra().map(SideTables::create));
        authentication = new Authentication(james.mailboxManager(), james.users(), verifiers);
        settings = new ServerSettings("localhost", true, DELAY, new BaseHierarchicalConfiguration());
    }

    private MailboxSession logIn(Client client, String user, String password) {
        return authentication.logIn(settings).withPassword(client, Username.of(user), password).block();
    }

    private static void assertFails(Failure failure, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }

    @Test
    void aRightPasswordShouldGiveTheUsersSession() {
        assertThat(logIn(secure, "alice@example.org", "secret").getUser()).isEqualTo(TestJames.ALICE);
    }

    @Test
    void aWrongPasswordAndAnUnknownUserShouldLookTheSameAndComeLate() {
        for (String user : new String[] {"alice@example.org", "nobody@example.org", "a@unknown.example"}) {
            long start = System.nanoTime();
            assertFails(Failure.AUTHENTICATION_FAILED, () -> logIn(secure, user, "wrong"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAY.minusMillis(5));
        }
    }

    @Test
    void aClearPasswordShouldNeedTls() {
        assertFails(Failure.ENCRYPTION_REQUIRED, () -> logIn(clear, "alice@example.org", "secret"));
        assertThat(authentication.sasl(settings).offered(clear)).containsExactly("SCRAM-SHA-256");
        assertThat(authentication.sasl(settings).offered(secure)).containsExactly("SCRAM-SHA-256", "PLAIN");
    }

    @Test
    void anotherSecretShouldBeNoEasierToGuessThanThePassword() {
        LogIn logIn = authentication.logIn(settings);
        assertFails(Failure.ENCRYPTION_REQUIRED, () -> logIn.withSecret(clear, TestJames.ALICE, () -> "opened").block());
        assertThat(logIn.withSecret(secure, TestJames.ALICE, () -> "opened").block()).isEqualTo("opened");
        for (int i = 0; i < 4; i++) {
            long start = System.nanoTime();
            assertFails(Failure.AUTHENTICATION_FAILED, () -> logIn.withSecret(secure, TestJames.ALICE, () -> {
                throw LogIn.failed();
            }).block());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAY.minusMillis(5));
        }
        long start = System.nanoTime();
        assertThat(logIn(secure, "alice@example.org", "secret").getUser()).isEqualTo(TestJames.ALICE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void repeatedWrongLogInsShouldSlowTheNextUntilOneIsRight() throws Exception {
        LogInThrottle throttle = new LogInThrottle();
        for (int i = 0; i < 4; i++) {
            throttle.failed(secure.address(), TestJames.ALICE);
        }
        assertThat(throttle.delay(secure.address(), TestJames.ALICE)).isEqualTo(Duration.ofSeconds(1));
        assertThat(throttle.delay(secure.address(), TestJames.BOB)).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            throttle.failed(secure.address(), TestJames.ALICE);
        }
        assertThat(throttle.delay(secure.address(), TestJames.BOB)).isEqualTo(Duration.ofSeconds(30));
        throttle.succeeded(secure.address(), TestJames.BOB);
        // Bob has shown that he belongs there, and gains nobody another try at Alice.
        assertThat(throttle.delay(secure.address(), TestJames.BOB)).isZero();
        assertThat(throttle.delay(secure.address(), TestJames.ALICE)).isEqualTo(Duration.ofSeconds(30));
        // A user is never held back for long by somebody else's guesses elsewhere.
        assertThat(throttle.delay(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), TestJames.ALICE)).isEqualTo(Duration.ofSeconds(4));
    }

    /** RFC 6177: a site has 64 bits of addresses at least. */
    @Test
    void addressesOfOneIpv6NetworkShouldCountTogether() throws Exception {
        LogInThrottle throttle = new LogInThrottle();
        for (int i = 0; i < 4; i++) {
            throttle.failed(InetAddress.getByName("2001:db8:1:2::" + i), TestJames.ALICE);
            throttle.failed(InetAddress.getByName("192.0.2." + i), TestJames.ALICE);
        }
        assertThat(throttle.delay(InetAddress.getByName("2001:db8:1:2:ffff::1"), TestJames.BOB)).isEqualTo(Duration.ofSeconds(1));
        assertThat(throttle.delay(InetAddress.getByName("2001:db8:1:3::1"), TestJames.BOB)).isZero();
        assertThat(throttle.delay(InetAddress.getByName("192.0.2.1"), TestJames.BOB)).isZero();
        throttle.succeeded(InetAddress.getByName("2001:db8:1:2::7"), TestJames.BOB);
        assertThat(throttle.delay(InetAddress.getByName("2001:db8:1:2:ffff::1"), TestJames.BOB)).isZero();
    }

    @Test
    void saslPlainShouldLogIn() {
        assertThat(converse("plain", "\0alice@example.org\0secret").getUser()).isEqualTo(TestJames.ALICE);
        assertThat(converse("PLAIN", "alice@example.org\0alice@example.org\0secret").getUser()).isEqualTo(TestJames.ALICE);
        assertFails(Failure.SYNTAX, () -> converse("PLAIN", "alice@example.org"));
        assertFails(Failure.SYNTAX, () -> converse("PLAIN", "\0\0"));
        assertFails(Failure.NOT_SUPPORTED, () -> converse("ANONYMOUS", "x"));
    }

    @Test
    void actingAsAnotherWithoutDelegationShouldFail() {
        assertFails(Failure.AUTHENTICATION_FAILED, () -> converse("PLAIN", "bob@example.org\0alice@example.org\0secret"));
    }

    @Test
    void scramShouldWorkAfterALogInByPasswordAndEndWithThatPassword() throws Exception {
        assertFails(Failure.AUTHENTICATION_FAILED, () -> scram("alice@example.org", "secret"));
        logIn(secure, "alice@example.org", "secret");
        assertThat(scram("alice@example.org", "secret").getUser()).isEqualTo(TestJames.ALICE);
        assertFails(Failure.AUTHENTICATION_FAILED, () -> scram("alice@example.org", "wrong"));

        changePassword();
        assertFails(Failure.AUTHENTICATION_FAILED, () -> scram("alice@example.org", "secret"));
        assertThat(verifiers.find(TestJames.ALICE).blockOptional()).as("a void verifier is not kept").isEmpty();
        logIn(secure, "alice@example.org", "changed");
        assertThat(scram("alice@example.org", "changed").getUser()).isEqualTo(TestJames.ALICE);
    }

    @Test
    void otherKeepersShouldHearOfRightPasswordsOnly() {
        List<String> heard = new ArrayList<>();
        LogIn before = authentication.logIn(settings);
        authentication.tell((user, password) -> heard.add(user.asString() + " " + password));
        assertFails(Failure.AUTHENTICATION_FAILED, () -> logIn(secure, "alice@example.org", "wrong"));
        assertThat(heard).isEmpty();
        logIn(secure, "alice@example.org", "secret");
        before.withPassword(secure, TestJames.BOB, "secret").block();
        assertThat(heard).containsExactly("alice@example.org secret", "bob@example.org secret");
    }

    @Test
    void verifierShouldEndWithTheUser() throws Exception {
        logIn(secure, "alice@example.org", "secret");
        james.users().removeUser(TestJames.ALICE);
        assertFails(Failure.AUTHENTICATION_FAILED, () -> scram("alice@example.org", "secret"));
        assertThat(verifiers.find(TestJames.ALICE).blockOptional()).isEmpty();
    }

    /** Another node may change the password between its check and the making of the verifier. */
    @Test
    void earlierPasswordShouldNotBecomeTheNewOnesVerifier() throws Exception {
        changePassword();
        new ScramCredentials(james.users(), verifiers).remember(TestJames.ALICE, "secret");
        assertFails(Failure.AUTHENTICATION_FAILED, () -> scram("alice@example.org", "secret"));
    }

    private void changePassword() throws Exception {
        var user = james.users().getUserByName(TestJames.ALICE);
        user.setPassword("changed");
        james.users().updateUser(user);
    }

    private MailboxSession converse(String mechanism, String initial) {
        return authentication.sasl(settings).converse(mechanism, secure, Optional.of(initial.getBytes(UTF_8)), challenge -> Mono.empty())
            .blockOptional().orElseThrow();
    }

    private MailboxSession scram(String user, String password) {
        ScramClient client = new ScramClient(user, password);
        Deque<byte[]> challenges = new ArrayDeque<>();
        MailboxSession session = authentication.sasl(settings).converse("SCRAM-SHA-256", clear, Optional.empty(), challenge -> {
            challenges.add(challenge);
            return Mono.fromCallable(() -> client.respond(new String(challenge, UTF_8)).getBytes(UTF_8));
        }).blockOptional().orElseThrow();
        assertThat(challenges).hasSize(3);
        return session;
    }
}
