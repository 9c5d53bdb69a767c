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
package io.jamesext.converter;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.jamesext.converter.Outcome.Result;

/** A JVM that converts, and the talk with it. For one thread at a time, but for {@link #kill}. */
final class ConverterProcess implements Closeable {
    private static final int EXIT_SECONDS = 10;

    private final Path directory;
    private final Process process;
    private final DataOutputStream tasks;
    private final DataInputStream answers;

    private ConverterProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.tasks = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /** Starts one; it is to be asked whether it is ready. */
    static ConverterProcess start(List<Path> classPath, int memoryMegabytes) throws IOException {
        Path directory = TemporaryDirectories.create();
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + memoryMegabytes + "m", "-XX:MaxMetaspaceSize=128m", "-XX:MaxDirectMemorySize=16m", "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
            // What the JVM itself has to say must not get among the answers.
            "-Xlog:disable", "-XX:+DisplayVMOutputToStderr", "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + directory, "-cp", String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()),
            ConverterMain.class.getName());
        builder.directory(directory.toFile());
        // The server's environment may hold its secrets.
        builder.environment().clear();
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return new ConverterProcess(directory, builder.start());
        } catch (IOException e) {
            TemporaryDirectories.delete(directory);
            throw e;
        }
    }

    /** Waits until it can take tasks; throws where it cannot. */
    void awaitReady() throws IOException {
        if (answers.readByte() != ConverterMain.READY) {
            throw new IOException("the converter does not start");
        }
    }

    /** Does a task. Throws when the process has died. */
    Outcome convert(Task task, Task.Bounds bounds) throws IOException {
        task.writeTo(tasks, bounds);
        int result = answers.readUnsignedByte();
        int length = answers.readInt();
        if (result >= Result.values().length || length < 0 || length > bounds.maxOutputBytes()) {
            // A decoder that has been taken over must not fill our heap either.
            throw new IOException("the converter answers nonsense");
        }
        byte[] content = new byte[length];
        answers.readFully(content);
        return new Outcome(Result.values()[result], content);
    }

    /** How it ended; ends it where it does not by itself. */
    int exitCode() {
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once, whatever it does; who waits for an answer gets an exception. */
    void kill() {
        process.destroyForcibly();
    }

    /** Ends it and removes its directory. */
    @Override
    public void close() {
        kill();
        try {
            process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        TemporaryDirectories.delete(directory);
    }
}
