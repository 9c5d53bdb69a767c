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

import org.apache.james.core.Username;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.testing.auth.ScramClient;

/** AUTH PLAIN (RFC 4616) and LOGIN, in the frames of RFC 4954. */
class PasswordTest {
    private static final String ALICE = "alice@example.org";
    /** Which the operator's hook knows and James's users do not. */
    private static final String PASSWORD_OF_THE_HOOK = "by the hook";
    private static final String PASSWORD_TO_TRY_LATER = "later";

    private static SmtpTestServer server;

    private SmtpTestClient client;

    /** A hook as an operator may have one. */
    public static final class OtherUsers implements AuthHook {
        @Override
        public HookResult doAuth(SMTPSession session, Username user, String password) {
            if (password.equals(PASSWORD_TO_TRY_LATER)) {
                return HookResult.builder().hookReturnCode(HookReturnCode.denySoft()).smtpReturnCode("454")
                    .smtpDescription("4.7.0 Not now").build();
            }
            return password.equals(PASSWORD_OF_THE_HOOK) ? HookResult.OK : HookResult.DECLINED;
        }

        @Override
        public HookResult doSasl(SMTPSession session, OidcSASLConfiguration configuration, String initialResponse) {
            return HookResult.DECLINED;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        server = new SmtpTestServer("", "<handler class=\"" + OtherUsers.class.getName() + "\"/>");
    }

    @AfterAll
    static void stop() {
        server.close();
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
    void plainShouldLogInWithAndWithoutAnInitialResponse() throws Exception {
        assertThat(client.command("auth plain " + plain("", ALICE, "secret"))).isEqualTo("235 2.7.0 Authentication successful");
        try (SmtpTestClient other = SmtpTestClient.greeted(server)) {
            assertThat(other.command("AUTH PLAIN")).isEqualTo("334");
            assertThat(other.command(plain(ALICE, ALICE, "secret"))).startsWith("235 2.7.0 ");
        }
    }

    @Test
    void loginShouldLogInWithAndWithoutAnInitialResponse() throws Exception {
        assertThat(client.command("AUTH LOGIN " + base64(ALICE))).isEqualTo("334 UGFzc3dvcmQ6");
        assertThat(client.command(base64("secret"))).startsWith("235 2.7.0 ");
        try (SmtpTestClient other = SmtpTestClient.greeted(server)) {
            assertThat(other.command("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
            assertThat(other.command(base64(ALICE))).isEqualTo("334 UGFzc3dvcmQ6");
            assertThat(other.command(base64("secret"))).startsWith("235 2.7.0 ");
        }
    }

    /** The kernel's log-in, which slows down who guesses, at whatever protocol; here, the mark of it. */
    @Test
    void passwordThatWasSeenHereShouldDoForScram() throws Exception {
        try (SmtpTestServer fresh = SmtpTestServer.start(); SmtpTestClient first = SmtpTestClient.greeted(fresh);
             SmtpTestClient second = SmtpTestClient.greeted(fresh)) {
            assertThat(first.command("AUTH PLAIN " + plain("", ALICE, "secret"))).startsWith("235 2.7.0 ");
            ScramClient scram = new ScramClient(ALICE, "secret");
            String challenge = second.command("AUTH SCRAM-SHA-256 " + scram.respondInBase64("")).substring("334 ".length());
            assertThat(second.command(scram.respondInBase64(challenge))).startsWith("334 ");
            assertThat(second.command("")).startsWith("235 2.7.0 ");
        }
    }

    /** At least as long as a second, so that nobody learns what went wrong, nor tries many. */
    @ParameterizedTest
    @ValueSource(strings = {"alice@example.org", "nobody@example.org"})
    void wrongPasswordShouldBeRefusedLate(String user) throws Exception {
        try (SmtpTestServer fresh = SmtpTestServer.start(); SmtpTestClient guesser = SmtpTestClient.greeted(fresh)) {
            long start = System.nanoTime();
            assertThat(guesser.command("AUTH PLAIN " + plain("", user, "wrong"))).isEqualTo("535 5.7.8 Authentication credentials invalid");
            assertThat(System.nanoTime() - start).isGreaterThan(990_000_000L);
            assertThat(guesser.command("NOOP")).startsWith("250 2.0.0 ");
        }
    }

    /** RFC 4616 section 2: who may not act for the other is not logged in at all. */
    @Test
    void userShouldNotActForAnother() throws Exception {
        assertThat(client.command("AUTH PLAIN " + plain("bob@example.org", ALICE, "secret")))
            .isEqualTo("535 5.7.8 Authentication credentials invalid");
        assertThat(client.command("AUTH PLAIN " + plain("", ALICE, "secret"))).startsWith("235 2.7.0 ");
    }

    @Test
    void hookOfTheOperatorShouldBeAsked() throws Exception {
        assertThat(client.command("AUTH PLAIN " + plain("", ALICE, PASSWORD_TO_TRY_LATER))).isEqualTo("454 4.7.0 Not now");
        assertThat(client.command("AUTH PLAIN " + plain("", "carol@example.net", PASSWORD_OF_THE_HOOK))).startsWith("235 2.7.0 ");
    }

    /** SCRAM would go round it. */
    @Test
    void scramShouldNotBeThereBesideAHookOfTheOperator() throws Exception {
        client.send("EHLO client.example.org\r\n");
        assertThat(client.lines()).anyMatch(line -> line.substring(4).equals("AUTH LOGIN PLAIN"));
        assertThat(client.command("AUTH SCRAM-SHA-256")).startsWith("504 5.5.4 ");
    }

    @Test
    void logInShouldNotWorkWhereItIsNotAnnounced() throws Exception {
        try (SmtpTestServer silent = new SmtpTestServer("<auth><announce>never</announce><requireSSL>true</requireSSL></auth>", "");
             SmtpTestClient other = SmtpTestClient.greeted(silent)) {
            assertThat(other.command("AUTH PLAIN " + plain("", ALICE, "secret"))).isEqualTo("503 5.5.1 AUTH is not offered here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN ????", "PLAIN =", "PLAIN AGFsaWNl", "PLAIN AAAAAA==", "LOGIN ????", "PLAIN /w==", "LOGIN *"})
    void malformedResponseShouldBeRefused(String arguments) throws Exception {
        String reply = client.command("AUTH " + arguments);
        assertThat(reply.startsWith("334") ? client.command(base64("secret")) : reply).isEqualTo("501 5.5.2 Authentication aborted");
        assertThat(client.command("NOOP")).startsWith("250 2.0.0 ");
    }

    @Test
    void malformedPasswordOfLoginShouldBeRefused() throws Exception {
        assertThat(client.command("AUTH LOGIN " + base64(ALICE))).startsWith("334 ");
        assertThat(client.command("????")).isEqualTo("501 5.5.2 Authentication aborted");
        assertThat(client.command("NOOP")).startsWith("250 2.0.0 ");
    }

    /** RFC 4954 section 6. */
    @Test
    void responseThatIsTooLongShouldBeRefused() throws Exception {
        assertThat(client.command("AUTH PLAIN")).isEqualTo("334");
        assertThat(client.command("A".repeat(12_288))).isEqualTo("500 5.5.6 Authentication exchange line is too long");
        assertThat(client.command("AUTH PLAIN " + plain("", ALICE, "secret"))).startsWith("235 2.7.0 ");
    }

    private static String plain(String actAs, String user, String password) {
        return base64(actAs + "\0" + user + "\0" + password);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
