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

package io.jamesext.lemonade.imap.fetch;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.ThreadId;
import org.jspecify.annotations.Nullable;

/** A message as far as it was read. */
record Fetched(MessageUid uid, State state, MessageId id, ThreadId threadId, @Nullable MessageResult result) {
    /** What of a message may change. */
    record State(Flags flags, ModSeq modSeq) {
    }

    static Fetched of(ComposedMessageIdWithMetaData message) {
        return new Fetched(message.getComposedMessageId().getUid(), new State(message.getFlags(), message.getModSeq()),
            message.getComposedMessageId().getMessageId(), message.getThreadId(), null);
    }

    static Fetched of(MessageResult message) {
        return new Fetched(message.getUid(), new State(message.getFlags(), message.getModSeq()), message.getMessageId(),
            message.getThreadId(), message);
    }

    Fetched with(State newState) {
        return new Fetched(uid, newState, id, threadId, result);
    }

    /** More than its metadata. */
    MessageResult content() {
        MessageResult read = result;
        if (read == null) {
            throw new IllegalStateException("only the metadata was read");
        }
        return read;
    }
}
