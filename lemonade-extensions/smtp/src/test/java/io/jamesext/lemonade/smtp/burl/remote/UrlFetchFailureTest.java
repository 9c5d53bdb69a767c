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

import static io.jamesext.lemonade.smtp.burl.remote.ScriptedImapServer.PASSWORD;
import static io.jamesext.lemonade.smtp.burl.remote.ScriptedImapServer.TLS;
import static io.jamesext.lemonade.smtp.burl.remote.ScriptedImapServer.URL;
import static io.jamesext.lemonade.smtp.burl.remote.UrlFetchException.Kind.TOO_BIG;
import static io.jamesext.lemonade.smtp.burl.remote.UrlFetchException.Kind.UNAVAILABLE;
import static io.jamesext.lemonade.smtp.burl.remote.UrlFetchException.Kind.UNRESOLVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.base.Throwables;

import io.jamesext.lemonade.smtp.burl.remote.ScriptedImapServer.Script;
import io.jamesext.lemonade.smtp.burl.remote.UrlFetchException.Kind;

@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class UrlFetchFailureTest {
    private static final long LIMIT = 1000;
    private static final Timeouts LONG = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(50));
    private static final String RESPONSE = "* URLFETCH \"" + URL + "\" ";
    private static final String OK = "\r\na4 OK done\r\n";

    static Stream<Arguments> responses() {
        return Stream.of(
            Arguments.of(UNRESOLVED, RESPONSE + "NIL" + OK),
            Arguments.of(UNRESOLVED, RESPONSE + "nil" + OK),
            Arguments.of(UNRESOLVED, "a4 NO later\r\n"),
            Arguments.of(UNRESOLVED, "a4 BAD what\r\n"),
            Arguments.of(UNRESOLVED, RESPONSE + "\"x\"\r\na4 NO broken\r\n"),
            Arguments.of(TOO_BIG, RESPONSE + "{1001}\r\n"),
            Arguments.of(TOO_BIG, RESPONSE + "{999999999999999999}\r\n"),
            Arguments.of(TOO_BIG, RESPONSE + "\"" + "x".repeat(1001) + "\"" + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + "{9999999999999999999}\r\n"),
            Arguments.of(UNAVAILABLE, RESPONSE + "{-1}" + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + "{3+}\r\nabc" + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + "{3} \r\nabc" + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + "~{3}\r\nabc" + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + "{3}\r\nabcd" + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + "{3}\r\nabc \"" + URL + "\" NIL" + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + "\"x\" \"" + URL + "\" \"x\"" + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + "\"x\"\r\n" + RESPONSE + "\"x\"" + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + "\"x" + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + "\"x\\" + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + "x" + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + OK),
            Arguments.of(UNAVAILABLE, RESPONSE + " \"x\"" + OK),
            Arguments.of(UNAVAILABLE, "* URLFETCH" + OK),
            Arguments.of(UNAVAILABLE, "* URLFETCH \"" + URL + "\"" + OK),
            Arguments.of(UNAVAILABLE, "* URLFETCH " + URL + OK),
            Arguments.of(UNAVAILABLE, "* URLFETCH \"" + URL.toUpperCase(Locale.ROOT) + "\" \"x\"" + OK),
            Arguments.of(UNAVAILABLE, "* URLFETCH \"imap://x/\" NIL" + OK),
            Arguments.of(UNAVAILABLE, "* URLFETCH {" + URL.length() + "}\r\n" + URL.replace("joe", "jim") + " \"x\"" + OK),
            Arguments.of(UNAVAILABLE, "* URLFETCH {2000000000}\r\n"),
            Arguments.of(UNAVAILABLE, "* LIST () \"/\" {3}\r\n* X\r\n" + RESPONSE + "\"x\"" + OK),
            Arguments.of(UNAVAILABLE, "a4 OK nothing\r\n"),
            Arguments.of(UNAVAILABLE, "a5 OK another\r\n"),
            Arguments.of(UNAVAILABLE, "+ more\r\n"),
            Arguments.of(UNAVAILABLE, "\r\n" + RESPONSE + "\"x\"" + OK),
            Arguments.of(UNAVAILABLE, "* BYE tired\r\n" + RESPONSE + "\"x\"" + OK),
            Arguments.of(UNAVAILABLE, "* X\n" + RESPONSE + "\"x\"" + OK),
            Arguments.of(UNAVAILABLE, "* " + "x".repeat(ImapConnection.MAX_LINE) + "\r\n" + RESPONSE + "\"x\"" + OK),
            Arguments.of(UNAVAILABLE, "* 1 EXISTS\r\n".repeat(ImapConnection.MAX_LINES) + RESPONSE + "\"x\"" + OK));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void responseShouldFail(Kind kind, String response) throws Exception {
        assertThat(failure(waiting(server -> {
            server.askedForUrl();
            server.send(response);
        })).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* OK\r\n", "* URLFETCH \"" + URL, RESPONSE + "\"x\"\r\n", RESPONSE + "{900}\r\nabc"})
    void endOfTheConnectionShouldFail(String response) throws Exception {
        assertThat(failure(server -> {
            server.askedForUrl();
            server.send(response);
        }).kind()).isEqualTo(UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"* BYE no\r\n", "* PREAUTH welcome\r\n", "* NO\r\n", "a1 OK\r\n", "+OK POP3\r\n", "\r\n", "220 SMTP\r\n"})
    void greetingShouldFail(String greeting) throws Exception {
        try (ScriptedImapServer server = new ScriptedImapServer(s -> {
            s.send(greeting);
            s.line();
        })) {
            assertThat(failure(server.asRemote(), LONG).kind()).isEqualTo(UNAVAILABLE);
            assertThat(server.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1 NO\r\n", "a1 BAD what\r\n", "* BYE\r\n", "* CAPABILITY AUTH=PLAIN\r\na1 BAD\r\n"})
    void nothingShouldBeSentInClear(String answer) throws Exception {
        try (ScriptedImapServer server = new ScriptedImapServer(s -> {
            s.send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\r\n");
            s.line();
            s.send(answer);
            s.line();
        })) {
            assertThat(failure(server.asRemote(), LONG).kind()).isEqualTo(UNAVAILABLE);
            assertThat(server.received()).containsExactly("a1 STARTTLS");
        }
    }

    @Test
    void clearTextBehindStartTlsShouldFail() throws Exception {
        assertThat(failure(server -> {
            server.send("* OK hello\r\n");
            server.line();
            server.send("a1 OK begin\r\n* OK injected\r\n");
            server.startTls();
            server.send("a2 OK\r\na3 OK\r\n" + RESPONSE + "\"x\"" + OK);
            server.line();
        })).hasMessage("clear text where TLS begins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a3 NO " + PASSWORD + "\r\n", "a3 BAD\r\n", "* BYE " + PASSWORD + "\r\n", "+ again\r\n"})
    void refusedLogInShouldFail(String answer) throws Exception {
        assertThat(failure(waiting(server -> {
            server.capability("AUTH=PLAIN");
            server.line();
            server.send("+ \r\n");
            server.line();
            server.send(answer);
        })).kind()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void passwordShouldNotBeSentToServerThatDoesNotAsk() throws Exception {
        for (String answer : List.of("a3 NO\r\n", "a3 BAD\r\n", "* BYE\r\n")) {
            try (ScriptedImapServer server = new ScriptedImapServer(s -> {
                s.capability("AUTH=PLAIN");
                s.line();
                s.send(answer);
                s.line();
            })) {
                assertThat(failure(server.asRemote(), LONG).kind()).isEqualTo(UNAVAILABLE);
                assertThat(server.received()).containsExactly("a1 STARTTLS", "a2 CAPABILITY", "a3 AUTHENTICATE PLAIN", "bye LOGOUT");
            }
        }
    }

    @Test
    void disabledLoginShouldNotBeTried() throws Exception {
        try (ScriptedImapServer server = new ScriptedImapServer(s -> {
            s.capability("LOGINDISABLED AUTH=GSSAPI");
            s.line();
        })) {
            assertThat(failure(server.asRemote(), LONG).kind()).isEqualTo(UNAVAILABLE);
            assertThat(server.received()).containsExactly("a1 STARTTLS", "a2 CAPABILITY", "bye LOGOUT");
        }
    }

    @Test
    void unknownCapabilitiesShouldFail() throws Exception {
        assertThat(failure(waiting(server -> {
            server.greet();
            server.line();
            server.send("a2 BAD\r\n");
        })).kind()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void certificateShouldBeTrusted() throws Exception {
        try (ScriptedImapServer server = new ScriptedImapServer(ScriptedImapServer::askedForUrl)) {
            UrlFetchException failure = failure(new UrlFetchClient(server.asRemote(), SSLContext.getDefault(), LONG), URL);
            assertThat(failure).hasMessage("no TLS").hasCauseInstanceOf(SSLException.class);
            assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
            assertThat(server.received()).containsExactly("a1 STARTTLS");
        }
    }

    @Test
    void certificateShouldBeForTheHost() throws Exception {
        try (ScriptedImapServer server = new ScriptedImapServer(ScriptedImapServer::askedForUrl)) {
            RemoteServer byAddress = new RemoteServer("127.0.0.1", server.asRemote().port(), false, "submit", PASSWORD);
            UrlFetchException failure = failure(byAddress, LONG);
            assertThat(failure).hasMessage("no TLS").hasCauseInstanceOf(SSLException.class);
            assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
            assertThat(server.received()).containsExactly("a1 STARTTLS");
        }
    }

    @Test
    void serverThatIsNotThereShouldFail() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(failure(new RemoteServer("localhost", port, false, "submit", PASSWORD), LONG).kind()).isEqualTo(UNAVAILABLE);
        assertThat(failure(new RemoteServer("nowhere.invalid", 143, false, "submit", PASSWORD), LONG).kind()).isEqualTo(UNAVAILABLE);
    }

    /** Had it come to a connection, the failure would be another. */
    @ParameterizedTest
    @ValueSource(strings = {URL + "\r\na5 LOGOUT", URL + "\n", URL + "\0", URL + " x", URL + "\u00e9", URL + "\u010a"})
    void urlWithStrangeCharactersShouldNotBeSent(String url) throws Exception {
        UrlFetchClient nowhere = new UrlFetchClient(new RemoteServer("nowhere.invalid", 143, false, "submit", PASSWORD), TLS, LONG);
        assertThat(failure(nowhere, url).kind()).isEqualTo(UNRESOLVED);
    }

    /** The server stays after its script: a client that waits for more, or has more to say, does so until the test times out. */
    private static Script waiting(Script script) {
        return server -> {
            script.run(server);
            while (true) {
                server.line();
            }
        };
    }

    private static UrlFetchException failure(Script script) throws Exception {
        try (ScriptedImapServer server = new ScriptedImapServer(script)) {
            return failure(server.asRemote(), LONG);
        }
    }

    static UrlFetchException failure(RemoteServer remote, Timeouts timeouts) {
        return failure(new UrlFetchClient(remote, TLS, timeouts), URL);
    }

    /** The failure of a fetch, with nothing in it or in its causes that is secret. */
    private static UrlFetchException failure(UrlFetchClient client, String url) {
        UrlFetchException failure = catchThrowableOfType(
            () -> client.fetch(url, LIMIT, new ByteArrayOutputStream()), UrlFetchException.class);
        assertThat(failure).isNotNull();
        String logIn = Base64.getEncoder().encodeToString(("\0submit\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(Throwables.getStackTraceAsString(failure)).doesNotContain(PASSWORD, logIn, URL.substring(URL.lastIndexOf(':')));
        return failure;
    }
}
