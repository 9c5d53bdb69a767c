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
package io.jamesext.testing.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process holds in memory, as {@code ps} says it. */
public final class ResidentMemory {
    private static final double KIB_IN_A_MIB = 1024;

    private ResidentMemory() {
    }

    /** Of this process and those that it has started, in MiB. */
    public static double of(ProcessHandle process) throws IOException {
        String pids = Stream.concat(Stream.of(process), process.descendants())
            .map(one -> Long.toString(one.pid()))
            .collect(Collectors.joining(","));
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", pids).start();
        long kib = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).lines()
            .mapToLong(line -> Long.parseLong(line.strip()))
            .sum();
        if (kib == 0) {
            throw new IOException("ps does not know the processes " + pids);
        }
        return kib / KIB_IN_A_MIB;
    }
}
