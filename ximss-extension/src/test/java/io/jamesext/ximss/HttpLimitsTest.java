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
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;

/** What the HTTP binding refuses, and what it frees. */
@Timeout(60)
class HttpLimitsTest {
    private static final String LOG_IN = "/XIMSSLogin/?userName=alice@example.org&password=secret";
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private XimssTestServer server;

    @BeforeEach
    void start() throws Exception {
        server = start("<maxRequestBytes>100000</maxRequestBytes>");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void passwordsShouldNotBeLogged() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            assertThat(get("/XIMSSLogin/?userName=alice@example.org&password=hunter2").body()).contains("errorNum=\"535\"");
            assertThat(post("/XIMSSLogin/", "userName=alice&password=hunter2%zz".getBytes(StandardCharsets.US_ASCII)).statusCode())
                .isEqualTo(400);
            assertThat(raw("GET /XIMSSLogin/?password=hunter2%zz HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(raw("GET /XIMSSLogin/?password=hunter2 HTTP/1.1\r\nnonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list).allSatisfy(event -> assertThat(event.getFormattedMessage()
            + Optional.ofNullable(event.getThrowableProxy()).map(ThrowableProxyUtil::asString).orElse("")).doesNotContain("hunter2"));
    }

    @Test
    void longRequestShouldBeRefused() throws Exception {
        HttpResponse<String> answer = post(logIn() + "/sync", new byte[100_001]);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("the request is larger than 100000 bytes");
    }

    @Test
    void strangersLongRequestShouldBeRefused() throws Exception {
        assertThat(post("/XIMSSLogin/", new byte[70_000]).statusCode()).isEqualTo(413);
    }

    @Test
    void uploadedFilesShouldNotGrowWithoutEnd() throws Exception {
        String session = logIn();
        assertThat(post(session + "/UPLOAD/first", new byte[60 * MIB]).statusCode()).isEqualTo(200);

        assertThat(refusalOfUpload(session, 41 * MIB)).startsWith("HTTP/1.1 413 ");
        assertThat(post(session + "/UPLOAD/second", new byte[40 * MIB]).statusCode()).isEqualTo(200);
    }

    @Test
    void tooManyUploadedFilesShouldBeRefused() throws Exception {
        String session = logIn();
        for (int i = 0; i < 100; i++) {
            assertThat(post(session + "/UPLOAD/" + i, new byte[0]).statusCode()).isEqualTo(200);
        }

        assertThat(post(session + "/UPLOAD/100", new byte[0]).body()).isEqualTo("too many uploaded files");
    }

    @Test
    void uploadShouldNeedASession() throws Exception {
        assertThat(post("/Session/none/UPLOAD/x", new byte[1]).statusCode()).isEqualTo(550);
    }

    @Test
    void fileShouldBeUploadedByPostOrPutOnly() throws Exception {
        assertThat(get(logIn() + "/UPLOAD/x").statusCode()).isEqualTo(405);
    }

    @Test
    void userShouldNotHaveSessionsWithoutEnd() throws Exception {
        String first = logIn();
        String second = logIn();
        for (int i = 2; i < 50; i++) {
            logIn();
        }
        assertThat(get(first + "/?maxWait=0").statusCode()).isEqualTo(200);
        String oneMore = logIn();

        assertThat(get(second + "/?maxWait=0").statusCode()).isEqualTo(550);
        assertThat(get(first + "/?maxWait=0").statusCode()).isEqualTo(200);
        assertThat(get(oneMore + "/?maxWait=0").statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyShouldLogInWhileTheServerStops() throws Exception {
        String login = "POST " + LOG_IN + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        try (Socket unfinished = new Socket("127.0.0.1", server.port)) {
            // The stop waits for it.
            send(unfinished, login.replace("Length: 0", "Length: 9\r\nExpect: 100-continue"), 0);
            assertThat(new String(unfinished.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> server.close());

            while (!stopped.isDone() && !rawOrNothing(login).startsWith("HTTP/1.1 503 ")) {
                Thread.onSpinWait();
            }
            assertThat(stopped.isDone()).isFalse();
            stopped.get();
        }
        server = start("");
    }

    @Test
    void refusalShouldReachWhoSendsAllBeforeReading() throws Exception {
        String session = logIn();
        try (Socket socket = new Socket("127.0.0.1", server.port)) {
            socket.setSoTimeout(20_000);
            // A connection that is reset throws.
            socket.getOutputStream().write(("POST " + session + "/sync HTTP/1.1\r\nHost: x\r\nContent-Length: " + 20 * MIB + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(new byte[20 * MIB]);

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("HTTP/1.1 413 ").endsWith("the request is larger than 100000 bytes");
        }
    }

    @Test
    void refusalShouldNotKeepAConnectionForEver() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port)) {
            send(socket, "POST /Session/none/sync HTTP/1.1\r\nHost: x\r\nContent-Length: " + Integer.MAX_VALUE + "\r\n\r\n", 0);

            assertThatThrownBy(() -> {
                while (true) {
                    socket.getOutputStream().write(new byte[1000]);
                    Thread.sleep(10);
                }
            }).isInstanceOf(IOException.class);
        }
    }

    @Test
    void stopShouldLetNobodyWait() throws Exception {
        CompletableFuture<HttpResponse<String>> waiting = waitOn(logIn());

        server.close();
        // The GET may also have come too late.
        assertThat(waiting.handle((answer, failure) -> failure != null || answer.statusCode() == 550).get()).isTrue();
        server = start("");
    }

    @Test
    void sessionShouldEndWhenNobodyAsksForIt() throws Exception {
        server.close();
        server = start("<connectiontimeout>1</connectiontimeout>");
        String session = logIn();

        Thread.sleep(2000);
        while (get(session + "/MIME/F/1").statusCode() != 550) {
            Thread.sleep(2000);
        }
    }

    @Test
    void sessionShouldStillEndAfterItHasSetItsOwnLimit() throws Exception {
        server.close();
        server = start("<connectiontimeout>2</connectiontimeout>");
        String session = logIn();
        assertThat(http.send(request(session + "/sync?reqSeq=1").POST(HttpRequest.BodyPublishers.ofString(
            "<XIMSS><setSessionOption id=\"1\" name=\"idleTimeout\" value=\"2\"/></XIMSS>")).build(), BodyHandlers.ofString()).body())
            .isEqualTo("<XIMSS><response id=\"1\"/></XIMSS>");

        Thread.sleep(3000);
        while (get(session + "/MIME/F/1").statusCode() != 550) {
            Thread.sleep(3000);
        }
    }

    @Test
    void whatIsNotHttpShouldBeRefused() throws Exception {
        assertThat(raw("hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET / HTTP/1.1\r\nX: " + "x".repeat(10_000) + "\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("POST /XIMSSLogin/ HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))
            .startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void pipelinedRequestsShouldBeAnsweredInOrder() throws Exception {
        String one = "GET /none HTTP/1.1\r\nHost: x\r\n\r\n";

        assertThat(raw("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n" + one)).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 404 ");
    }

    private XimssTestServer start(String more) throws Exception {
        return XimssTestServer.start(folder, XimssTestServer.PLAIN + "<transport>http</transport>" + more);
    }

    private CompletableFuture<HttpResponse<String>> waitOn(String session) {
        return http.sendAsync(request(session + "/?maxWait=100").build(), BodyHandlers.ofString());
    }

    private String refusalOfUpload(String session, int length) throws IOException {
        return raw("POST " + session + "/UPLOAD/second HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n", length);
    }

    private String raw(String request) throws IOException {
        return raw(request, 0);
    }

    private String rawOrNothing(String request) {
        try {
            return raw(request);
        } catch (IOException e) {
            return "";
        }
    }

    /** Sends what a client library would not, and reads until the server closes. */
    private String raw(String request, int zeros) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port)) {
            socket.setSoTimeout(20_000);
            InputStream in = socket.getInputStream();
            Thread sender = new Thread(() -> send(socket, request, zeros));
            sender.start();
            String answer = new String(in.readNBytes(20), StandardCharsets.UTF_8);
            return zeros == 0 ? answer + new String(in.readAllBytes(), StandardCharsets.UTF_8) : answer;
        }
    }

    private static void send(Socket socket, String request, int zeros) {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(new byte[zeros]);
        } catch (IOException e) {
            // The server has answered and closed.
            assertThat(zeros).isPositive();
        }
    }

    private String logIn() throws Exception {
        return "/Session/" + get(LOG_IN).body().replaceAll("(?s).*urlID=\"([^\"]+)\".*", "$1");
    }

    private HttpResponse<String> post(String path, byte[] body) throws Exception {
        return http.send(request(path).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path));
    }
}
