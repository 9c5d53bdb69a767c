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
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.smtp.burl.remote.ScriptedImapServer.Script;

@Timeout(value = 40, threadMode = ThreadMode.SEPARATE_THREAD)
class UrlFetchClientTest {
    private static final long LIMIT = 28;
    private static final String CONTENT = "Si vis pacem, para bellum.\r\n";

    @Test
    void literalShouldBeFetched() throws Exception {
        assertThat(fetch(server -> {
            server.askedForUrl();
            server.send("* URLFETCH \"" + URL + "\" {28}\r\n" + CONTENT + "\r\na4 OK done\r\n");
        })).isEqualTo(CONTENT);
    }

    @Test
    void conversationShouldBeThatOfRfc4468() throws Exception {
        try (ScriptedImapServer server = new ScriptedImapServer(s -> {
            s.askedForUrl();
            s.send("* URLFETCH \"" + URL + "\" \"x\"\r\na4 OK done\r\n");
            s.line();
        })) {
            fetchFrom(server.asRemote());
            assertThat(server.received()).containsExactly("a1 STARTTLS", "a2 CAPABILITY", "a3 AUTHENTICATE PLAIN",
                Base64.getEncoder().encodeToString(("\0submit\0" + PASSWORD).getBytes(StandardCharsets.UTF_8)),
                "a4 URLFETCH \"" + URL + "\"", "bye LOGOUT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "{0}\r\n"})
    void emptyContentShouldBeContent(String empty) throws Exception {
        assertThat(fetch(server -> {
            server.askedForUrl();
            server.send("* URLFETCH \"" + URL + "\" " + empty + "\r\na4 OK done\r\n");
        })).isEmpty();
    }

    @Test
    void quotedStringShouldBeUnquoted() throws Exception {
        assertThat(fetch(server -> {
            server.askedForUrl();
            server.send("* URLFETCH " + URL + " \"a \\\"b\\\\ \u00e9\"\r\na4 OK done\r\n");
        })).isEqualTo("a \"b\\ \u00e9");
    }

    @Test
    void otherResponsesShouldNotMatter() throws Exception {
        assertThat(fetch(server -> {
            server.askedForUrl();
            server.send("* OK [ALERT] there are braces {12}\r\n* 3 EXISTS\r\n");
            server.send("* urlfetch \"" + URL + "\" \"x\"\r\n* NO hm\r\na4 ok done\r\n");
        })).isEqualTo("x");
    }

    @Test
    void longUrlShouldBeLiteral() throws Exception {
        String url = URL.replace("INBOX", "x".repeat(4000));
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (ScriptedImapServer server = new ScriptedImapServer(s -> {
            s.logIn();
            s.expect("a4 URLFETCH {" + url.length() + "}");
            s.send("* OK wait\r\n+ go on\r\n");
            s.expect(url);
            s.send("* URLFETCH {" + url.length() + "}\r\n" + url + " {1}\r\nx\r\na4 OK done\r\n");
        })) {
            client(server.asRemote()).fetch(url, LIMIT, sink);
        }
        assertThat(sink).hasToString("x");
    }

    @Test
    void contentShouldBeOctets() throws Exception {
        byte[] content = new byte[100_000];
        new Random(1).nextBytes(content);
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (ScriptedImapServer server = new ScriptedImapServer(s -> {
            s.askedForUrl();
            s.send("* URLFETCH \"" + URL + "\" {100000}\r\n");
            s.send(content);
            s.send("\r\na4 OK done\r\n");
        })) {
            client(server.asRemote()).fetch(URL, content.length, sink);
        }
        assertThat(sink.toByteArray()).isEqualTo(content);
    }

    /** The server keeps back the second half until the sink has the first, less what the client's and TLS's buffers hold. */
    @Test
    void contentShouldNotBeHeld() throws Exception {
        int half = 25_000_000;
        CountDownLatch firstHalf = new CountDownLatch(1);
        long[] count = new long[1];
        OutputStream sink = new OutputStream() {
            @Override
            public void write(int octet) {
                throw new AssertionError("octet by octet");
            }

            @Override
            public void write(byte[] octets, int from, int length) {
                count[0] += length;
                if (count[0] > half - 100_000) {
                    firstHalf.countDown();
                }
            }
        };
        try (ScriptedImapServer server = new ScriptedImapServer(s -> {
            s.askedForUrl();
            s.send("* URLFETCH \"" + URL + "\" {" + 2 * half + "}\r\n");
            sendInPieces(s, half);
            assertThat(firstHalf.await(20, TimeUnit.SECONDS)).isTrue();
            sendInPieces(s, half);
            s.send("\r\na4 OK done\r\n");
        })) {
            client(server.asRemote()).fetch(URL, 2 * half, sink);
        }
        assertThat(count[0]).isEqualTo(2 * half);
    }

    private static void sendInPieces(ScriptedImapServer server, int octets) throws IOException {
        byte[] piece = new byte[10_000];
        for (int sent = 0; sent < octets; sent += piece.length) {
            server.send(piece);
        }
    }

    @Test
    void tlsShouldRunFromTheStartWhereItIsSet() throws Exception {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (ScriptedImapServer server = new ScriptedImapServer(s -> {
            s.startTls();
            s.send("* OK hello\r\n");
            s.expect("a1 CAPABILITY");
            s.send("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK done\r\n");
            s.expect("a2 AUTHENTICATE PLAIN");
            s.send("+ \r\n");
            s.line();
            s.send("a2 OK done\r\n");
            s.expect("a3 URLFETCH \"" + URL + "\"");
            s.send("* URLFETCH \"" + URL + "\" \"x\"\r\na3 OK done\r\n");
        })) {
            RemoteServer remote = server.asRemote();
            client(new RemoteServer(remote.host(), remote.port(), true, remote.user(), remote.password())).fetch(URL, LIMIT, sink);
        }
        assertThat(sink).hasToString("x");
    }

    @Test
    void loginShouldBeUsedWithoutPlain() throws Exception {
        assertThat(fetch(server -> {
            server.capability("AUTH=GSSAPI");
            server.expect("a3 LOGIN \"submit\" \"" + PASSWORD + "\"");
            server.send("a3 OK done\r\n");
            server.expect("a4 URLFETCH \"" + URL + "\"");
            server.send("* URLFETCH \"" + URL + "\" \"x\"\r\na4 OK done\r\n");
        })).isEqualTo("x");
    }

    @Test
    void loginShouldHaveLiteralsForWhatCannotBeQuoted() throws Exception {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (ScriptedImapServer server = new ScriptedImapServer(s -> {
            s.capability("");
            s.expect("a3 LOGIN {4}");
            s.send("+ \r\n");
            s.expect("\u00c3\u00a9\u00c3\u00a8 \"a\\\"b\\\\\"");
            s.send("a3 OK done\r\n");
            s.expect("a4 URLFETCH \"" + URL + "\"");
            s.send("* URLFETCH \"" + URL + "\" \"x\"\r\na4 OK done\r\n");
        })) {
            client(new RemoteServer("localhost", server.asRemote().port(), false, "\u00e9\u00e8", "a\"b\\")).fetch(URL, LIMIT, sink);
        }
        assertThat(sink).hasToString("x");
    }

    @Test
    void failureOfTheSinkShouldBeThrownAsItIs() throws Exception {
        IOException full = new IOException("disk full");
        try (ScriptedImapServer server = new ScriptedImapServer(s -> {
            s.askedForUrl();
            s.send("* URLFETCH \"" + URL + "\" {28}\r\n" + CONTENT + "\r\na4 OK done\r\n");
        })) {
            assertThatThrownBy(() -> client(server.asRemote()).fetch(URL, LIMIT, new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    throw full;
                }
            })).isSameAs(full);
        }
    }

    @Test
    void settingsShouldBeValid() {
        assertThat(new RemoteServer("h", 143, false, "u", PASSWORD).toString()).isEqualTo("RemoteServer[u@h:143, STARTTLS]");
        for (String bad : new String[] {"", "a\r", "a\n", "a\0"}) {
            assertThatThrownBy(() -> new RemoteServer(bad, 143, false, "u", "p")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new RemoteServer("h", 143, false, bad, "p")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new RemoteServer("h", 143, false, "u", bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new RemoteServer("h", 0, false, "u", "p")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RemoteServer("h", 65536, false, "u", "p")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Timeouts(Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(1)))
            .isInstanceOf(IllegalArgumentException.class);
    }

    private static String fetch(Script script) throws Exception {
        try (ScriptedImapServer server = new ScriptedImapServer(script)) {
            return fetchFrom(server.asRemote());
        }
    }

    private static String fetchFrom(RemoteServer remote) throws Exception {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        client(remote).fetch(URL, LIMIT, sink);
        return sink.toString(StandardCharsets.ISO_8859_1);
    }

    private static UrlFetchClient client(RemoteServer remote) {
        return new UrlFetchClient(remote, TLS, new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(50)));
    }
}
