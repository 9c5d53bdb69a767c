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

import org.apache.james.mailbox.model.MailboxId;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;

import reactor.core.publisher.Mono;

/** Summaries that end with the process, as James's own mailboxes do on the memory backend. */
final class MemoryMailboxSummaries implements MailboxSummaries {
    /** Bounds the heap; what is left out is counted again. */
    private static final int MAX_MAILBOXES = 100_000;

    private final Cache<MailboxId, MailboxSummary> summaries = CacheBuilder.newBuilder().maximumSize(MAX_MAILBOXES).build();

    @Override
    public Mono<MailboxSummary> find(MailboxId mailbox) {
        return Mono.fromSupplier(() -> summaries.getIfPresent(mailbox));
    }

    @Override
    public Mono<Void> put(MailboxId mailbox, MailboxSummary summary) {
        return Mono.fromRunnable(() -> summaries.put(mailbox, summary));
    }
}
