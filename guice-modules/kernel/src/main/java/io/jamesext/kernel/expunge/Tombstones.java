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

import java.util.List;
import java.util.Optional;

import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MailboxId;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where tombstones are kept, mailbox by mailbox. */
public interface Tombstones {
    /** In Cassandra where James is, otherwise in memory. */
    static Tombstones on(Optional<SideTables> tables) {
        return tables.<Tombstones>map(CassandraTombstones::new).orElseGet(MemoryTombstones::new);
    }

    /** The mod-sequence behind which every expunge of the mailbox is known; empty where none ever was. */
    Mono<ModSeq> floor(MailboxId mailbox);

    /** Sets the floor where it is missing or lower, whoever else does the same. */
    Mono<Void> raiseFloor(MailboxId mailbox, ModSeq floor);

    /** Keeps them beside the others. */
    Mono<Void> put(MailboxId mailbox, List<Tombstone> tombstones);

    /** Those with a higher mod-sequence, in its order. */
    Flux<Tombstone> after(MailboxId mailbox, ModSeq since);

    /** The last ones, the latest first. */
    Flux<Tombstone> latest(MailboxId mailbox, int count);

    /** The mod-sequence of the tombstone that stands before the latest so many; empty where there are no more than those. */
    Mono<ModSeq> before(MailboxId mailbox, int latest);

    /** Removes those up to and with that mod-sequence. */
    Mono<Void> removeUpTo(MailboxId mailbox, ModSeq last);

    /** Removes tombstones and floor. */
    Mono<Void> drop(MailboxId mailbox);
}
