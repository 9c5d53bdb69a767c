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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * A server program in a process of its own, with a folder that holds its {@code pid} and its {@code logs/}.
 *
 * <p>A small shell stands between this process and the program and holds the reading end of a pipe from here: when the pipe closes,
 * whether by {@link #close()} or because this process was killed, it ends the program, first kindly, then for good. So the program is
 * never left behind.
 */
public final class SupervisedProcess implements AutoCloseable {
    /** A little more than the 30 seconds that the shell gives the program. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(32);
    /** A process that started this long after its pid was noted is another one that has got the same number. */
    private static final Duration NOTED_LATE = Duration.ofSeconds(2);
    private static final int ERROR_LINES = 12;
    private static final int ERROR_LINE_LENGTH = 400;

    /**
     * Ctrl-C reaches the whole process group: the shell sits it out, and the program is not in it, where there is a {@code setsid}. Else
     * it is a job in the background, which Java programs respect and RabbitMQ does not.
     */
    private static final String SUPERVISOR = String.join("\n",
        "exec 3<&0",
        "trap : INT HUP TERM",
        "command -v setsid >/dev/null && set -- setsid \"$@\"",
        "\"$@\" </dev/null 3<&- &",
        "program=$!",
        "echo $program >pid",
        "{ cat <&3 >/dev/null",
        "  kill \"$program\" 2>/dev/null",
        "  fifths=0",
        "  while [ $fifths -lt 150 ]; do",
        "    kill -0 \"$program\" 2>/dev/null || exit 0",
        "    sleep 0.2",
        "    fifths=$((fifths + 1))",
        "  done",
        "  kill -9 \"$program\" 2>/dev/null",
        "} &",
        "exec 3<&-",
        "wait \"$program\"; code=$?",
        "while kill -0 \"$program\" 2>/dev/null; do wait \"$program\"; code=$?; done",
        "exit $code");

    private final Process process;
    private final Path folder;

    private SupervisedProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts a program whose working directory is this folder; what it prints goes to {@code logs/console.log} in it. */
    public static SupervisedProcess start(String title, Path folder, List<String> command, Map<String, String> environment) {
        awaitFormer(title, folder, LONGEST_STOP);
        try {
            Files.createDirectories(folder.resolve("logs"));
            List<String> supervised = new ArrayList<>(List.of("/bin/sh", "-c", SUPERVISOR, title));
            supervised.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(supervised)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console(folder).toFile());
            builder.environment().putAll(environment);
            return new SupervisedProcess(builder.start(), folder);
        } catch (IOException e) {
            throw new LaunchFailure(title + " could not be started: " + e.getMessage(),
                "Check that " + folder + " can be written, and that /bin/sh and " + command.get(0) + " can be run", e);
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** The program itself, once it has started. */
    public Optional<ProcessHandle> program() {
        return former(folder);
    }

    /** Returns when the program has ended. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Runs this when the program has ended. */
    public void onEnd(Runnable then) {
        process.onExit().thenRun(then);
    }

    /** Stops the program and returns when it is gone. */
    @Override
    public void close() {
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

    /** What the program prints. */
    public Path console() {
        return console(folder);
    }

    /**
     * The last error in a log, or else the first lines on the console, without the lines that only say where in the code it was: each
     * on a line of its own, or nothing.
     */
    public String lastWords(Path log) {
        List<String> lines = lines(log);
        int last = IntStream.range(0, lines.size())
            .filter(line -> lines.get(line).toLowerCase(Locale.ROOT).contains("[error]"))
            .max()
            .orElse(-1);
        List<String> said = (last < 0 ? lines(console()) : lines.subList(last, lines.size())).stream()
            .filter(line -> !line.isBlank() && !line.matches("\\s+(at |\\.\\.\\. ).*"))
            .map(line -> line.length() > ERROR_LINE_LENGTH ? line.substring(0, ERROR_LINE_LENGTH) + "..." : line)
            .limit(ERROR_LINES)
            .toList();
        return said.isEmpty() ? "" : ":\n    " + String.join("\n    ", said);
    }

    /** A killed launcher's program may still be on its way out, and two of them on one folder would spoil it. */
    static void awaitFormer(String title, Path folder, Duration patience) {
        former(folder).ifPresent(former -> {
            try {
                former.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                throw new LaunchFailure(title + " runs in " + folder + " already, as process " + former.pid(),
                    "Stop it where it was started, or end it: kill " + former.pid(), e);
            }
        });
    }

    private static Optional<ProcessHandle> former(Path folder) {
        Path note = folder.resolve("pid");
        try {
            Instant noted = Files.getLastModifiedTime(note).toInstant().plus(NOTED_LATE);
            String pid = Files.readString(note).strip();
            return pid.matches("\\d{1,18}") ? ProcessHandle.of(Long.parseLong(pid)).filter(process -> startedBefore(process, noted))
                : Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean startedBefore(ProcessHandle process, Instant instant) {
        return process.isAlive() && process.info().startInstant().map(start -> start.isBefore(instant)).orElse(true);
    }

    private static Path console(Path folder) {
        return folder.resolve("logs/console.log");
    }

    private static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
