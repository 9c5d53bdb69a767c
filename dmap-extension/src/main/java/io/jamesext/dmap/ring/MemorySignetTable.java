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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import org.apache.james.core.Username;

import io.jamesext.dmap.dime.signet.Signet;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Rings that end with the process, as James's own users do on the memory backend. */
final class MemorySignetTable implements SignetTable {
    private final Map<Username, NavigableMap<SignetName, Signet>> rings = new ConcurrentHashMap<>();

    @Override
    public Mono<Boolean> put(Username user, SignetName name, Signet signet, Optional<Signet> instead) {
        return Mono.fromCallable(() -> instead.map(old -> of(user).replace(name, old, signet))
            .orElseGet(() -> of(user).putIfAbsent(name, signet) == null));
    }

    @Override
    public Mono<Signet> find(Username user, SignetName name) {
        return Mono.fromCallable(() -> of(user).get(name));
    }

    @Override
    public Flux<SignetName> names(Username user) {
        return Flux.defer(() -> Flux.fromIterable(of(user).keySet()));
    }

    @Override
    public Mono<Boolean> remove(Username user, SignetName name) {
        return Mono.fromCallable(() -> of(user).remove(name) != null);
    }

    private NavigableMap<SignetName, Signet> of(Username user) {
        return rings.computeIfAbsent(user, name -> new ConcurrentSkipListMap<>());
    }
}
