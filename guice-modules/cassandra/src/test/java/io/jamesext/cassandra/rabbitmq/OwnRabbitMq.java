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
package io.jamesext.cassandra.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.commons.configuration2.BaseConfiguration;
import org.apache.commons.configuration2.Configuration;

/** A RabbitMQ of this test alone, that can be restarted under the feet of James. */
final class OwnRabbitMq implements AutoCloseable {
    private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    private static final Duration START = Duration.ofMinutes(2);

    private final Path folder;
    private final int amqp = freePort();
    private final int management = freePort();
    private final int distribution = freePort();
    private final int portMapper = freePort();
    private Process process;

    /** Starts it, or skips the test where no RabbitMQ is installed; CI installs it, so there it fails. */
    static OwnRabbitMq start(Path folder) throws IOException, InterruptedException {
        String missing = "RabbitMQ is not installed (Debian: apt-get install rabbitmq-server): no " + SERVER;
        if (System.getenv("CI") != null) {
            assertThat(SERVER).as(missing).isExecutable();
        }
        assumeTrue(Files.isExecutable(SERVER), missing);
        return new OwnRabbitMq(folder);
    }

    private OwnRabbitMq(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Files.writeString(folder.resolve("plugins"), "[rabbitmq_management].\n");
        Files.writeString(folder.resolve("rabbitmq.conf"), """
            listeners.tcp.1 = 127.0.0.1:%d
            management.tcp.ip = 127.0.0.1
            management.tcp.port = %d
            """.formatted(amqp, management));
        this.process = start();
    }

    URI uri() {
        return URI.create("amqp://127.0.0.1:" + amqp);
    }

    URI managementUri() {
        return URI.create("http://127.0.0.1:" + management);
    }

    /** What {@code rabbitmq.properties} says for it. */
    Configuration configuration() {
        BaseConfiguration configuration = new BaseConfiguration();
        configuration.setProperty("uri", uri().toString());
        configuration.setProperty("management.uri", managementUri().toString());
        configuration.setProperty("management.user", "guest");
        configuration.setProperty("management.password", "guest");
        return configuration;
    }

    /** Ends it without a word to anybody, as a power cut does. */
    void kill() throws InterruptedException {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList().forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** Ends it as its operator does. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }

    void startAgain() throws IOException, InterruptedException {
        process = start();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
        // The port mapper, which Erlang leaves behind, does not end before it has noticed that the server is away.
        ProcessBuilder end = new ProcessBuilder("epmd", "-port", String.valueOf(portMapper), "-kill");
        for (int attempt = 0; attempt < 50; attempt++) {
            Process asked = end.redirectErrorStream(true).start();
            if (new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).startsWith("Killed")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("epmd on port " + portMapper + " is left behind");
    }

    private Process start() throws IOException, InterruptedException {
        ProcessBuilder server = new ProcessBuilder(SERVER.toString());
        server.environment().putAll(Map.ofEntries(
            Map.entry("HOME", folder.toString()),
            Map.entry("RABBITMQ_NODENAME", "own" + amqp + "@localhost"),
            Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
            Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
            Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString()),
            Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString()),
            Map.entry("RABBITMQ_DIST_PORT", String.valueOf(distribution)),
            Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
            Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
            Map.entry("ERL_EPMD_PORT", String.valueOf(portMapper))));
        Process started = server.redirectErrorStream(true).redirectOutput(folder.resolve("out.log").toFile()).start();
        Instant limit = Instant.now().plus(START);
        while (!answers()) {
            if (!started.isAlive() || Instant.now().isAfter(limit)) {
                throw new IllegalStateException("RabbitMQ does not start: " + Files.readString(folder.resolve("out.log")));
            }
            Thread.sleep(200);
        }
        return started;
    }

    private boolean answers() {
        try {
            HttpURLConnection overview = (HttpURLConnection) managementUri().resolve("/api/overview").toURL().openConnection();
            overview.setRequestProperty("Authorization", "Basic "
                + Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.US_ASCII)));
            return overview.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
