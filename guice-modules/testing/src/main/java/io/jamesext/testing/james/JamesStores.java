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

package io.jamesext.testing.james;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.google.common.collect.ImmutableMap;

import io.jamesext.stores.LaunchFailure;
import io.jamesext.stores.Project;
import io.jamesext.stores.Purpose;
import io.jamesext.stores.SignOfLife;
import io.jamesext.stores.StoreAddresses;
import io.jamesext.stores.StorePorts;
import io.jamesext.stores.StoreProcesses;

/**
 * The stores behind one James: none for the memory server; the operator's own; those that the first node has started; or Cassandra,
 * OpenSearch and RabbitMQ processes of this launcher, with their data in {@code stores/} of the data folder.
 */
final class JamesStores implements AutoCloseable {
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

    private static final String MEND_RABBITMQ = "Install it where the first node runs and start that again"
        + " (Debian: apt-get install rabbitmq-server), or name one to both with --rabbitmq amqp://USER:PASSWORD@HOST:PORT";

    private final Optional<StoreAddresses> addresses;
    private final Map<String, ProcessHandle> programs;
    private final Runnable end;

    private JamesStores(Optional<StoreAddresses> addresses, Map<String, ProcessHandle> programs, Runnable end) {
        this.addresses = addresses;
        this.programs = ImmutableMap.copyOf(programs);
        this.end = end;
    }

    private static JamesStores ofOthers(Optional<StoreAddresses> addresses) {
        return new JamesStores(addresses, ImmutableMap.of(), () -> { });
    }

    /** Returns when they can be used. */
    static JamesStores open(Path project, Options options, Consumer<String> progress) throws IOException, InterruptedException {
        if (options.backend() == Backend.MEMORY) {
            return ofOthers(Optional.empty());
        }
        JamesStores stores = options.ownStores().isPresent() ? own(options.ownStores().get(), progress)
            : options.node() > 1 ? ofFirstNode(options)
            : start(project, options, progress);
        if (stores.rabbitMqIsMissing()) {
            if (options.node() > 1) {
                stores.close();
                throw new LaunchFailure("Two nodes need a RabbitMQ between them, and the first one has none", MEND_RABBITMQ);
            }
            progress.accept("There is no RabbitMQ: this node runs alone, with a durable mail queue of its own in " + options.directory());
        }
        return stores;
    }

    /** James's configuration files for them. */
    Map<String, String> configuration() {
        return addresses.map(StoreConfiguration::files).orElse(ImmutableMap.of());
    }

    /** For people. */
    List<String> titles() {
        return addresses.map(there -> List.copyOf(there.signsOfLife().keySet())).orElse(List.of());
    }

    /** What this launcher has started, by the titles. */
    Map<String, ProcessHandle> programs() {
        return programs;
    }

    /** Stops what this launcher has started and returns when it is gone. */
    @Override
    public void close() {
        end.run();
    }

    private boolean rabbitMqIsMissing() {
        return addresses.flatMap(StoreAddresses::rabbitMq).isEmpty();
    }

    private static JamesStores start(Path project, Options options, Consumer<String> progress) throws IOException {
        Path folder = options.data().resolve("stores");
        Path note = note(options);
        if (options.command() != Options.Command.RUN) {
            empty(folder, options);
        }
        PrivateFolder.create(folder);
        progress.accept("Starting Cassandra, OpenSearch and, where it is installed, RabbitMQ in " + folder);
        StoreProcesses stores = StoreProcesses.start(new Project(project), folder, StorePorts.free(), Purpose.KEEPING, progress);
        stores.watch(failure -> progress.accept(failure.getMessage() + "\n" + failure.mend()));
        stores.addresses().write(note);
        return new JamesStores(Optional.of(stores.addresses()), stores.programs(), () -> {
            delete(note);
            stores.close();
        });
    }

    private static JamesStores ofFirstNode(Options options) throws IOException {
        // Fails where no first node has come up: it makes the tables.
        RunningServer.port(options.data(), Listener.JMX);
        StoreAddresses addresses = StoreAddresses.read(note(options))
            .orElseThrow(() -> new LaunchFailure("The James that runs in " + options.data() + " has no stores to share",
                "Start it with ./james run --backend cassandra"));
        return ofOthers(Optional.of(addresses));
    }

    /** As James itself would, but without an end, and seen by who waits. */
    private static JamesStores own(StoreAddresses addresses, Consumer<String> progress) throws InterruptedException {
        for (Map.Entry<String, SignOfLife> store : addresses.signsOfLife().entrySet()) {
            long start = System.nanoTime();
            Duration next = Duration.ZERO;
            for (Optional<String> problem = problem(store.getValue()); problem.isPresent(); problem = problem(store.getValue())) {
                Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
                if (elapsed.compareTo(next) >= 0) {
                    progress.accept("James waits for " + store.getKey() + ": " + problem.get() + " (" + elapsed.toSeconds()
                        + " s; stop with Ctrl-C)");
                    next = elapsed.plus(PROGRESS_EVERY);
                }
                Thread.sleep(500);
            }
        }
        return ofOthers(Optional.of(addresses));
    }

    private static Optional<String> problem(SignOfLife sign) {
        try {
            sign.check();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static Path note(Options options) {
        return options.data().resolve("stores/addresses.properties");
    }

    /** Demonstration and bench count on mail of their own alone. Only their own folder below {@code target/} is emptied for them. */
    private static void empty(Path folder, Options options) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!options.ownFolder()) {
            throw new LaunchFailure("This command needs empty stores, and there is something in " + folder,
                "Choose another folder with --data DIR, or none");
        }
        for (Path filled : List.of(folder, options.directory().resolve("var"))) {
            deleteAll(filled);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(JamesStores::delete);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
