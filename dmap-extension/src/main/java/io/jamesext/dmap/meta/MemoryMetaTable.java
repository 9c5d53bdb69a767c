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
package io.jamesext.dmap.meta;

import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.ImmutableMap;

import reactor.core.publisher.Mono;

/** Blocks beside mailboxes in memory: they end with the process, as those do. */
final class MemoryMetaTable implements MetaTable {
    private final Map<MailboxId, NavigableMap<MessageUid, byte[]>> blocks = new ConcurrentHashMap<>();

    @Override
    public Mono<Map<MessageUid, byte[]>> of(MailboxId mailbox, MessageRange range) {
        return Mono.fromCallable(() -> ImmutableMap.copyOf(blocks.getOrDefault(mailbox, new ConcurrentSkipListMap<>())
            .subMap(range.getUidFrom(), true, range.getUidTo(), true)));
    }

    @Override
    public Mono<Void> put(MailboxId mailbox, MessageUid message, byte[] block) {
        return Mono.fromRunnable(() -> blocks.computeIfAbsent(mailbox, id -> new ConcurrentSkipListMap<>()).put(message, block));
    }

    @Override
    public Mono<Void> remove(MailboxId mailbox, Collection<MessageUid> messages) {
        return Mono.fromRunnable(() -> blocks.getOrDefault(mailbox, new ConcurrentSkipListMap<>()).keySet().removeAll(messages));
    }

    @Override
    public Mono<Void> drop(MailboxId mailbox) {
        return Mono.fromRunnable(() -> blocks.remove(mailbox));
    }
}
