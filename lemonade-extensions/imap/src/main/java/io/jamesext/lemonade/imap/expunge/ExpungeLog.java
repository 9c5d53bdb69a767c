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

package io.jamesext.lemonade.imap.expunge;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MailboxId;

import reactor.core.publisher.Flux;

/** Which messages were expunged from a mailbox, and when. */
public interface ExpungeLog {
    /**
     * The UIDs that were expunged behind a mod-sequence. RFC 7162 section 3.2.10: it may name more that are gone, but none that is there,
     * and misses none.
     */
    Flux<MessageUid> after(MailboxId mailbox, ModSeq since);
}
