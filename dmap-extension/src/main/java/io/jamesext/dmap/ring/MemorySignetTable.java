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
package io.jamesext.dmap.ring;

import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import org.apache.james.core.Username;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Rings that end with the process, as James's own users do on the memory backend. */
final class MemorySignetTable implements SignetTable {
    private final Map<Username, NavigableMap<String, Pinned>> rings = new ConcurrentHashMap<>();

    @Override
    public Mono<Void> put(Username user, Pinned pinned) {
        return Mono.fromRunnable(() -> of(user).put(pinned.address(), pinned));
    }

    @Override
    public Mono<Pinned> find(Username user, String address) {
        return Mono.fromCallable(() -> of(user).get(address));
    }

    @Override
    public Flux<Pinned> all(Username user) {
        return Flux.defer(() -> Flux.fromIterable(of(user).values()));
    }

    @Override
    public Mono<Void> remove(Username user, String address) {
        return Mono.fromRunnable(() -> of(user).remove(address));
    }

    private NavigableMap<String, Pinned> of(Username user) {
        return rings.computeIfAbsent(user, name -> new ConcurrentSkipListMap<>());
    }
}
