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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.MemoryJames;
import io.jamesext.testing.mailbox.TestKeystore;
import io.jamesext.testing.transcript.Transcript;
import io.jamesext.testing.transcript.TranscriptRunner;
import io.jamesext.testing.transcript.Wire;

class ExtensionServerTest {
    @TempDir
    static Path folder;

    private final ToyProtocol protocol = new ToyProtocol();
    private final RecordingMetricFactory metrics = new RecordingMetricFactory();
    private ExtensionServerFactory servers;
    private int port;

    private static final class ToyFactory implements ProtocolFactory {
        private final ToyProtocol protocol;

        private ToyFactory(ToyProtocol protocol) {
            this.protocol = protocol;
        }

        @Override
        public String serverName() {
            return "toyserver";
        }

        @Override
        public int defaultPort() {
            return 0;
        }

        @Override
        public Protocol<?, ?, ?> create(ServerSettings settings) {
            return protocol;
        }
    }

    private static XMLConfiguration xml(String server) throws Exception {
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(new StringReader("<toyservers><toyserver>" + server + "</toyserver></toyservers>"));
        return configuration;
    }

    private ExtensionServerFactory servers(String settings) throws Exception {
        ExtensionServerFactory factory = new ExtensionServerFactory(new ToyFactory(protocol), MemoryJames.fileSystem(folder), metrics,
            new NoopGaugeRegistry());
        factory.configure(xml(settings));
        factory.init();
        return factory;
    }

    @BeforeEach
    void start() throws Exception {
        Path keystore = folder.resolve("keystore").toFile().exists() ? folder.resolve("keystore") : TestKeystore.create(folder);
        servers = servers("<bind>127.0.0.1:0</bind><gracefulShutdown>false</gracefulShutdown>"
            + "<tls startTLS=\"true\"><keystore>file://" + keystore + "</keystore><keystoreType>PKCS12</keystoreType><secret>"
            + TestKeystore.PASSWORD + "</secret></tls>");
        port = servers.getServers().get(0).getPort();
    }

    @AfterEach
    void stop() {
        servers.destroy();
    }

