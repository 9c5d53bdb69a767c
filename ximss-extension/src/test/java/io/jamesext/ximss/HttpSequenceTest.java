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

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Client and server stay in step, whatever is lost or broken on the way. */
@Timeout(60)
class HttpSequenceTest {
    private static final String NOOP = "<XIMSS><noop id=\"n\"/></XIMSS>";
    private static final String NOOP_ANSWER = "<XIMSS><response id=\"n\"/></XIMSS>";
    /** It takes two seconds. */
    private static final String SLOW = "<retrieveURL id=\"slow\" url=\"http://www.example.com/slow\" timeout=\"2\"/>";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private XimssTestServer server;
    private String session;

    @BeforeEach
    void logIn() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN + XimssTestServer.OPERATOR + "<transport>http</transport>");
        String answer = post("/XIMSSLogin/", "userName=alice%40example.org&password=secret").get().body();
        session = "/Session/" + answer.replaceAll("(?s).*urlID=\"([^\"]+)\".*", "$1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void malformedRequestShouldCount() throws Exception {
        sync(1, NOOP);
        String refusal = sync(2, "<XIMSS><noop id=\"n\"></XIMSS>");

        assertThat(refusal).contains("errorNum=\"501\"");
        assertThat(sync(2, "<XIMSS><noop id=\"n\"></XIMSS>")).isEqualTo(refusal);
        assertThat(sync(3, NOOP)).isEqualTo(NOOP_ANSWER);
    }

    @Test
    void retryShouldTakeTheAnswerOver() throws Exception {
        String body = "<XIMSS><noop id=\"n\"/>" + SLOW + "</XIMSS>";
        try (Socket lost = send(session + "/sync?reqSeq=1", body)) {
            readUntil(lost, "<response id=\"n\"/>");
            assertThat(sync(1, body)).startsWith("<XIMSS><response id=\"n\"/>").contains("id=\"slow\"").endsWith("</XIMSS>");

            assertThat(new String(lost.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).doesNotContain("slow");
        }
        assertThat(sync(2, NOOP)).isEqualTo(NOOP_ANSWER);
    }

    @Test
    void retryShouldNotWaitForAConnectionThatNobodyReads() throws Exception {
        sync(1, "<XIMSS><folderOpen id=\"o\" folder=\"F\" mailbox=\"INBOX\" sortField=\"UID\"><field>UID</field></folderOpen>"
            + "<messageAppend id=\"m\" folder=\"F\"><EMail><MIME type=\"text\">" + "long ".repeat(300_000)
            + "</MIME></EMail></messageAppend></XIMSS>");
        String reads = "<XIMSS>" + "<folderRead id=\"r\" folder=\"F\" UID=\"1\"/>".repeat(30) + "</XIMSS>";
        try (Socket lost = send(session + "/sync?reqSeq=2", reads)) {
            readUntil(lost, "long long");

            assertThat(sync(2, reads)).contains("the answer was too long to be kept");
            assertThat(sync(3, NOOP)).isEqualTo(NOOP_ANSWER);
        }
    }

    @Test
    void requestsThatWaitShouldEndWithTheSession() throws Exception {
        CompletableFuture<HttpResponse<String>> running = post(session + "/sync", "<XIMSS>" + SLOW + SLOW + "</XIMSS>");
        CompletableFuture<HttpResponse<String>> polling =
            http.sendAsync(request(session + "/?maxWait=30").build(), BodyHandlers.ofString());
        Thread.sleep(500);
        CompletableFuture<HttpResponse<String>> waiting = post(session + "/sync", NOOP);
        Thread.sleep(500);
        assertThat(post(session + "/KILL", "").get().statusCode()).isEqualTo(200);

        assertThat(waiting.get().statusCode()).isEqualTo(550);
        assertThat(polling.get().statusCode()).isEqualTo(550);
        assertThat(running.get().body()).contains("id=\"slow\"").endsWith("</XIMSS>");
    }

    private Socket send(String path, String body) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
            .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void readUntil(Socket socket, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            read.append((char) socket.getInputStream().read());
        }
    }

    private String sync(int number, String document) throws Exception {
        return post(session + "/sync?reqSeq=" + number, document).get().body();
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body) {
        return http.sendAsync(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path)).timeout(Duration.ofSeconds(15));
    }
}
