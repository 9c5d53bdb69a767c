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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.submit.Hold;
import io.jamesext.lemonade.smtp.release.FutureRelease;

/** What becomes of held mail: RFC 4865. */
class FutureReleaseTest {
    private static final byte[] MESSAGE = "Subject: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static SmtpTestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new SmtpTestServer("", "<handler class=\"" + FutureRelease.class.getName() + "\"/>");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void nothingShouldBeLeft() {
        assertThat(server.acceptedNothing()).isTrue();
    }

    @Test
    void mailShouldBeHeldForSoLong() throws Exception {
        try (SmtpTestClient client = SmtpTestClient.inTransaction(server, " HOLDFOR=2")) {
            Instant asked = Instant.now();
            assertThat(client.chunk(MESSAGE, true)).startsWith("250 2.6.0 ");
            assertReleased("for;2", asked.plusSeconds(2));
        }
    }

    @Test
    void mailShouldBeHeldUntilThen() throws Exception {
        Instant then = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
        try (SmtpTestClient client = SmtpTestClient.inTransaction(server, " HOLDUNTIL=" + then)) {
            assertThat(client.chunk(MESSAGE, true)).startsWith("250 2.6.0 ");
            assertReleased("until;" + then, then);
        }
    }

    @Test
    void dataShouldBeHeldToo() throws Exception {
        try (SmtpTestClient client = SmtpTestClient.inTransaction(server, " HOLDFOR=1")) {
            Instant asked = Instant.now();
            assertThat(client.command("DATA")).startsWith("354");
            assertThat(client.command("Subject: a\r\n\r\n.")).startsWith("250 2.6.0 ");
            assertReleased("for;1", asked.plusSeconds(1));
        }
    }

    /** RFC 4865 section 4.2: only submission may ask for it. */
    @Test
    void mailOfNobodyShouldNotBeHeld() throws Exception {
        try (SmtpTestClient client = SmtpTestClient.greeted(server)) {
            assertThat(client.command("MAIL FROM:<carol@example.net> HOLDFOR=60")).startsWith("530 5.7.0 ");
            assertThat(client.command("MAIL FROM:<carol@example.net> HOLDUNTIL=" + Instant.now().plusSeconds(60))).startsWith("530 5.7.0 ");
        }
    }

    @Test
    void nextMailShouldNotBeHeld() throws Exception {
        try (SmtpTestClient client = SmtpTestClient.inTransaction(server, " HOLDFOR=86400")) {
            client.command("RSET");
            client.command("MAIL FROM:<alice@example.org>");
            client.command("RCPT TO:<bob@example.org>");
            assertThat(client.chunk(MESSAGE, true)).startsWith("250 2.6.0 ");
            assertThat(server.accepted().mail().getAttribute(Hold.REQUEST)).isEmpty();
        }
    }

    private static void assertReleased(String request, Instant then) throws Exception {
        assertThat(server.acceptedNothing()).isTrue();
        SmtpTestServer.Accepted released = server.accepted();
        assertThat(Instant.now()).isBetween(then, then.plus(Duration.ofSeconds(10)));
        assertThat(released.mail().getAttribute(Hold.REQUEST).orElseThrow().getValue().value()).isEqualTo(request);
        assertThat(released.text()).endsWith("Subject: a\r\n\r\n");
    }
}
