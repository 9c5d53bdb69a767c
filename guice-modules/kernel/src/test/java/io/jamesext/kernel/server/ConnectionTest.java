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
package io.jamesext.kernel.server;

import static io.jamesext.kernel.server.ToyServer.await;
import static io.jamesext.kernel.server.ToyServer.reader;
import static io.jamesext.kernel.server.ToyServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a connection does when the server stops, when its own protocol fails, and when its client sends too much. */
class ConnectionTest {
    @TempDir
    static Path folder;

    private ToyServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ToyServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void newsThatOverflowShouldBeCountedAndSaidOnce() throws Exception {
        try (Socket socket = server.connect()) {
            BufferedReader reader = reader(socket);
            assertThat(reader.readLine()).isEqualTo("hello");
            send(socket, "slow 500\n");
            Thread.sleep(100);
            Connection<String, ToyProtocol.Line> connection = server.protocol.last.orElseThrow();
            for (int i = 0; i <= 1100; i++) {
                connection.push(i, new ToyProtocol.Line("news " + i));
            }
            assertThat(reader.readLine()).isEqualTo("slept 500");
            assertThat(reader.readLine()).isEqualTo("ok slow");
            assertThat(reader.readLine()).isEqualTo("news lost");
            assertThat(server.metrics.countFor("toy-newsLost")).isEqualTo(1);
            connection.push("inbox", new ToyProtocol.Line("more"));
            assertThat(reader.readLine()).isEqualTo("more");
        }
    }

    /** The server's own limit is ten minutes. */
    @Test
    void connectionShouldEndAfterTheIdleTimeThatItWasGiven() throws Exception {
        try (Socket socket = server.connect()) {
            BufferedReader reader = reader(socket);
            assertThat(reader.readLine()).isEqualTo("hello");
            server.protocol.last.orElseThrow().idleTimeout(Duration.ofSeconds(1));
            assertThat(reader.readLine()).isNull();
        }
    }

    @Test
    void theDecoderShouldBeToldOfTheLogIn() {
        String line = "x".repeat(2000);
        server.play("C: echo " + line + "\nS: failed TOO_BIG line too long\nCLOSED\n");
        server.play("C: login\nS: ok login\nC: echo " + line + "\nS: " + line + "\nS: ok echo\n");
        server.play("C: login\nS: ok login\nC: starttls\nS: ok starttls\nTLS\nC: echo " + line + "\nS: " + line + "\nS: ok echo\n");
    }

    @Test
    void readingShouldStopWhileAFrameWaits() throws Exception {
        try (Socket socket = server.connect()) {
            BufferedReader reader = reader(socket);
            send(socket, "login\nslow 1000\n");
            assertThat(reader.readLine()).isEqualTo("hello");
            assertThat(reader.readLine()).isEqualTo("ok login");
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < 20; i++) {
                        send(socket, "nonsense" + "x".repeat(400_000) + "\n");
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.start();
            Thread.sleep(700);
            assertThat(server.protocol.cut).hasValue(3);
            assertThat(reader.readLine()).isEqualTo("slept 1000");
            assertThat(reader.readLine()).isEqualTo("ok slow");
            for (int i = 0; i < 20; i++) {
                assertThat(reader.readLine()).startsWith("failed UNKNOWN_COMMAND");
            }
            writer.join();
        }
    }

    @Test
    void aStopShouldEndAnOperationThatAsksThenOrLater() throws Exception {
        try (Socket asking = server.connect(); Socket late = server.connect()) {
            send(asking, "ask\n");
            send(late, "slowask 400\n");
            Thread.sleep(150);
            server.close();
            assertThat(reader(asking).lines()).containsExactly("hello", "well?", "failed BUSY the connection ends", "goodbye");
            assertThat(reader(late).lines()).containsExactly("hello", "well?", "failed BUSY the connection ends", "goodbye");
        }
        start();
    }

    @Test
    void aStopShouldSayGoodbyeInsteadOfBeginningTls() throws Exception {
        try (Socket socket = server.connect()) {
            send(socket, "slowtls 400\n");
            Thread.sleep(150);
            server.close();
            assertThat(reader(socket).lines()).containsExactly("hello", "ok slowtls", "goodbye");
        }
        start();
    }

    @Test
    void aProtocolThatFailsShouldNotLeaveTheConnectionHanging() throws Exception {
        try (Socket socket = server.connect()) {
            send(socket, "mute\n");
            assertThat(reader(socket).lines()).containsExactly("hello");
        }
        await(() -> server.protocol.closedSessions.get() == 1);
        server.protocol.opens = false;
        try (Socket socket = server.connect()) {
            assertThat(reader(socket).lines()).containsExactly("refused BROKEN");
        }
        server.protocol.opens = true;
        server.play("C: echo x\nS: x\nS: ok echo\n");
    }

    @Test
    void aHandshakeThatNeverComesShouldCostOnlyItsConnection() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Socket socket = server.connect()) {
                send(socket, "slowtls 50\n");
                assertThat(reader(socket).readLine()).isEqualTo("hello");
            }
        }
        await(() -> server.protocol.closedSessions.get() == 5);
    }

    @Test
    void aProxyShouldSayWhereTheClientIs() throws Exception {
        ExtensionServerFactory proxied = server.servers("<bind>127.0.0.1:0</bind><gracefulShutdown>false</gracefulShutdown>"
            + "<jmxName>proxied</jmxName><proxyRequired>true</proxyRequired>");
        try (Socket socket = new Socket("127.0.0.1", proxied.getServers().get(0).getPort())) {
            send(socket, "PROXY TCP4 192.0.2.7 127.0.0.1 4321 25\r\nwhere\n");
            socket.shutdownOutput();
            assertThat(reader(socket).lines()).containsExactly("hello", "192.0.2.7", "ok where");
        } finally {
            proxied.destroy();
        }
    }
}
