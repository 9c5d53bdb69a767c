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

package io.jamesext.lemonade.imap.metadata;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.james.core.Username;

import reactor.core.publisher.Mono;

/** Server annotations that end with the process, as James's mailboxes do on the memory backend. */
public final class MemoryServerAnnotations implements ServerAnnotations {
    /** Used under its own lock. */
    private final Map<Username, Map<String, String>> byUser = new HashMap<>();
    private final Map<String, String> shared = new HashMap<>();

    @Override
    public Mono<Map<String, String>> of(Username user) {
        return Mono.fromSupplier(() -> {
            synchronized (byUser) {
                return Stream.of(shared, byUser.getOrDefault(user, Map.of()))
                    .flatMap(owned -> owned.entrySet().stream().limit(MAX_READ))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            }
        });
    }

    @Override
    public Mono<Void> change(Username user, Map<String, Optional<String>> values) {
        return Mono.fromRunnable(() -> {
            synchronized (byUser) {
                values.forEach((entry, value) -> {
                    Map<String, String> owned = entry.startsWith(SHARED) ? shared : byUser.computeIfAbsent(user, anyone -> new HashMap<>());
                    value.ifPresentOrElse(text -> owned.put(entry, text), () -> owned.remove(entry));
                });
            }
        });
    }
}
