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

package io.jamesext.kernel.mailbox;

import java.util.Optional;

import org.apache.james.mailbox.MailboxManager;

/**
 * What our protocols reach James's mailboxes by.
 *
 * @param manager James's own, or where that one would look for the thread of every new message among all messages of its user, one made of
 *     the same parts that asks a table
 * @param threads that table, to be registered with James's event bus
 */
public record Mailboxes(MailboxManager manager, Optional<MemoryThreads> threads) {
    /** James's own manager as it is. */
    public static Mailboxes of(MailboxManager manager) {
        return new Mailboxes(manager, Optional.empty());
    }
}
