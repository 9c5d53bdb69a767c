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
package io.jamesext.agap.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

import org.apache.james.core.Username;
import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

/** Presence of the one node that there is, which ends with it. */
public final class MemoryPresenceStore implements PresenceStore {
    private final ConcurrentMap<Username, Entry> entries = new ConcurrentHashMap<>();

    /** Used under its own lock. */
    private static final class Entry {
        private final Map<UUID, Long> leaseEnds = new HashMap<>();
        private final Map<Text, String> texts = new EnumMap<>(Text.class);
        private @Nullable Statement statement;
        private Instant seen = Instant.EPOCH;

        private boolean connected() {
            // Of nanoTime only differences mean anything.
            leaseEnds.values().removeIf(end -> end - System.nanoTime() <= 0);
            return !leaseEnds.isEmpty();
        }

        private synchronized @Nullable Presence presence() {
            return statement == null ? null
                : new Presence(statement, connected(), seen, texts.getOrDefault(Text.STATUS, ""), texts.getOrDefault(Text.AT, ""));
        }
    }

    @Override
    public Mono<Presence> find(Username user) {
        return Mono.fromCallable(() -> {
            Entry entry = entries.get(user);
            return entry == null ? null : entry.presence();
        });
    }

    @Override
    public Mono<Void> announce(Username user, Statement statement) {
        return change(user, entry -> entry.statement = statement);
    }

    @Override
    public Mono<Void> put(Username user, Text text, String value) {
        return change(user, entry -> entry.texts.put(text, value));
    }

    @Override
    public Mono<Void> attend(Username user, UUID connection, Instant now, Duration lease) {
        return change(user, entry -> {
            entry.seen = now;
            entry.leaseEnds.put(connection, System.nanoTime() + lease.toNanos());
        });
    }

    @Override
    public Mono<Void> leave(Username user, UUID connection, Instant now) {
        return change(user, entry -> {
            entry.seen = now;
            entry.leaseEnds.remove(connection);
        });
    }

    private Mono<Void> change(Username user, Consumer<Entry> change) {
        return Mono.fromRunnable(() -> {
            Entry entry = entries.computeIfAbsent(user, anyone -> new Entry());
            synchronized (entry) {
                change.accept(entry);
            }
        });
    }
}
