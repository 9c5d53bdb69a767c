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
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.TestJames;

/** A download ends when nothing moves any more, and not before. */
@Timeout(60)
class HttpIdleTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private XimssTestServer server;

    @BeforeEach
    void start() throws Exception {
        server = XimssTestServer.start(folder,
            XimssTestServer.PLAIN + "<transport>http</transport><connectiontimeout>2</connectiontimeout>");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void downloadShouldLastAsLongAsItMoves() throws Exception {
        try (Socket socket = startDownload()) {
            InputStream in = socket.getInputStream();
            long read = 0;
            for (int i = 0; i < 25; i++) {
                read += in.readNBytes(MIB / 2).length;
                Thread.sleep(200);
            }
            String rest = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(read + rest.length()).isGreaterThan(30 * MIB);
            assertThat(rest).endsWith("0\r\n\r\n");
        }
    }

    @Test
    void downloadThatNobodyTakesShouldEnd() throws Exception {
        try (Socket socket = startDownload()) {
            Thread.sleep(6000);

            assertThat(readable(socket.getInputStream())).isLessThan(30 * MIB);
        }
    }

    /** How much comes until the server closes or resets the connection. */
    private static long readable(InputStream in) {
        long read = 0;
        try {
            while (in.read() >= 0) {
                read++;
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection stays open", e);
        } catch (IOException e) {
            return read;
        }
        return read;
    }

    /** Of a message of more than 30 MiB, with its head read. */
    private Socket startDownload() throws Exception {
        server.james.append(TestJames.ALICE, "INBOX", "Subject: long\n\n" + ("x".repeat(99) + "\n").repeat(320_000));
        String session = "/Session/" + post("/XIMSSLogin/", "userName=alice@example.org&password=secret")
            .replaceAll("(?s).*urlID=\"([^\"]+)\".*", "$1");
        post(session + "/sync", "<XIMSS><folderOpen id=\"o\" folder=\"F\" mailbox=\"INBOX\" sortField=\"UID\">"
            + "<field>UID</field></folderOpen></XIMSS>");
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port));
        socket.getOutputStream().write(("GET " + session + "/MIME/F/1.eml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        return socket;
    }

    private String post(String path, String body) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path))
            .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()).body();
    }
}
