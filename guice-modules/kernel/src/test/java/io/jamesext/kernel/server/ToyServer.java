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

import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.mailbox.TestKeystore;
import io.jamesext.testing.transcript.Transcript;
import io.jamesext.testing.transcript.TranscriptRunner;
import io.jamesext.testing.transcript.Wire;

/** A server of {@link ToyProtocol} on a free port, and what a test does with one. */
final class ToyServer implements AutoCloseable {
    final ToyProtocol protocol = new ToyProtocol();
    final RecordingMetricFactory metrics = new RecordingMetricFactory();
    private final Path folder;
    private final ExtensionServerFactory servers;
    private final int port;

    ToyServer(Path folder) throws Exception {
        this.folder = folder;
        Path keystore = folder.resolve("keystore").toFile().exists() ? folder.resolve("keystore") : TestKeystore.create(folder);
        servers = servers("<bind>127.0.0.1:0</bind><gracefulShutdown>false</gracefulShutdown>"
            + "<tls startTLS=\"true\"><keystore>file://" + keystore + "</keystore><keystoreType>PKCS12</keystoreType><secret>"
            + TestKeystore.PASSWORD + "</secret></tls>");
        port = servers.getServers().get(0).getPort();
    }

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

    ExtensionServerFactory servers(String settings) throws Exception {
        ExtensionServerFactory factory = new ExtensionServerFactory(new ToyFactory(protocol), TestJames.fileSystem(folder), metrics,
            new NoopGaugeRegistry());
        factory.configure(xml(settings));
        factory.init();
        return factory;
    }

    void play(String transcript) {
        new TranscriptRunner(Wire.LINES, "127.0.0.1", port).run(Transcript.parse("test", "S: hello\n" + transcript));
    }

    Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Override
    public void close() {
        servers.destroy();
    }
}
