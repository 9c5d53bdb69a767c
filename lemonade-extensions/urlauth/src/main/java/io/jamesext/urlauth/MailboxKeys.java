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

package io.jamesext.urlauth;

import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/**
 * The mailbox access keys that tokens are made with, one for each user and mailbox. RFC 4467 section 2.2. A mailbox is known by its
 * identifier, which no later mailbox of the same name has.
 */
public interface MailboxKeys {
    /** The user's key for the mailbox; empty when there is none, and then no token is right. */
    Mono<MailboxKey> find(Username user, String mailboxId);

    /** The user's key for the mailbox, made when there is none: callers at once, on whichever node, get the same one. */
    Mono<MailboxKey> findOrMake(Username user, String mailboxId);

    /** Removes the user's key for a mailbox: no token that was made with it is right any more. */
    Mono<Void> remove(Username user, String mailboxId);

    /** Removes all keys of a user. */
    Mono<Void> removeAll(Username user);

    /** Removes the keys of all users for a mailbox that has gone. */
    Mono<Void> removeMailbox(String mailboxId);

    /** In Cassandra where James is, otherwise in memory. */
    static MailboxKeys on(Optional<SideTables> tables) {
        return tables.<MailboxKeys>map(CassandraMailboxKeys::new).orElseGet(MemoryMailboxKeys::new);
    }
}
