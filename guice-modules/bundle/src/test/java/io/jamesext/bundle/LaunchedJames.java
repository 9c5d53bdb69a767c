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
package io.jamesext.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.google.common.collect.ImmutableList;

import io.jamesext.stores.FreePorts;
import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.StockJames;

/** {@code ./james run} as a person starts it, in a process of its own that a test can end in any way. */
final class LaunchedJames implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(8);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(90);

    /** Below those that the kernel gives out by itself. */
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;

    private final Process launcher;
    private final Path data;
    private final Path output;

    private LaunchedJames(Process launcher, Path data, Path output) {
        this.launcher = launcher;
        this.data = data;
        this.output = output;
    }

    /** The first of as many ports as a James needs, one after the other, that nobody listens on. */
    static int freePorts() {
        int count = Listener.values().length;
        return new Random().ints(FIRST_PORT, LAST_PORT - count)
            .filter(first -> IntStream.range(first, first + count).allMatch(FreePorts::isFree))
            .findFirst()
            .getAsInt();
    }

    /** Starts it and returns when every listener has answered. */
    static LaunchedJames run(Path data, int firstPort, String... options) throws IOException, InterruptedException {
        return run(data, firstPort, Map.of(), options);
    }

    /** The same on a machine that has no RabbitMQ. */
    static LaunchedJames runWithoutRabbitMq(Path data, int firstPort, String... options) throws IOException, InterruptedException {
        return run(data, firstPort, Map.of("JAMESEXT_RABBITMQ", "none"), options);
    }

    private static LaunchedJames run(Path data, int firstPort, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        Files.createDirectories(data);
        Path output = Files.createTempFile(data, "launcher", ".log");
        ProcessBuilder builder = launcher(output, ImmutableList.<String>builder()
            .add("run", "--data", data.toString(), "--ports", Integer.toString(firstPort))
            .add(options)
            .build());
        builder.environment().putAll(environment);
        LaunchedJames james = new LaunchedJames(builder.start(), data, output);
        try {
            james.awaitStart();
            return james;
        } catch (RuntimeException | IOException | InterruptedException e) {
            james.close();
            throw e;
        }
    }

    private static ProcessBuilder launcher(Path output, List<String> commandLine) throws IOException {
        Path project = StockJames.project();
        Path testing = project.resolve("guice-modules/testing/target");
        ProcessBuilder builder = new ProcessBuilder(ImmutableList.<String>builder()
            .add(ProcessHandle.current().info().command().orElse("java"), "-Xmx128m", "io.jamesext.testing.james.Launcher")
            .add(project.toString())
            .addAll(commandLine)
            .build());
        builder.environment().put("CLASSPATH",
            testing.resolve("classes") + ":" + Files.readString(testing.resolve("launcher.classpath")).strip());
        return builder.redirectErrorStream(true).redirectOutput(output.toFile());
    }

    /** What {@code ./james cli} prints, told to talk to this server; fails when its exit code is not 0. */
    String cli(List<String> arguments) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(data, "cli", ".log");
        int code = launcher(printed, ImmutableList.<String>builder()
            .add("cli", "--data", data.toString())
            .addAll(arguments)
            .build()).start().waitFor();
        if (code != 0) {
            throw new IOException("./james cli " + arguments + " ended with " + code + ": " + Files.readString(printed));
        }
        return Files.readString(printed);
    }

    /** What {@code kill -9} does to James and its stores, all at once; the launcher sees it and ends. */
    void killServers() throws InterruptedException {
        List<ProcessHandle> servers = launcher.descendants().filter(LaunchedJames::isServer).toList();
        servers.forEach(ProcessHandle::destroyForcibly);
        if (!launcher.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the launcher did not see that its servers are gone: " + printed());
        }
    }

    /** What it has shown to its user. */
    String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As by Ctrl-C. */
    @Override
    public void close() {
        launcher.destroy();
        try {
            if (!launcher.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                launcher.descendants().forEach(ProcessHandle::destroyForcibly);
                launcher.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitStart() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!printed().contains("Stop with Ctrl-C")) {
            if (!launcher.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("James did not start: " + printed());
            }
            Thread.sleep(100);
        }
    }

    /** The shells that stand between the launcher and the servers are no servers. */
    private static boolean isServer(ProcessHandle process) {
        return process.info().command().filter(command -> command.endsWith("/java") || command.contains("beam")).isPresent();
    }
}
