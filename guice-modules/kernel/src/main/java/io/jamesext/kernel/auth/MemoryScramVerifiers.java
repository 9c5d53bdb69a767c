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
package io.jamesext.kernel.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.james.core.Username;

import reactor.core.publisher.Mono;

/** Verifiers that end with the process, as James's own users do on the memory backend. */
public final class MemoryScramVerifiers implements ScramVerifiers {
    private final Map<Username, ScramVerifier> verifiers = new ConcurrentHashMap<>();

    @Override
    public Mono<ScramVerifier> find(Username user) {
        return Mono.justOrEmpty(verifiers.get(user));
    }

    @Override
    public Mono<Void> put(Username user, ScramVerifier verifier) {
        return Mono.fromRunnable(() -> verifiers.put(user, verifier));
    }

    @Override
    public Mono<Void> remove(Username user, ScramVerifier verifier) {
        return Mono.fromRunnable(() -> verifiers.remove(user, verifier));
    }
}
