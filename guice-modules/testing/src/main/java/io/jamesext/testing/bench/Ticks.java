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

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A line of progress at the beginning of something, and one every two seconds of it. */
final class Ticks {
    private static final long EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    private final Consumer<String> progress;
    private long next;

    /** Says the first line at once. */
    Ticks(String first, Consumer<String> progress) {
        this.progress = progress;
        this.next = System.nanoTime() + EVERY_NANOS;
        progress.accept(first);
    }

    /** Says this if it is time. */
    void maybe(Supplier<String> line) {
        if (System.nanoTime() - next >= 0) {
            next = System.nanoTime() + EVERY_NANOS;
            progress.accept(line.get());
        }
    }
}