    private void play(String transcript) {
        new TranscriptRunner(Wire.LINES, "127.0.0.1", port).run(Transcript.parse("test", "S: hello\n" + transcript));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void failuresShouldBeAnsweredByTheirKindAndNeverByTheirCause() {
        play("""
            C: nonsense
            S: failed UNKNOWN_COMMAND unknown command
            C: deny
            S: failed NO_PERMISSION no
            C: break
            S: failed INTERNAL internal server error
            C: shy
            S: ok shy
            C: echo x
            S: failed WRONG_STATE the command cannot be used in this state
            """);
    }

    @Test
    void pipelinedCommandsShouldBeAnsweredInOrder() throws Exception {
        try (Socket socket = connect()) {
            StringBuilder commands = new StringBuilder("slow 100\n");
            for (int i = 0; i < 2000; i++) {
                commands.append("echo ").append(i).append('\n');
            }
            send(socket, commands.toString());
            BufferedReader reader = reader(socket);
            assertThat(reader.readLine()).isEqualTo("hello");
            assertThat(reader.readLine()).isEqualTo("slept 100");
            assertThat(reader.readLine()).isEqualTo("ok slow");
            for (int i = 0; i < 2000; i++) {
                assertThat(reader.readLine()).isEqualTo("" + i);
                assertThat(reader.readLine()).isEqualTo("ok echo");
            }
        }
    }

    @Test
    void anOperationMayAskForTheNextFrame() {
        play("""
            C: ask
            S: well?
            C: fine
            S: DONE you said fine
            C: echo after
            S: after
            S: ok echo
            """);
    }

    @Test
    void anOperationThatAsksShouldEndWhenTheClientGoes() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "ask\n");
            assertThat(reader(socket).readLine()).isEqualTo("hello");
        }
        await(() -> protocol.closedSessions.get() == 1);
    }

    @Test
    void tooLongALineShouldBeRefusedInItsTurnAndClose() {
        play("C: slow 50\nC: echo " + "x".repeat(5000) + "\nC: echo y\nS: slept 50\nS: ok slow\nS: failed TOO_BIG line too long\nCLOSED\n");
    }

    @Test
    void aClientThatNeverReadsShouldNotMakeTheServerProduce() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "flood 1000000\n");
            await(() -> protocol.produced.get() > 100);
            long settled;
            do {
                settled = protocol.produced.get();
                Thread.sleep(500);
            } while (settled != protocol.produced.get());
            // What the sockets' own buffers take, far below the million.
            assertThat(settled).isLessThan(50_000);
            play("C: echo others live\nS: others live\nS: ok echo\n");
        }
    }

    @Test
    void aClientThatReadsShouldGetAll() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "flood 20000\n");
            BufferedReader reader = reader(socket);
            long lines = 0;
            while (!reader.readLine().equals("ok flood")) {
                lines++;
            }
            assertThat(lines).isEqualTo(20_001);
        }
    }

    @Test
    void aHalfClosedClientShouldGetItsAnswersAndThenTheEnd() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "slow 50\necho x\n");
            socket.shutdownOutput();
            assertThat(reader(socket).lines()).containsExactly("hello", "slept 50", "ok slow", "x", "ok echo");
        }
    }

    @Test
    void whatWasBegunShouldBeFinishedWhenTheClientGoes() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "slow 300\n");
            assertThat(reader(socket).readLine()).isEqualTo("hello");
        }
        await(() -> protocol.closedSessions.get() == 1);
        assertThat(protocol.finished).hasValue(1);
    }

    @Test
    void startTlsShouldEncryptWhatFollows() {
        play("""
            C: encrypted
            S: false
            S: ok encrypted
            C: starttls
            S: ok starttls
            TLS
            C: encrypted
            S: true
            S: ok encrypted
            """);
    }

    @Test
    void commandsBehindStartTlsShouldNeverRun() throws Exception {
        for (String injected : new String[] {"echo injected\n", "echo inj", "e"}) {
            try (Socket socket = connect()) {
                send(socket, "starttls\n" + injected);
                assertThat(reader(socket).lines()).containsExactly("hello", "ok starttls");
            }
        }
    }

    @Test
    void quitShouldBeAnsweredAndClose() {
        play("C: quit\nC: echo more\nS: ok quit\nCLOSED\n");
    }

    @Test
    void newsShouldReachAnIdleClientAndCoalesce() throws Exception {
        try (Socket socket = connect()) {
            BufferedReader reader = reader(socket);
            assertThat(reader.readLine()).isEqualTo("hello");
            send(socket, "slow 200\n");
            await(() -> metrics.countFor("none") == 0);
            Thread.sleep(50);
            Connection<String, ToyProtocol.Line> connection = protocol.last.orElseThrow();
            for (int i = 0; i < 100; i++) {
                connection.push("inbox", new ToyProtocol.Line("news " + i));
            }
            assertThat(reader.readLine()).isEqualTo("slept 200");
            assertThat(reader.readLine()).isEqualTo("ok slow");
            assertThat(reader.readLine()).isEqualTo("news 99");
            connection.push("inbox", new ToyProtocol.Line("more"));
            assertThat(reader.readLine()).isEqualTo("more");
        }
    }

    @Test
    void aStopShouldLetTheRunningOperationEndAndSayGoodbye() throws Exception {
        try (Socket socket = connect()) {
            BufferedReader reader = reader(socket);
            assertThat(reader.readLine()).isEqualTo("hello");
            send(socket, "slow 300\n");
            Thread.sleep(100);
            servers.destroy();
            assertThat(reader.lines()).containsExactly("slept 300", "ok slow", "goodbye");
        }
        servers = servers("<bind>127.0.0.1:0</bind><gracefulShutdown>false</gracefulShutdown>");
    }

    @Test
    void eachOperationShouldBeTimed() {
        play("C: echo x\nS: x\nS: ok echo\n");
        assertThat(metrics.executionTimesFor("toy-echo")).hasSize(1);
    }

    @Test
    void unknownKeysAndBadValuesShouldStopTheStart() {
        assertThatThrownBy(() -> servers("<bnid>127.0.0.1:0</bnid>"))
            .hasMessageContaining("toyserver.xml").hasMessageContaining("`bnid`").hasMessageContaining("bind");
        assertThatThrownBy(() -> servers("<bind>127.0.0.1:0</bind><connectionLimit>many</connectionLimit>"))
            .hasMessageContaining("toyserver.xml: key `connectionLimit` is `many`; expected a whole number of at least 0");
        assertThatThrownBy(() -> servers("<bind>localhost</bind>"))
            .hasMessageContaining("toyserver.xml: key `bind` is `localhost`; expected HOST:PORT");
        assertThatThrownBy(() -> servers("<tls startTLS=\"perhaps\"/>"))
            .hasMessageContaining("`tls[@startTLS]` is `perhaps`; expected true or false");
    }
}
