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
import java.util.concurrent.ConcurrentHashMap;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;

import com.google.common.collect.ImmutableMap;

import reactor.core.publisher.Mono;

/** Aliases beside mailboxes in memory: they end with the process, as those do. */
final class MemoryAliasTable implements AliasTable {
    private final Map<MailboxId, Aliases> aliases = new ConcurrentHashMap<>();

    @Override
    public Mono<Aliases> of(MailboxId mailbox) {
        return Mono.fromCallable(() -> aliases.getOrDefault(mailbox, Aliases.NONE));
    }

    @Override
    public Mono<Void> put(MailboxId mailbox, MessageUid message, MessageUid item) {
        Aliases one = new Aliases(ImmutableMap.of(message, item));
        return Mono.fromRunnable(() -> aliases.merge(mailbox, one, (before, more) -> new Aliases(
            ImmutableMap.<MessageUid, MessageUid>builder().putAll(before.items()).putAll(more.items()).buildKeepingLast())));
    }

    @Override
    public Mono<Void> drop(MailboxId mailbox) {
        return Mono.fromRunnable(() -> aliases.remove(mailbox));
    }
}
