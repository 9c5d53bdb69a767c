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

import reactor.core.publisher.Mono;

/** Modes that end with the process, as James's own users do on the memory backend. */
final class MemoryModeTable implements ModeTable {
    private final Map<Username, Mode> modes = new ConcurrentHashMap<>();

    @Override
    public Mono<Mode> find(Username user) {
        return Mono.fromCallable(() -> modes.get(user));
    }

    @Override
    public Mono<Void> put(Username user, Mode mode) {
        return Mono.fromRunnable(() -> modes.put(user, mode));
    }

    @Override
    public Mono<Void> remove(Username user) {
        return Mono.fromRunnable(() -> modes.remove(user));
    }
}
