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

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.apache.commons.configuration2.BaseConfiguration;
import org.apache.commons.configuration2.Configuration;

import io.jamesext.stores.RabbitMqServer;
import io.jamesext.stores.StorePorts;
import io.jamesext.stores.StoreProcess;
import io.jamesext.stores.StoreProcesses;

/** A RabbitMQ of this test alone, that can be restarted under the feet of James. */
final class OwnRabbitMq implements AutoCloseable {
    private final Path program;
    private final Path folder;
    private final StorePorts ports = StorePorts.free();
    private StoreProcess process;

    /** Starts it, or skips the test where no RabbitMQ is installed. */
    static OwnRabbitMq start(Path folder) {
        Optional<Path> program = RabbitMqServer.forTests();
        assumeTrue(program.isPresent(), "RabbitMQ is not installed (Debian: apt-get install rabbitmq-server)");
        return new OwnRabbitMq(program.orElseThrow(), folder);
    }

    private OwnRabbitMq(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
        this.process = start();
    }

    URI uri() {
        return URI.create("amqp://127.0.0.1:" + ports.amqp());
    }

    URI managementUri() {
        return URI.create("http://127.0.0.1:" + ports.management());
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
    void kill() {
        process.program().orElseThrow().destroyForcibly();
        process.close();
    }

    /** Ends it as its operator does. */
    void stop() {
        process.close();
    }

    void startAgain() {
        process = start();
    }

    @Override
    public void close() {
        process.close();
    }

    private StoreProcess start() {
        StoreProcess started = RabbitMqServer.start(program, folder, ports);
        try {
            StoreProcesses.await(List.of(started), progress -> { });
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }
}
