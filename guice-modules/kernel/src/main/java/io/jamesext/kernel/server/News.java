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
package io.jamesext.kernel.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.james.metrics.api.MetricFactory;

import com.google.common.collect.ImmutableList;

/** Replies that no request asked for, waiting for their turn: bounded, the newest of each key only. Safe from any thread. */
public final class News<R> {
    /** So many different pieces of news may wait for a client that does not read. */
    private static final int MAX_KEYS = 1000;

    private final Map<Object, R> waiting = new LinkedHashMap<>();
    private final Runnable overflowed;
    private boolean lost;

    /**
     * @param overflowed told each time that what waits is dropped
     */
    News(Runnable overflowed) {
        this.overflowed = overflowed;
    }

    /** Of a protocol's client; what is dropped is counted as {@code <protocol>-newsLost}. */
    static <R> News<R> counted(String protocol, MetricFactory metrics) {
        return new News<>(() -> metrics.generate(protocol + "-newsLost").increment());
    }

    /** True when nothing waited before, so that somebody has to be told. */
    public synchronized boolean add(Object key, R reply) {
        boolean first = waiting.isEmpty() && !lost;
        if (waiting.size() >= MAX_KEYS && !waiting.containsKey(key)) {
            waiting.clear();
            lost = true;
            overflowed.run();
        } else if (!lost) {
            waiting.put(key, reply);
        }
        return first;
    }

    /** What waits, in order; or, when some was dropped, the one word for that. */
    public synchronized List<R> drain(Optional<R> whenLost) {
        List<R> drained = lost ? whenLost.stream().toList() : ImmutableList.copyOf(waiting.values());
        waiting.clear();
        lost = false;
        return drained;
    }
}
