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
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Bytes;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.ServerSettings;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

/** Log-in by mechanisms that need the password itself, which the server keeps where its operator gives a key. */
@BothBackends
class SharedSecretsTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final Client client = new Client(InetAddress.getLoopbackAddress(), true);
    private TestJames james;
    private CredentialStore store;
    private Authentication authentication;

    @BeforeEach
    void start() throws Exception {
        james = TestJames.create();
        store = CredentialStore.on(james.cassandra().map(SideTables::create));
        authentication = new Authentication(james.mailboxManager(), james.users(), new MemoryScramVerifiers(), store);
    }

    private static ServerSettings settings(Optional<String> key) {
        BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
        key.ifPresent(value -> configuration.addProperty("credentialKey", value));
        return new ServerSettings("localhost", true, Duration.ofMillis(10), configuration);
    }

    private void logInWithPassword(String password, Optional<String> key) {
        authentication.logIn(settings(key)).withPassword(client, TestJames.ALICE, password).block();
    }

    private Optional<MailboxSession> cramMd5(String name, String password) {
        return sasl().converse("cram-md5", client, Optional.empty(), challenge -> Mono.just((name + " " + digest(password, challenge))
            .getBytes(UTF_8))).blockOptional();
    }

    private Sasl sasl() {
        return authentication.sasl(settings(Optional.of(KEY)))
            .in("example.org", name -> Mono.just(Username.of(name.contains("@") ? name : name + "@example.org")));
    }

    @SuppressWarnings("deprecation")
    private static String digest(String password, byte[] challenge) {
        return Hashing.hmacMd5(password.getBytes(UTF_8)).hashBytes(challenge).toString();
    }

    private static void assertFails(Failure failure, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }

    @Test
    void withoutAKeyNothingShouldBeKeptOrOffered() {
        logInWithPassword("secret", Optional.empty());

        assertThat(store.find(TestJames.ALICE).blockOptional()).isEmpty();
        assertThat(authentication.sasl(settings(Optional.empty())).offered(client)).containsExactly("SCRAM-SHA-256", "PLAIN");
        assertFails(Failure.NOT_SUPPORTED, () -> authentication.sasl(settings(Optional.empty()))
            .converse("CRAM-MD5", client, Optional.empty(), challenge -> Mono.empty()).block());
    }

    @Test
    void cramMd5ShouldWorkAfterALogInByPassword() {
        assertThat(sasl().offered(client)).containsExactly("SCRAM-SHA-256", "DIGEST-MD5", "CRAM-MD5", "PLAIN");
        assertFails(Failure.AUTHENTICATION_FAILED, () -> cramMd5("alice", "secret"));
        logInWithPassword("secret", Optional.of(KEY));

        assertThat(cramMd5("alice", "secret").orElseThrow().getUser()).isEqualTo(TestJames.ALICE);
        assertThat(cramMd5("alice@example.org", "secret").orElseThrow().getUser()).isEqualTo(TestJames.ALICE);
        assertFails(Failure.AUTHENTICATION_FAILED, () -> cramMd5("alice", "wrong"));
        assertFails(Failure.AUTHENTICATION_FAILED, () -> cramMd5("bob", "secret"));
        assertFails(Failure.AUTHENTICATION_FAILED, () -> cramMd5("nobody", "x"));
    }

    @Test
    void responseToAnotherChallengeShouldFail() {
        logInWithPassword("secret", Optional.of(KEY));

        assertFails(Failure.AUTHENTICATION_FAILED, () -> sasl().converse("CRAM-MD5", client, Optional.empty(),
            challenge -> Mono.just(("alice " + digest("secret", "<another@localhost>".getBytes(UTF_8))).getBytes(UTF_8))).block());
    }

    @Test
    void digestMd5ShouldProveBothSides() {
        logInWithPassword("secret", Optional.of(KEY));
        DigestClient alice = new DigestClient("alice", "secret");

        assertThat(sasl().converse("DIGEST-MD5", client, Optional.empty(), alice).blockOptional().orElseThrow().getUser())
            .isEqualTo(TestJames.ALICE);
        assertThat(alice.serverFinal).isEqualTo(alice.expectedFinal);
        assertFails(Failure.AUTHENTICATION_FAILED,
            () -> sasl().converse("DIGEST-MD5", client, Optional.empty(), new DigestClient("alice", "wrong")).block());
        assertFails(Failure.AUTHENTICATION_FAILED,
            () -> sasl().converse("DIGEST-MD5", client, Optional.empty(), new DigestClient("bob", "secret")).block());
    }

    @Test
    void serverShouldSpeakFirst() {
        assertFails(Failure.SYNTAX, () -> sasl().converse("CRAM-MD5", client, Optional.of("alice x".getBytes(UTF_8)),
            challenge -> Mono.empty()).block());
    }

    @Test
    void changedPasswordShouldEndTheOldOne() throws Exception {
        logInWithPassword("secret", Optional.of(KEY));
        var user = james.users().getUserByName(TestJames.ALICE);
        user.setPassword("changed");
        james.users().updateUser(user);

        assertFails(Failure.AUTHENTICATION_FAILED, () -> cramMd5("alice", "secret"));
        assertThat(store.find(TestJames.ALICE).blockOptional()).as("it is not kept").isEmpty();
        assertFails(Failure.AUTHENTICATION_FAILED, () -> cramMd5("alice", "changed"));
        logInWithPassword("changed", Optional.of(KEY));
        assertThat(cramMd5("alice", "changed")).isPresent();
    }

    @Test
    void whatIsKeptShouldBeReadableWithTheKeyAndForThatUserOnly() {
        logInWithPassword("secret", Optional.of(KEY));
        String kept = store.find(TestJames.ALICE).block();
        SharedSecrets secrets = SharedSecrets.of(settings(Optional.of(KEY)).configuration(), store).orElseThrow();
        SharedSecrets others = SharedSecrets.of(settings(Optional.of(KEY.replace("AAAA", "BAAA"))).configuration(), store).orElseThrow();
        store.put(TestJames.BOB, kept).block();

        assertThat(new String(Base64.getDecoder().decode(kept), UTF_8)).doesNotContain("secret");
        assertThat(secrets.find(TestJames.ALICE).block()).isEqualTo("secret");
        assertThat(secrets.find(TestJames.BOB).block()).isNotEqualTo("secret");
        assertThat(others.find(TestJames.ALICE).block()).isNotEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "c2hvcnQ=", "not base64 at all, but as long as one of them"})
    void badKeyShouldBeRefusedAndNotShown(String key) {
        assertThatThrownBy(() -> authentication.logIn(settings(Optional.of(key)))).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("key `credentialKey`: expected 32 random octets in base64, as `openssl rand -base64 32` writes them").hasNoCause();
    }

    /** The client's side of DIGEST-MD5, written from RFC 2831 alone. */
    private static final class DigestClient implements Function<byte[], Mono<byte[]>> {
        private final String user;
        private final String password;
        private String expectedFinal = "";
        private String serverFinal = "";

        DigestClient(String user, String password) {
            this.user = user;
            this.password = password;
        }

        @Override
        public Mono<byte[]> apply(byte[] challenge) {
            String text = new String(challenge, UTF_8);
            if (text.startsWith("rspauth=")) {
                serverFinal = text;
                return Mono.just(new byte[0]);
            }
            String nonce = text.replaceAll(".*nonce=\"([^\"]+)\".*", "$1");
            byte[] a1 = Bytes.concat(md5((user + ":example.org:" + password).getBytes(UTF_8)),
                (":" + nonce + ":xyz").getBytes(UTF_8));
            expectedFinal = "rspauth=" + response(a1, nonce, ":ximss/localhost");
            return Mono.just(("username=\"" + user + "\",realm=\"example.org\",nonce=\"" + nonce + "\",cnonce=\"xyz\",nc=00000001,"
                + "qop=auth,digest-uri=\"ximss/localhost\",charset=utf-8,response=" + response(a1, nonce, "AUTHENTICATE:ximss/localhost"))
                .getBytes(UTF_8));
        }

        private static String response(byte[] a1, String nonce, String a2) {
            return hex((hex(a1) + ":" + nonce + ":00000001:xyz:auth:" + hex(a2.getBytes(UTF_8))).getBytes(UTF_8));
        }

        private static String hex(byte[] octets) {
            return BaseEncoding.base16().lowerCase().encode(md5(octets));
        }

        @SuppressWarnings("deprecation")
        private static byte[] md5(byte[] octets) {
            return Hashing.md5().hashBytes(octets).asBytes();
        }
    }
}
