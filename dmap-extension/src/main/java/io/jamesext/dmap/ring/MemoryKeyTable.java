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
import java.util.concurrent.ConcurrentHashMap;

import org.apache.james.core.Username;

import io.jamesext.dmap.dime.signet.Fingerprint;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keys that end with the process, as James's own users do on the memory backend. */
final class MemoryKeyTable implements KeyTable {
    private final Map<Username, Map<Fingerprint, RingKey>> keys = new ConcurrentHashMap<>();

    @Override
    public Mono<Boolean> add(Username user, RingKey key) {
        return Mono.fromCallable(() -> of(user).putIfAbsent(key.id(), key) == null);
    }

    @Override
    public Mono<RingKey> find(Username user, Fingerprint id) {
        return Mono.fromCallable(() -> of(user).get(id));
    }

    @Override
    public Flux<RingKey> all(Username user) {
        return Flux.defer(() -> Flux.fromIterable(of(user).values()));
    }

    @Override
    public Mono<Void> remove(Username user, Fingerprint id) {
        return Mono.fromRunnable(() -> of(user).remove(id));
    }

    private Map<Fingerprint, RingKey> of(Username user) {
        return keys.computeIfAbsent(user, name -> new ConcurrentHashMap<>());
    }
}
