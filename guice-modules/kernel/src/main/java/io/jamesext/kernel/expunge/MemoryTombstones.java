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

package io.jamesext.kernel.expunge;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MailboxId;

import com.google.common.collect.ImmutableList;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tombstones that end with the process, as James's own messages do on the memory backend. */
public final class MemoryTombstones implements Tombstones {
    private static final Comparator<Tombstone> ORDER = Comparator.comparing(Tombstone::modSeq).thenComparing(Tombstone::id);

    private final Map<MailboxId, ModSeq> floors = new ConcurrentHashMap<>();
    private final Map<MailboxId, NavigableSet<Tombstone>> tombstones = new ConcurrentHashMap<>();

    @Override
    public Mono<ModSeq> floor(MailboxId mailbox) {
        return Mono.defer(() -> Mono.justOrEmpty(floors.get(mailbox)));
    }

    @Override
    public Mono<Void> raiseFloor(MailboxId mailbox, ModSeq floor) {
        return Mono.fromRunnable(() -> floors.merge(mailbox, floor, (was, is) -> was.compareTo(is) < 0 ? is : was));
    }

    @Override
    public Mono<Void> put(MailboxId mailbox, List<Tombstone> more) {
        return Mono.fromRunnable(() -> {
            tombstones.computeIfAbsent(mailbox, id -> new ConcurrentSkipListSet<>(ORDER)).addAll(more);
        });
    }

    @Override
    public Flux<Tombstone> after(MailboxId mailbox, ModSeq since) {
        return Flux.defer(() -> Flux.fromIterable(List.copyOf(of(mailbox).tailSet(first(since.next())))));
    }

    @Override
    public Flux<Tombstone> latest(MailboxId mailbox, int count) {
        return Flux.defer(() -> Flux.fromIterable(of(mailbox).descendingSet())).take(count);
    }

    @Override
    public Mono<ModSeq> before(MailboxId mailbox, int latest) {
        return latest(mailbox, latest + 1).skip(latest).next().map(Tombstone::modSeq);
    }

    @Override
    public Mono<Void> removeUpTo(MailboxId mailbox, ModSeq last) {
        return Mono.fromRunnable(() -> of(mailbox).headSet(first(last.next())).clear());
    }

    @Override
    public Mono<Void> drop(MailboxId mailbox) {
        return Mono.fromRunnable(() -> {
            floors.remove(mailbox);
            tombstones.remove(mailbox);
        });
    }

    /** Not behind any tombstone of that mod-sequence. */
    private static Tombstone first(ModSeq modSeq) {
        return new Tombstone(modSeq, new UUID(Long.MIN_VALUE, Long.MIN_VALUE), ImmutableList.of());
    }

    private NavigableSet<Tombstone> of(MailboxId mailbox) {
        NavigableSet<Tombstone> kept = tombstones.get(mailbox);
        return kept == null ? new ConcurrentSkipListSet<>(ORDER) : kept;
    }
}
