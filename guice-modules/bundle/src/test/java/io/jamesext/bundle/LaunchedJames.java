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

import com.google.common.collect.ImmutableList;

import io.jamesext.stores.FreePorts;
import io.jamesext.stores.SupervisedProcess;
import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.StockJames;

/** {@code ./james run} as a person starts it, in a process of its own that a test can end in any way and that ends with the test. */
final class LaunchedJames implements AutoCloseable {
    /** Of one server. */
    static final int PORTS = Listener.values().length;
    /** For all JVMs that it starts: none of them lives long enough for more to pay. */
    private static final Map<String, String> QUICK_START = Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    private static final Duration LONGEST_START = Duration.ofMinutes(8);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(90);

    private final SupervisedProcess launcher;
    private final Path data;

    private LaunchedJames(SupervisedProcess launcher, Path data) {
        this.launcher = launcher;
        this.data = data;
    }

    /** The first of as many free ports as so many servers need, {@link #PORTS} for each. */
    static int firstOfFreePorts(int servers) {
        return FreePorts.inARow(servers * PORTS);
    }

    /** Starts it and returns when every listener has answered. */
    static LaunchedJames run(Path data, int firstPort, String... options) throws IOException, InterruptedException {
        Files.createDirectories(data);
        List<String> command = command(ImmutableList.<String>builder()
            .add("run", "--data", data.toString(), "--ports", Integer.toString(firstPort))
            .add(options)
            .build());
        LaunchedJames james = new LaunchedJames(
            SupervisedProcess.start("launcher", Files.createTempDirectory(data, "launcher"), command, QUICK_START), data);
        try {
            james.awaitStart();
            return james;
        } catch (RuntimeException | IOException | InterruptedException e) {
            james.close();
            throw e;
        }
    }

    private static List<String> command(List<String> commandLine) throws IOException {
        Path testing = StockJames.project().resolve("guice-modules/testing/target");
        return ImmutableList.<String>builder()
            .add(ProcessHandle.current().info().command().orElse("java"), "-Xmx128m")
            .add("-cp", testing.resolve("classes") + ":" + Files.readString(testing.resolve("launcher.classpath")).strip())
            .add("io.jamesext.testing.james.Launcher", StockJames.project().toString())
            .addAll(commandLine)
            .build();
    }

    /** What {@code ./james cli} prints, told to talk to this server; fails when its exit code is not 0. */
    String cli(List<String> arguments) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(data, "cli", ".log");
        ProcessBuilder builder = new ProcessBuilder(command(ImmutableList.<String>builder()
            .add("cli", "--data", data.toString())
            .addAll(arguments)
            .build())).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().putAll(QUICK_START);
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IOException("./james cli " + arguments + " ended with " + code + ": " + Files.readString(printed));
        }
        return Files.readString(printed);
    }

    /** What {@code kill -9} does to James and its stores, all at once; the launcher sees it and ends. */
    void killServers() throws InterruptedException {
        launcher.program().orElseThrow().descendants().filter(LaunchedJames::isServer).toList().forEach(ProcessHandle::destroyForcibly);
        long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
        while (launcher.isRunning()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the launcher did not see that its servers are gone: " + printed());
            }
            Thread.sleep(100);
        }
    }

    /** What it has shown to its user. */
    String printed() {
        try {
            return Files.readString(launcher.console());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As by Ctrl-C. */
    @Override
    public void close() {
        launcher.close();
    }

    private void awaitStart() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!printed().contains("Stop with Ctrl-C")) {
            if (!launcher.isRunning() || System.nanoTime() > deadline) {
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
