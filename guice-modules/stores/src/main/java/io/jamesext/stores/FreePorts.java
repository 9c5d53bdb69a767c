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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Loopback ports that nobody listens on. A server may bind its ports a minute after it was given them, so the processes of a user keep in
 * a file which ports were given last: a port is given again only when all others had their turn.
 */
public final class FreePorts {
    /** Below the range from which Linux takes the ports of outgoing connections, so that none of those can be in the way later. */
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final Path LAST_GIVEN =
        Path.of(System.getProperty("java.io.tmpdir"), "jamesext-ports-" + System.getProperty("user.name"));

    private FreePorts() {
    }

    /** So many different ones that are free now. */
    public static List<Integer> take(int count) {
        int first = inARow(count);
        return IntStream.range(first, first + count).boxed().toList();
    }

    /** The first of so many in a row that are free now. A file lock is of the whole process, hence one thread at a time. */
    public static synchronized int inARow(int count) {
        try (FileChannel file = FileChannel.open(LAST_GIVEN, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            // Ends when the file is closed.
            file.lock();
            int first = freeRow(next(file), count);
            file.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, first + count), 0);
            return first;
        } catch (IOException e) {
            throw new UncheckedIOException("The ports given last cannot be kept in " + LAST_GIVEN, e);
        }
    }

    /** Whether a server could listen on this loopback port. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int next(FileChannel file) throws IOException {
        ByteBuffer kept = ByteBuffer.allocate(Integer.BYTES);
        file.read(kept, 0);
        return kept.hasRemaining() ? ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST) : kept.getInt(0);
    }

    private static int freeRow(int start, int count) {
        int first = start;
        for (int tried = LOWEST; tried < HIGHEST; tried++) {
            if (first < LOWEST || first > HIGHEST - count) {
                first = LOWEST;
            }
            if (IntStream.range(first, first + count).allMatch(FreePorts::isFree)) {
                return first;
            }
            first++;
        }
        throw new LaunchFailure("There are too few free ports between " + LOWEST + " and " + HIGHEST, "Stop some servers");
    }
}
