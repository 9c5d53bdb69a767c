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
package io.jamesext.dmap.submit;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.james.mailbox.model.MessageId;

import com.google.common.cache.CacheBuilder;

import reactor.core.publisher.Mono;

/** Claims beside mailboxes in memory: they end with the process, as those do. */
final class MemorySubmissions implements SubmissionTable {
    private final Map<MessageId, Row> rows = CacheBuilder.newBuilder().expireAfterWrite(KEPT).<MessageId, Row>build().asMap();
    private final Clock clock;

    private record Row(UUID owner, Instant ends, boolean sent) {
    }

    MemorySubmissions(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Mono<Claim> claim(MessageId message, UUID owner) {
        return Mono.fromCallable(() -> {
            AtomicReference<Claim> claim = new AtomicReference<>(Claim.FREE);
            Instant now = clock.instant();
            Row mine = new Row(owner, now.plus(LEASE), false);
            rows.merge(message, mine, (old, anew) -> {
                claim.set(old.ends.isAfter(now) ? Claim.BUSY : old.sent ? Claim.SENT : Claim.ABANDONED);
                return claim.get() == Claim.ABANDONED ? anew : old;
            });
            return claim.get();
        });
    }

    @Override
    public Mono<Void> sent(MessageId message, UUID owner) {
        return Mono.fromRunnable(() -> replace(message, new Row(owner, clock.instant().plus(LEASE), true)));
    }

    @Override
    public Mono<Void> settled(MessageId message, UUID owner) {
        return Mono.fromRunnable(() -> replace(message, new Row(owner, Instant.EPOCH, true)));
    }

    private void replace(MessageId message, Row mine) {
        rows.computeIfPresent(message, (id, row) -> row.owner.equals(mine.owner) ? mine : row);
    }

    @Override
    public Mono<Void> release(MessageId message, UUID owner) {
        return Mono.fromRunnable(() -> rows.computeIfPresent(message, (id, row) -> row.owner.equals(owner) ? null : row));
    }
}
