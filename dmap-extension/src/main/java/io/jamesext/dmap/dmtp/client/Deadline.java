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
package io.jamesext.dmap.dmtp.client;

import java.time.Duration;

import com.google.common.collect.Comparators;

/**
 * When something of several steps has to be over.
 *
 * @param nanoTime by Java's clock of that name
 */
record Deadline(long nanoTime) {
    /** So much later than now. */
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left, at least a millisecond. */
    Duration left() {
        return Comparators.max(Duration.ofMillis(1), Duration.ofNanos(nanoTime - System.nanoTime()));
    }

    boolean isPast() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
