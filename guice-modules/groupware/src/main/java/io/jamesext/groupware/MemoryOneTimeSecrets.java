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

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.apache.james.core.Username;

import reactor.core.publisher.Mono;

/** Secrets that end with the process, as James's own users do on the memory backend. */
public final class MemoryOneTimeSecrets implements OneTimeSecrets {
    private final ConcurrentMap<Username, Secret> secrets = new ConcurrentHashMap<>();

    /** Two with the same hash and other times are not the same, so that the later one stays when the earlier is taken. */
    private record Secret(String hash, long endNanos) {
        boolean lives() {
            // Of nanoTime only differences mean anything.
            return endNanos - System.nanoTime() > 0;
        }
    }

    @Override
    public Mono<Boolean> offer(Username user, String hash, Duration lifetime) {
        return Mono.fromCallable(() -> {
            // What nobody has used goes when another comes.
            secrets.values().removeIf(secret -> !secret.lives());
            return secrets.putIfAbsent(user, new Secret(hash, System.nanoTime() + lifetime.toNanos())) == null;
        });
    }

    @Override
    public Mono<String> find(Username user) {
        return Mono.fromSupplier(() -> secrets.get(user)).filter(Secret::lives).map(Secret::hash);
    }

    @Override
    public Mono<Boolean> take(Username user, String hash) {
        return Mono.fromCallable(() -> {
            Secret secret = secrets.get(user);
            return secret != null && secret.lives() && Objects.equals(secret.hash, hash) && secrets.remove(user, secret);
        });
    }
}
