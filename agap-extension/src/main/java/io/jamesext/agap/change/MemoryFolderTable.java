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
package io.jamesext.agap.change;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import org.apache.james.core.Username;

import com.google.common.collect.ImmutableList;

import reactor.core.publisher.Mono;

/** The index beside mailboxes in memory: it ends with the process, as they do. */
final class MemoryFolderTable implements FolderTable {
    private final Map<Username, Partition> partitions = new ConcurrentHashMap<>();

    private static final class Partition {
        private long clock;
        private long root;
        private final Map<String, FolderRow> folders = new ConcurrentHashMap<>();
        private final Map<String, Long> left = new ConcurrentHashMap<>();

        private synchronized Account account() {
            return new Account(clock, root, ImmutableList.copyOf(folders.values()));
        }

        private synchronized void raise(long newClock, long newRoot) {
            clock = Math.max(clock, newClock);
            root = Math.max(root, newRoot);
        }
    }

    @Override
    public Mono<Account> account(Username user) {
        return Mono.defer(() -> Mono.justOrEmpty(known(user).map(Partition::account)));
    }

    @Override
    public Mono<FolderRow> folder(Username user, String mailbox) {
        return Mono.defer(() -> Mono.justOrEmpty(of(user).folders.get(mailbox)));
    }

    @Override
    public Mono<Boolean> knows(Username user) {
        return Mono.fromCallable(() -> known(user).isPresent());
    }

    @Override
    public Mono<Void> raiseClock(Username user, long clock) {
        return Mono.fromRunnable(() -> of(user).raise(clock, 0));
    }

    @Override
    public Mono<Void> raiseRoot(Username user, long root) {
        return Mono.fromRunnable(() -> of(user).raise(0, root));
    }

    @Override
    public Mono<Void> add(Username user, String mailbox, String name, long seed) {
        return Mono.fromRunnable(() -> of(user).folders.putIfAbsent(mailbox, new FolderRow(mailbox, name, seed, 0, 0, 0, 0)));
    }

    @Override
    public Mono<Void> rename(Username user, String mailbox, String name) {
        return change(user, mailbox, row -> row.renamed(name));
    }

    @Override
    public Mono<Void> reseed(Username user, String mailbox, long seed) {
        return change(user, mailbox, row -> row.seed() < seed ? row.reseeded(seed) : row);
    }

    @Override
    public Mono<Void> leave(Username user, Map<String, Long> names) {
        return Mono.fromRunnable(() -> of(user).left.putAll(names));
    }

    @Override
    public Mono<Map<String, Long>> left(Username user) {
        return Mono.fromCallable(() -> Map.copyOf(of(user).left));
    }

    @Override
    public Mono<Void> raise(Username user, FolderRow folder, long modSeq, long lastUid) {
        return change(user, folder.mailbox(), row -> row.counted(new Counts(modSeq, lastUid)));
    }

    @Override
    public Mono<Void> renumber(Username user, String mailbox, long ucid, long uidValidity) {
        return change(user, mailbox, row -> ucid > row.ucid() ? row.renumbered(ucid, uidValidity) : row);
    }

    @Override
    public Mono<Void> remove(Username user, String mailbox) {
        return Mono.fromRunnable(() -> of(user).folders.remove(mailbox));
    }

    private Mono<Void> change(Username user, String mailbox, UnaryOperator<FolderRow> change) {
        return Mono.fromRunnable(() -> of(user).folders.computeIfPresent(mailbox, (id, row) -> change.apply(row)));
    }

    private Optional<Partition> known(Username user) {
        return Optional.ofNullable(partitions.get(user)).filter(partition -> partition.account().clock() > 0);
    }

    private Partition of(Username user) {
        return partitions.computeIfAbsent(user, name -> new Partition());
    }
}
