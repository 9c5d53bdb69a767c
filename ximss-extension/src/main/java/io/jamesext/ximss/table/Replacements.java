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

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.apache.james.mailbox.model.MailboxId;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/**
 * Who replaces which message at the moment, on all nodes: one at a time. XIMSS, "Message Operations", messageAppend with checkOld. Also who
 * changes a user's rules. A claim ends by itself after some time, for the node that holds it may end.
 */
public interface Replacements {
    /** Much longer than a replacement takes. */
    Duration LEASE = Duration.ofMinutes(2);

    /**
     * Claims something that one at a time changes.
     *
     * @param what a mailbox by its identifier, or something else by what can be none
     * @param number which one of it
     * @param owner who claims it
     * @return false when somebody has claimed it already
     */
    Mono<Boolean> claim(String what, long number, UUID owner);

    /** Gives a claim back, if it is still that owner's. */
    Mono<Void> release(String what, long number, UUID owner);

    /** Claims a message. */
    default Mono<Boolean> claim(MailboxId mailbox, long uid, UUID owner) {
        return claim(mailbox.serialize(), uid, owner);
    }

    /** Gives the claim of a message back. */
    default Mono<Void> release(MailboxId mailbox, long uid, UUID owner) {
        return release(mailbox.serialize(), uid, owner);
    }

    /** In Cassandra where James is, otherwise in memory. */
    static Replacements on(Optional<SideTables> tables, Duration lease) {
        return tables.<Replacements>map(made -> new CassandraReplacements(made, lease)).orElseGet(() -> new MemoryReplacements(lease));
    }
}
