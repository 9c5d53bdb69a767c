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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;

/**
 * A stock {@code MemoryJamesServerMain} in a process of its own.
 *
 * <p>A small shell stands between this process and James and holds the reading end of a pipe from here: when the pipe closes, whether by
 * {@link #close()} or because this process was killed, it ends James, first kindly, then for good. So James is never left behind.
 */
public final class JamesProcess implements AutoCloseable {
    private static final String MAIN = "org.apache.james.MemoryJamesServerMain";
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);
    /** A little more than the 30 seconds that the shell gives James. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(32);
    private static final int ERROR_LINES = 12;
    private static final int ERROR_LINE_LENGTH = 400;

    /** Ctrl-C reaches the whole process group: the shell sits it out, and James, as a job in the background, does not see it. */
    private static final String SUPERVISOR = String.join("\n",
        "exec 3<&0",
        "trap : INT HUP TERM",
        "\"$@\" </dev/null 3<&- &",
        "james=$!",
        "{ cat <&3 >/dev/null",
        "  kill \"$james\" 2>/dev/null",
        "  fifths=0",
        "  while [ $fifths -lt 150 ]; do",
        "    kill -0 \"$james\" 2>/dev/null || exit 0",
        "    sleep 0.2",
        "    fifths=$((fifths + 1))",
        "  done",
        "  kill -9 \"$james\" 2>/dev/null",
        "} &",
        "exec 3<&-",
        "wait \"$james\"; code=$?",
        "while kill -0 \"$james\" 2>/dev/null; do wait \"$james\"; code=$?; done",
        "exit $code");

    private final Process process;
    private final WorkingDirectory directory;
    private volatile boolean stopping;

    private JamesProcess(Process process, WorkingDirectory directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Starts James on this directory and returns at once; see {@link #awaitListeners}. */
    public static JamesProcess start(Installation installation, WorkingDirectory directory) {
        for (Listener listener : directory.listeners()) {
            int port = directory.ports().of(listener);
            if (!Ports.isFree(port)) {
                throw new LaunchFailure("Port " + port + " (" + listener.title() + ") is taken",
                    "Stop the program that listens there (ss -ltnp 'sport = :" + port + "' shows it),"
                        + " or use other ports: --ports free, or --ports 20000");
            }
        }
        Path path = directory.path().toAbsolutePath();
        List<String> command = ImmutableList.<String>builder()
            .add("/bin/sh", "-c", SUPERVISOR, "james")
            .add(Java.executable(), "-Xmx512m", "-Djava.net.preferIPv4Stack=true", "-Djdk.tls.ephemeralDHKeySize=2048")
            .add("-Dworking.directory=" + path)
            .add("-Dlogback.configurationFile=" + path.resolve("conf/logback.xml"))
            .add("-Dextra.props=" + path.resolve("conf/jvm.properties"))
            .add(MAIN, "--generate-keystore")
            .build();
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                .directory(path.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.console().toFile());
            builder.environment().put("CLASSPATH", installation.classPath());
            return new JamesProcess(builder.start(), directory);
        } catch (IOException e) {
            throw new LaunchFailure("James could not be started: " + e.getMessage(),
                "Check that /bin/sh and " + Java.executable() + " can be run", e);
        }
    }

    /** Waits until every listener has answered, with a line of progress every two seconds. */
    public void awaitListeners(Consumer<String> progress) {
        long start = System.nanoTime();
        Duration next = PROGRESS_EVERY;
        Set<Listener> silent = directory.listeners();
        while (true) {
            silent = SignOfLife.missing(silent, directory.ports());
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            if (silent.isEmpty()) {
                return;
            }
            if (!process.isAlive()) {
                throw died("James ended while it was starting");
            }
            if (elapsed.compareTo(LONGEST_START) > 0) {
                throw died("James did not answer on " + titles(silent) + " within " + LONGEST_START.toSeconds() + " s");
            }
            if (elapsed.compareTo(next) >= 0) {
                progress.accept("starting James: " + elapsed.toSeconds() + " s, waiting for " + titles(silent));
                next = next.plus(PROGRESS_EVERY);
            }
            pause();
        }
    }

    /** Returns when James was stopped; fails when it has ended by itself. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
        if (!stopping) {
            throw died("James has ended by itself");
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    public WorkingDirectory directory() {
        return directory;
    }

    /** Stops James and returns when it is gone. */
    @Override
    public void close() {
        stopping = true;
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.descendants().forEach(ProcessHandle::destroy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private LaunchFailure died(String what) {
        List<String> lines = lastError();
        String shown = lines.isEmpty() ? "" : ":\n    " + String.join("\n    ", lines);
        return new LaunchFailure(what + shown, "The whole log is in " + directory.log() + " and " + directory.console());
    }

    /** The last error in the log without the lines that only say where in the code it was. */
    private List<String> lastError() {
        List<String> log = lines(directory.log());
        int last = Iterables.getLast(errorStarts(log), -1);
        List<String> from = last < 0 ? lines(directory.console()) : log.subList(last, log.size());
        List<String> said = from.stream()
            .filter(line -> !line.isBlank() && !line.matches("\\s+(at |\\.\\.\\. ).*"))
            .map(line -> line.length() > ERROR_LINE_LENGTH ? line.substring(0, ERROR_LINE_LENGTH) + "..." : line)
            .toList();
        return said.subList(0, Math.min(said.size(), ERROR_LINES));
    }

    private static List<Integer> errorStarts(List<String> log) {
        return IntStream.range(0, log.size())
            .filter(line -> log.get(line).contains("[ERROR]"))
            .boxed()
            .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String titles(Set<Listener> listeners) {
        return String.join(", ", listeners.stream().map(Listener::title).toList());
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while James was starting", e);
        }
    }
}
