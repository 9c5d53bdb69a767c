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

import java.util.Optional;

import org.apache.james.mailbox.model.MailboxId;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Keeps the last summary of each mailbox. One that is lost is counted again. */
public interface MailboxSummaries {
    /** The last one, or empty. */
    Mono<MailboxSummary> find(MailboxId mailbox);

    /** Keeps it in the place of an earlier one. */
    Mono<Void> put(MailboxId mailbox, MailboxSummary summary);

    /** In Cassandra where James is, otherwise in memory. */
    static MailboxSummaries on(Optional<SideTables> tables) {
        return tables.<MailboxSummaries>map(CassandraMailboxSummaries::new).orElseGet(MemoryMailboxSummaries::new);
    }
}
