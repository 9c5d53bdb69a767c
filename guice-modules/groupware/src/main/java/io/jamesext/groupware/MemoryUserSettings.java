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
package io.jamesext.groupware;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

import org.apache.james.core.Username;

import com.google.common.collect.ImmutableSortedMap;

import reactor.core.publisher.Mono;

/** Settings that end with the process, as James's own users do on the memory backend. */
public final class MemoryUserSettings implements UserSettings {
    private final ConcurrentMap<Owner, ConcurrentSkipListMap<String, String>> settings = new ConcurrentHashMap<>();

    private record Owner(Username user, Kind kind) {
    }

    @Override
    public Mono<Map<String, String>> all(Username user, Kind kind) {
        return Mono.fromCallable(() -> ImmutableSortedMap.copyOf(of(user, kind)));
    }

    @Override
    public Mono<String> find(Username user, Kind kind, String name) {
        return Mono.fromSupplier(() -> of(user, kind).get(name));
    }

    @Override
    public Mono<Void> put(Username user, Kind kind, String name, String value) {
        return Mono.fromRunnable(() -> of(user, kind).put(name, value));
    }

    @Override
    public Mono<Boolean> replace(Username user, Kind kind, String name, Optional<String> expected, String value) {
        return Mono.fromCallable(() -> expected.isPresent() ? of(user, kind).replace(name, expected.get(), value)
            : of(user, kind).putIfAbsent(name, value) == null);
    }

    @Override
    public Mono<Void> remove(Username user, Kind kind, String name) {
        return Mono.fromRunnable(() -> of(user, kind).remove(name));
    }

    @Override
    public Mono<Void> clear(Username user) {
        return Mono.fromRunnable(() -> settings.keySet().removeIf(owner -> owner.user.equals(user)));
    }

    private ConcurrentSkipListMap<String, String> of(Username user, Kind kind) {
        return settings.computeIfAbsent(new Owner(user, kind), owner -> new ConcurrentSkipListMap<>());
    }
}
