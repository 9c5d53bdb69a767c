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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;

/** XIMSS over WebSocket (RFC 6455), one message of text a message, and over TCP on the same port. */
@BothBackends
@Timeout(60)
class WebSocketTest {
    private static final String LOG_IN = "<login id=\"L\" authData=\"alice@example.org\" password=\"secret\"/>";
    private static final String OPEN =
        "<folderOpen id=\"o\" folder=\"F\" mailbox=\"INBOX\" sortField=\"UID\"><field>UID</field></folderOpen>";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Received received = new Received();
    private XimssTestServer server;
    private WebSocket socket;

    @BeforeEach
    void connect() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN + "<transport>http</transport>");
        socket = http.newWebSocketBuilder().subprotocols("ximss").buildAsync(address("ws", "/XIMSS"), received).get();
    }

    @AfterEach
    void stop() {
        socket.abort();
        server.close();
    }

    @Test
    void messagesShouldBeAnswered() throws Exception {
        send("<listFeatures id=\"list\"/>");

        assertThat(socket.getSubprotocol()).isEqualTo("ximss");
        assertThat(received.next()).startsWith("<features id=\"list\">");
        assertThat(received.next()).isEqualTo("<response id=\"list\"/>");
    }

    @Test
    void fragmentsShouldBeOneMessage() throws Exception {
        socket.sendText("<listFea", false).get();
        socket.sendText("tures id=\"li", false).get();
        socket.sendText("st\"/>", true).get();

        assertThat(received.next()).startsWith("<features id=\"list\">");
    }

    @Test
    void newsShouldComeUnasked() throws Exception {
        send(LOG_IN);
        send(OPEN);
        send("<messageAppend id=\"m\" folder=\"F\"><EMail><Subject>news</Subject></EMail></messageAppend>");

        assertThat(received.until("<folderReport folder=\"F\" mode=\"notify\"")).isEqualTo("<folderReport folder=\"F\" mode=\"notify\"/>");
    }

    @Test
    void partsShouldBeDownloadedByTheUrlId() throws Exception {
        send(LOG_IN);
        String session = received.until("<session ").replaceAll(".*urlID=\"([^\"]+)\".*", "$1");
        send(OPEN);
        send("<messageAppend id=\"m\" folder=\"F\"><EMail><Subject>x</Subject><MIME type=\"text\">hello</MIME></EMail></messageAppend>");
        received.until("<response id=\"m\"");

        HttpRequest request = HttpRequest.newBuilder(address("http", "/Session/" + session + "/MIME/F/1.txt")).build();
        assertThat(http.send(request, BodyHandlers.ofString()).body()).contains("hello");
    }

    @Test
    void byeShouldCloseTheSocket() throws Exception {
        send(LOG_IN);
        send("<bye id=\"b\"/>");
        received.until("<response id=\"b\"");

        assertThat(received.closed.get()).isEqualTo(WebSocket.NORMAL_CLOSURE);
    }

    @Test
    void urlIdShouldOpenNothingOnceTheSocketIsClosed() throws Exception {
        send(LOG_IN);
        String session = received.until("<session ").replaceAll(".*urlID=\"([^\"]+)\".*", "$1");
        send("<bye id=\"b\"/>");
        received.closed.get();

        HttpRequest request = HttpRequest.newBuilder(address("http", "/Session/" + session + "/MIME/F/1.txt")).build();
        while (http.send(request, BodyHandlers.ofString()).statusCode() != 550) {
            Thread.onSpinWait();
        }
    }

    @Test
    void binaryMessageShouldCloseTheSocket() throws Exception {
        socket.sendBinary(ByteBuffer.allocate(10), true).get();

        assertThat(received.closed.get()).isEqualTo(1003);
    }

    @Test
    void strangersLongMessageShouldBeRefusedAndTheSocketStay() throws Exception {
        socket.sendText("<listFeatures id=\"" + "x".repeat(50_000), false).get();
        socket.sendText("x".repeat(50_000) + "\"/>", true).get();
        assertThat(received.next()).matches("<response errorText=\"[^\"]+\" errorNum=\"552\"/>");

        send("<listFeatures id=\"list\"/>");
        assertThat(received.next()).startsWith("<features id=\"list\">");
    }

    @Test
    void frameThatIsTooLongShouldCloseTheSocket() throws Exception {
        try (Socket raw = handshake("")) {
            assertThat(readHead(raw)).startsWith("HTTP/1.1 101 ");
            beginFrame(raw, (1 << 20) + 1);

            assertTooBig(raw);
        }
    }

    @Test
    void strangersLongFrameShouldCloseTheSocket() throws Exception {
        try (Socket raw = handshake("")) {
            assertThat(readHead(raw)).startsWith("HTTP/1.1 101 ");
            beginFrame(raw, 1 << 20);
            raw.getOutputStream().write(new byte[70_000]);

            assertTooBig(raw);
        }
    }

    @Test
    void usersLongFrameShouldBeTaken() throws Exception {
        send(LOG_IN);
        received.until("<response id=\"L\"");
        send("<noop id=\"" + "x".repeat(500_000) + "\"/>");

        assertThat(received.next()).startsWith("<response id=\"xxx");
    }

    @Test
    void pagesOfOtherSitesShouldNotConnect() throws Exception {
        for (String origin : List.of("http://elsewhere", "http://x:81", "null", "https://x.elsewhere")) {
            try (Socket raw = handshake("Origin: " + origin + "\r\n")) {
                assertThat(readHead(raw)).startsWith("HTTP/1.1 403 ");
            }
        }
        try (Socket raw = handshake("Origin: https://X\r\n")) {
            assertThat(readHead(raw)).startsWith("HTTP/1.1 101 ");
        }
    }

    /** The head of a masked frame of text: RFC 6455 section 5.2. */
    private static void beginFrame(Socket raw, long length) throws IOException {
        raw.getOutputStream().write(ByteBuffer.allocate(14).put((byte) 0x81).put((byte) 0xFF).putLong(length).putInt(0).array());
    }

    /** A frame that closes, and 1009 for a message that is too big: sections 5.5.1 and 7.4.1. */
    private static void assertTooBig(Socket raw) throws IOException {
        assertThat(HexFormat.of().formatHex(raw.getInputStream().readNBytes(4))).startsWith("88").endsWith("03f1");
    }

    private Socket handshake(String fields) throws IOException {
        Socket raw = new Socket("127.0.0.1", server.port);
        raw.setSoTimeout(20_000);
        raw.getOutputStream().write(("""
            GET /XIMSS HTTP/1.1\r
            Host: x\r
            Upgrade: websocket\r
            Connection: upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            """ + fields + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return raw;
    }

    @Test
    void otherAddressesShouldNotBecomeSockets() {
        assertThatThrownBy(() -> http.newWebSocketBuilder().buildAsync(address("ws", "/"), new Received()).get())
            .hasMessageContaining("WebSocketHandshakeException");
    }

    @Test
    void firstByteShouldDecideForTcp() throws Exception {
        try (XimssTestClient client = server.client().logIn()) {
            client.send(OPEN + "\0");

            assertThat(client.readUntil("<folderReport")).contains("folder=\"F\"");
        }
    }

    private URI address(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.port + path);
    }

    private static String readHead(Socket raw) throws IOException {
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            head += (char) raw.getInputStream().read();
        }
        return head;
    }

    private void send(String message) throws Exception {
        socket.sendText(message, true).get();
    }

    /** What the server sends. */
    private static final class Received implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        String next() throws InterruptedException {
            String message = messages.poll(20, TimeUnit.SECONDS);
            assertThat(message).as("a message of the server").isNotNull();
            return message;
        }

        String until(String beginning) throws InterruptedException {
            String message = next();
            while (!message.startsWith(beginning)) {
                message = next();
            }
            return message;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                messages.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable cause) {
            closed.completeExceptionally(cause);
        }
    }
}
