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
package io.jamesext.lemonade.imap.mailbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Reads that many want at once, done once for all of them. Whoever asks gets the outcome of a read that began no earlier than that: who
 * comes during one waits for the next.
 *
 * @param <K> what is read
 * @param <V> its outcome
 */
final class SharedReads<K, V> {
    private final Set<K> running = new HashSet<>();
    private final Map<K, Next<V>> waiting = new HashMap<>();

    /** A read that begins when the one before has ended. */
    private record Next<V>(Sinks.Empty<Void> begin, Mono<V> outcome) {
    }

    /** The outcome of this read, or of the same one by another who asked as late. It goes on to its end whoever leaves. */
    Mono<V> of(K key, Mono<V> read) {
        return Mono.defer(() -> join(key, read));
    }

    private synchronized Mono<V> join(K key, Mono<V> read) {
        return running.add(key) ? turn(key, read) : waiting.computeIfAbsent(key, ignored -> next(key, read)).outcome();
    }

    private Mono<V> turn(K key, Mono<V> read) {
        return read.doOnTerminate(() -> end(key)).cache();
    }

    private Next<V> next(K key, Mono<V> read) {
        Sinks.Empty<Void> begin = Sinks.empty();
        // On a thread of its own: reads that end at once would end within each other, as deep as there are clients.
        return new Next<>(begin, turn(key, begin.asMono().publishOn(Blocking.SCHEDULER).then(read)));
    }

    private synchronized void end(K key) {
        Next<V> next = waiting.remove(key);
        if (next == null) {
            running.remove(key);
        } else {
            next.begin().tryEmitEmpty();
        }
    }
}
