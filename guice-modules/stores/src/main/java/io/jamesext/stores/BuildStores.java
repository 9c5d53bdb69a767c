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

package io.jamesext.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One real Cassandra and one real OpenSearch for all tests of a build. Tests with RabbitMQ start and stop one of their own.
 *
 * <p>The first test process that asks starts a {@link BuildSupervisor}, which starts the stores and ends them with the build: with Maven's
 * own process, or without Maven with the test process. Other test processes of the same build, also those of later modules, find the
 * addresses in a folder below {@code target/stores} of the project. The system property {@code backends} chooses {@code processes}, which
 * is the default, or {@code testcontainers}.
 */
public final class BuildStores {
    private static final String ADDRESSES = "addresses.properties";
    private static final String KIND = "backends";

    @Nullable
    private static StoreAddresses found;
    @Nullable
    private static LaunchFailure failure;

    private BuildStores() {
    }

    /** Where Cassandra answers CQL. */
    public static InetSocketAddress cassandra() {
        InetSocketAddress address = addresses().cassandra();
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }

    /** Where OpenSearch answers HTTP. */
    public static URI openSearch() {
        return addresses().openSearch();
    }

    /** A failure is remembered, so that each further test fails at once. */
    private static synchronized StoreAddresses addresses() {
        if (failure != null) {
            throw failure;
        }
        if (found == null) {
            try {
                found = ofThisBuild(Project.find(), BuildOwner.find());
            } catch (LaunchFailure e) {
                failure = e;
                throw e;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static StoreAddresses ofThisBuild(Project project, BuildOwner owner) throws IOException {
        Path stores = project.folder().resolve("target/stores");
        Path folder = Files.createDirectories(stores.resolve(owner.toString()));
        try (FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
             FileLock lock = channel.lock()) {
            Optional<StoreAddresses> noted = StoreAddresses.read(folder.resolve(ADDRESSES));
            if (noted.isPresent()) {
                return usable(noted.get(), folder);
            }
            forget(stores);
            return start(project, owner, folder);
        }
    }

    private static StoreAddresses usable(StoreAddresses noted, Path folder) {
        if (!noted.answer()) {
            throw new LaunchFailure("A store of this build has ended before the build: " + noted, "Look into the logs in " + folder);
        }
        return noted;
    }

    private static StoreAddresses start(Project project, BuildOwner owner, Path folder) throws IOException {
        Path log = folder.resolve("supervisor.log");
        ProcessBuilder builder = new ProcessBuilder(Jvm.executable(), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-Djava.net.preferIPv4Stack=true", BuildSupervisor.class.getName(), project.folder().toString(), folder.toString(),
            owner.toString(), System.getProperty(KIND, "processes"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process supervisor = builder.start();
        int shown = 0;
        while (true) {
            Optional<StoreAddresses> noted = StoreAddresses.read(folder.resolve(ADDRESSES));
            if (noted.isPresent()) {
                return noted.get();
            }
            if (!supervisor.isAlive()) {
                throw new LaunchFailure("The stores of this build could not be started:\n" + Files.readString(log).strip(),
                    "Mend that, or start another build: the folder is " + folder);
            }
            List<String> lines = Files.readAllLines(log);
            lines.subList(Math.min(shown, lines.size()), lines.size()).forEach(System.out::println);
            shown = lines.size();
            Pause.aMoment();
        }
    }

    static void note(StoreAddresses addresses, Path folder) {
        addresses.write(folder.resolve(ADDRESSES));
    }

    /** Removes what builds that have ended have left. */
    private static void forget(Path stores) throws IOException {
        try (Stream<Path> folders = Files.list(stores)) {
            for (Path folder : folders.toList()) {
                if (BuildOwner.parse(folder.getFileName().toString()).map(owner -> owner.process().isEmpty()).orElse(false)) {
                    delete(folder);
                }
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // Its stores are still on their way out: the next build removes it.
        }
    }
}
