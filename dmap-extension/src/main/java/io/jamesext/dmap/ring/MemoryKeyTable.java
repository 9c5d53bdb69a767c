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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.james.core.Username;

import io.jamesext.dmap.dime.signet.Fingerprint;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keys that end with the process, as James's own users do on the memory backend. */
final class MemoryKeyTable implements KeyTable {
    /** A user's keys. Whoever looks into it or changes it holds its lock. */
    static final class Ring {
        private final Map<Fingerprint, RingKey> keys = new HashMap<>();
        private Optional<Fingerprint> current = Optional.empty();
    }

    /** Of users who have had keys; whoever else is asked for leaves nothing here. */
    final Map<Username, Ring> rings = new ConcurrentHashMap<>();

    @Override
    public Mono<Boolean> add(Username user, RingKey key, Optional<Fingerprint> current, Fingerprint then) {
        return Mono.fromCallable(() -> {
            Ring ring = rings.computeIfAbsent(user, name -> new Ring());
            synchronized (ring) {
                if (!ring.current.equals(current)) {
                    return false;
                }
                ring.keys.put(key.id(), key);
                ring.current = Optional.of(then);
                return true;
            }
        });
    }

    @Override
    public Mono<RingKey> find(Username user, Fingerprint id) {
        return all(user).filter(key -> key.id().equals(id)).next();
    }

    @Override
    public Flux<RingKey> all(Username user) {
        return of(user).flatMapIterable(ring -> {
            synchronized (ring) {
                return List.copyOf(ring.keys.values());
            }
        });
    }

    @Override
    public Mono<Boolean> remove(Username user, Fingerprint id, Optional<Fingerprint> current, Optional<Fingerprint> then) {
        return of(user).map(ring -> {
            synchronized (ring) {
                if (!ring.current.equals(current)) {
                    return false;
                }
                ring.keys.remove(id);
                ring.current = then;
                return true;
            }
        }).defaultIfEmpty(current.isEmpty());
    }

    @Override
    public Mono<Void> removePrivateKeys(Username user, Fingerprint id) {
        return of(user).doOnNext(ring -> {
            synchronized (ring) {
                ring.keys.computeIfPresent(id, (known, key) -> key.with(Optional.empty()));
            }
        }).then();
    }

    private Mono<Ring> of(Username user) {
        return Mono.fromCallable(() -> rings.get(user));
    }
}
