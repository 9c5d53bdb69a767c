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
package io.jamesext.lemonade.imap.select;

import java.util.Collection;

import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.mailbox.MessageUid;

import reactor.core.publisher.Mono;

/** Follows the messages of a selected mailbox, and tells the client about them what {@link Unsolicited} does not know. */
public interface Follower {
    /** Whom nothing interests. */
    Follower NOBODY = new Follower() {
        @Override
        public void touched(Collection<MessageUid> uids) {
        }

        @Override
        public void came(Collection<MessageUid> uids) {
        }

        @Override
        public void gone(Collection<MessageUid> uids, Responder responder) {
        }

        @Override
        public Mono<Void> tell(Responder responder) {
            return Mono.empty();
        }
    };

    /** Flags have changed, be it by the client itself. Comes at any time and from any thread: to be remembered and no more. */
    void touched(Collection<MessageUid> uids);

    /** The client is told of new messages. To be remembered too. */
    void came(Collection<MessageUid> uids);

    /** Messages have gone, of which the client is told next or when it may be told; up to then they have their numbers. */
    void gone(Collection<MessageUid> uids, Responder responder);

    /** The client has been told of new messages and flags, and of those that have gone as far as it may be told. */
    Mono<Void> tell(Responder responder);
}
