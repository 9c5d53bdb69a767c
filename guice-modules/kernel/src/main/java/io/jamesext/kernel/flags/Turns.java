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

package io.jamesext.kernel.flags;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Lets work on the same thing be done one after the other, in the order in which it comes; no thread waits. */
final class Turns<K> {
    private final Map<K, Sinks.Empty<Void>> last = new ConcurrentHashMap<>();

    /** The same work when its turn has come. */
    <T> Mono<T> inTurn(K key, Mono<T> work) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> mine = Sinks.empty();
            Sinks.@Nullable Empty<Void> before = last.put(key, mine);
            // On a thread of its own: the one that ends its turn would else do the work of all that wait, one within the other.
            Mono<Void> turn = before == null ? Mono.empty() : before.asMono().publishOn(Schedulers.boundedElastic());
            return turn.then(work).doFinally(signal -> end(key, mine, before));
        });
    }

    /** Whoever gives up waiting passes the turn on only when it would have come. */
    private void end(K key, Sinks.Empty<Void> mine, Sinks.@Nullable Empty<Void> before) {
        Mono<Void> turn = before == null ? Mono.empty() : before.asMono();
        turn.doOnTerminate(() -> {
            last.remove(key, mine);
            mine.tryEmitEmpty();
        }).subscribe();
    }
}
