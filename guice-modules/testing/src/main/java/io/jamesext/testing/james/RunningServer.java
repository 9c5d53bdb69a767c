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
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

import io.jamesext.stores.LaunchFailure;

/**
 * The note in the working directory that says on which ports the server there answers.
 * It is held with a lock, which ends with its writer.
 */
public final class RunningServer implements AutoCloseable {
    private static final String NOTE = "ports.properties";
    private static final String LOCK = "lock";

    private final Path data;
    private final FileChannel channel;

    private RunningServer(Path data, FileChannel channel) {
        this.data = data;
        this.channel = channel;
    }

    /** Takes the working directory for this process. */
    public static RunningServer claim(Path data) {
        try {
            Files.createDirectories(data);
            FileChannel channel = FileChannel.open(data.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locks(channel)) {
                channel.close();
                throw new LaunchFailure("A James runs in " + data + " already",
                    "Stop it with Ctrl-C where it was started, or choose another directory with --data DIR");
            }
            return new RunningServer(data, channel);
        } catch (IOException e) {
            throw unwritable(data, e);
        }
    }

    /** Writes down the ports, once the server answers on them. */
    public void announce(Ports ports) {
        Properties properties = new Properties();
        ports.byListener().forEach((listener, port) -> properties.setProperty(listener.name(), Integer.toString(port)));
        try (Writer writer = Files.newBufferedWriter(data.resolve(NOTE))) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw unwritable(data, e);
        }
    }

    /** The port of a listener of the server that runs in this directory. */
    public static int port(Path data, Listener listener) {
        Properties properties = new Properties();
        try (FileChannel channel = FileChannel.open(data.resolve(LOCK), StandardOpenOption.WRITE);
             Reader reader = Files.newBufferedReader(data.resolve(NOTE))) {
            if (locks(channel)) {
                throw none(data);
            }
            properties.load(reader);
            return Integer.parseInt(properties.getProperty(listener.name()));
        } catch (IOException e) {
            throw none(data);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(data.resolve(NOTE));
        channel.close();
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static LaunchFailure none(Path data) {
        return new LaunchFailure("No James runs in " + data,
            "Start one with ./james run in another terminal (with the same --data, if any)");
    }

    private static LaunchFailure unwritable(Path data, IOException reason) {
        return new LaunchFailure("The working directory " + data + " cannot be written: " + reason,
            "Make it writable, or choose another one with --data DIR", reason);
    }
}
