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

package io.jamesext.lemonade.smtp.burl.remote;

import static io.jamesext.lemonade.smtp.burl.remote.ScriptedImapServer.TLS;
import static io.jamesext.lemonade.smtp.burl.remote.ScriptedImapServer.URL;
import static io.jamesext.lemonade.smtp.burl.remote.UrlFetchException.Kind.UNAVAILABLE;
import static io.jamesext.lemonade.smtp.burl.remote.UrlFetchFailureTest.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import io.jamesext.lemonade.smtp.burl.remote.ScriptedImapServer.Script;

/** Servers that say nothing, little by little, for ever, or anything. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class UrlFetchRobustnessTest {
    private static final Timeouts SHORT_IDLE = new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(400), Duration.ofMinutes(2));
    private static final Timeouts SHORT_WHOLE = new Timeouts(Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofSeconds(2));

    private static final Script GREETING = server -> {
    };
    private static final Script STARTTLS = server -> {
        server.send("* OK hello\r\n");
        server.line();
    };
    private static final Script HANDSHAKE = server -> {
        STARTTLS.run(server);
        server.send("a1 OK begin\r\n");
    };
    private static final Script LOG_IN = server -> {
        server.capability("AUTH=PLAIN");
        server.line();
    };
    private static final List<Script> STAGES = List.of(GREETING, STARTTLS, HANDSHAKE, ScriptedImapServer::greet, LOG_IN,
        ScriptedImapServer::logIn, ScriptedImapServer::askedForUrl);

    private static final List<String> PIECES = List.of("* ", "+ ", "a1 ", "a2 ", "a3 ", "a4 ", "OK ", "NO ", "BYE ",
        "URLFETCH ", "CAPABILITY ", "\"" + URL + "\" ", URL + " ", "NIL", "\"", "\\", "{", "}", "{0}", "{3}", "{99999999999}", "abc",
        "\r\n", "\r\n", "\r\n", "\n", "\0", "* URLFETCH \"" + URL + "\" ", "\r\na4 OK\r\n");

    @Test
    void silenceShouldFail() throws Exception {
        for (Script stage : STAGES) {
            UrlFetchException failure = failureOf(server -> {
                stage.run(server);
                while (true) {
                    server.line();
                }
            }, SHORT_IDLE);
            assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
            assertThat(failure).hasCauseInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void drippingLiteralShouldMeetTheDeadline() throws Exception {
        assertDeadline(server -> {
            server.askedForUrl();
            server.send("* URLFETCH \"" + URL + "\" {1000}\r\n");
            drip(server, "x");
        });
    }

    @Test
    void drippingLineShouldMeetTheDeadline() throws Exception {
        assertDeadline(server -> drip(server, "*"));
    }

    /** The whole of a TLS record is one read of the socket above it. */
    @Test
    void drippingHandshakeShouldMeetTheDeadline() throws Exception {
        assertDeadline(server -> {
            HANDSHAKE.run(server);
            server.send(new byte[] {22, 3, 3, 0x3F, 0});
            drip(server, "x");
        });
    }

    private static void assertDeadline(Script script) throws Exception {
        UrlFetchException failure = failureOf(script, SHORT_WHOLE);
        assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
        assertThat(failure).hasMessageEndingWith("over after PT2S");
    }

    private static void drip(ScriptedImapServer server, String octet) throws Exception {
        while (true) {
            server.send(octet);
            Thread.sleep(50);
        }
    }

    @Test
    void endlessResponsesShouldFail() throws Exception {
        for (Script stage : List.of(STARTTLS, LOG_IN, (Script) ScriptedImapServer::askedForUrl)) {
            assertThat(failureOf(server -> {
                stage.run(server);
                while (true) {
                    server.send("* 1 EXISTS\r\n");
                }
            }, SHORT_WHOLE)).hasMessage("more than 100 lines");
        }
    }

    @Test
    void endlessLineShouldFail() throws Exception {
        for (Script stage : List.of(GREETING, STARTTLS, LOG_IN, (Script) ScriptedImapServer::askedForUrl)) {
            assertThat(failureOf(server -> {
                stage.run(server);
                while (true) {
                    server.send("* OK and so on");
                }
            }, SHORT_WHOLE)).hasMessage("a line of more than 16384 octets");
        }
    }

    /** Any octets at any stage: no exception but the one, and no server that waits for the client at its end. */
    @Test
    void garbageShouldFail() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 70; round++) {
            byte[] garbage = new byte[random.nextInt(1000)];
            random.nextBytes(garbage);
            Script stage = STAGES.get(round % STAGES.size());
            assertThat(failureOf(server -> {
                stage.run(server);
                server.send(garbage);
            }, SHORT_WHOLE).kind()).as("seed %d, round %d", seed, round).isEqualTo(UNAVAILABLE);
        }
    }

    /** Pieces of the protocol in any order may by chance be right, and then the fetch succeeds. */
    @Test
    void disorderShouldFailOrSucceed() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 140; round++) {
            StringBuilder disorder = new StringBuilder();
            for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
                disorder.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            Script stage = STAGES.get(round % STAGES.size());
            try (ScriptedImapServer server = new ScriptedImapServer(s -> {
                stage.run(s);
                s.send(disorder.toString());
            })) {
                fetch(server, "seed " + seed + ", round " + round + ": " + disorder);
            }
        }
    }

    private static void fetch(ScriptedImapServer server, String description) {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        assertThatCode(() -> {
            try {
                new UrlFetchClient(server.asRemote(), TLS, SHORT_WHOLE).fetch(URL, 1000, sink);
            } catch (UrlFetchException failure) {
                assertThat(failure.getMessage()).doesNotContain("over after");
            }
        }).as(description).doesNotThrowAnyException();
        assertThat(sink.toString(StandardCharsets.ISO_8859_1)).as(description).hasSizeLessThan(1001);
    }

    private static UrlFetchException failureOf(Script script, Timeouts timeouts) throws Exception {
        try (ScriptedImapServer server = new ScriptedImapServer(script)) {
            return failure(server.asRemote(), timeouts);
        }
    }
}
