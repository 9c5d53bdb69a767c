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
package io.jamesext.ximss.table;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import reactor.core.publisher.Mono;

/** Claims within one process. */
final class MemoryReplacements implements Replacements {
    private final ConcurrentMap<Claimed, Claim> claims = new ConcurrentHashMap<>();
    private final Duration lease;

    MemoryReplacements(Duration lease) {
        this.lease = lease;
    }

    private record Claimed(String what, long number) {
    }

    private record Claim(UUID owner, long endNanos) {
        boolean hasEnded() {
            return System.nanoTime() - endNanos >= 0;
        }
    }

    @Override
    public Mono<Boolean> claim(String what, long number, UUID owner) {
        return Mono.fromSupplier(() -> {
            Claim claim = new Claim(owner, System.nanoTime() + lease.toNanos());
            return claims.merge(new Claimed(what, number), claim, (old, mine) -> old.hasEnded() ? mine : old).equals(claim);
        });
    }

    @Override
    public Mono<Void> release(String what, long number, UUID owner) {
        return Mono.fromRunnable(() -> claims.computeIfPresent(new Claimed(what, number),
            (claimed, claim) -> claim.owner.equals(owner) ? null : claim));
    }
}
