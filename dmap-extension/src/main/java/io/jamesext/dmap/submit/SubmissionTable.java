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
package io.jamesext.dmap.submit;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.apache.james.mailbox.model.MessageId;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/**
 * Who sends a message at the moment, and which were sent: one row for each message, on all nodes. James has no test-and-set on flags. The
 * row is James's identifier of the message and not its place, for the message may be moved or copied meanwhile; and it stays when the
 * message was sent, for James stores what is moved or copied with the flags that it had some time before.
 */
public interface SubmissionTable {
    /** How long others keep away from a row. To put a message into a queue takes seconds; nobody begins with it in the second half. */
    Duration LEASE = Duration.ofMinutes(15);
    /** How long it is remembered that a message was sent, or that a sender died. */
    Duration KEPT = Duration.ofDays(30);

    /** What a claim has come to. */
    enum Claim {
        /** The message is the caller's: nobody was at it. */
        FREE,
        /** The message is the caller's: somebody was at it, did not end it, and is not known to have sent it. */
        ABANDONED,
        /** The message was sent, and is nobody's any more; its flags may not say so here. */
        SENT,
        /** The message is somebody else's. */
        BUSY
    }

    /** In Cassandra where James is, otherwise in memory. */
    static SubmissionTable on(Optional<SideTables> tables, Clock clock) {
        return tables.<SubmissionTable>map(cassandra -> new CassandraSubmissions(cassandra, clock))
            .orElseGet(() -> new MemorySubmissions(clock));
    }

    /** Takes a message, unless somebody has it; of several that try, on whatever nodes, one gets it. */
    Mono<Claim> claim(MessageId message, UUID owner);

    /** Remembers that the queue has the message; its flags are the owner's still. Nothing when it is the owner's no more. */
    Mono<Void> sent(MessageId message, UUID owner);

    /** Remembers that the queue has the message, and tells it whoever comes. Nothing when it is the owner's no more. */
    Mono<Void> settled(MessageId message, UUID owner);

    /** Gives the message back unsent. Nothing when it is the owner's no more. */
    Mono<Void> release(MessageId message, UUID owner);
}
