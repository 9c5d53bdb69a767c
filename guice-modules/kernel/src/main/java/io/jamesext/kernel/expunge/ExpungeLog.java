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

import java.util.Collection;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MailboxId;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Remembers which UIDs left a mailbox after which mod-sequence. RFC 7162 section 3.2. */
public interface ExpungeLog {
    /**
     * The UIDs that were expunged behind that mod-sequence, RFC 7162 section 3.2.10. It may name more that are gone, never one that is
     * there, and misses none. Whoever tells a client the mailbox's mod-sequence too reads that one first.
     */
    Flux<MessageUid> after(MailboxId mailbox, ModSeq since);

    /** True when it knows of every expunge behind that mod-sequence, so that what {@link #after} has told before is exact. */
    Mono<Boolean> reaches(MailboxId mailbox, ModSeq since);

    /** Begins a log where the mailbox has none, before its mod-sequence is told to a client that will ask behind it. */
    Mono<Void> begin(MailboxId mailbox);

    /**
     * Raises the mailbox's mod-sequence and remembers these UIDs with it. Does nothing for those that were added a moment ago: whoever
     * expunges adds them, and so does the listener that hears of it.
     */
    Mono<Void> add(MailboxId mailbox, Collection<MessageUid> gone);

    /** Forgets all about a mailbox that is no more. */
    Mono<Void> drop(MailboxId mailbox);
}
