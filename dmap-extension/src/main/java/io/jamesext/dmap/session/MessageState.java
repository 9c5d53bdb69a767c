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
package io.jamesext.dmap.session;

import javax.mail.Flags;

import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.UpdatedFlags;

/**
 * What changes of a message, at one of its mod-sequences. Draft sections 3.3.2 and 3.3.6.
 *
 * @param uid the message
 * @param flags James's
 * @param modSeq when they became so
 */
public record MessageState(long uid, Flags flags, long modSeq) {
    /** As James has it now. */
    public static MessageState of(ComposedMessageIdWithMetaData message) {
        return new MessageState(message.getComposedMessageId().getUid().asLong(), message.getFlags(), message.getModSeq().asLong());
    }

    static MessageState of(MessageMetaData message) {
        return new MessageState(message.getUid().asLong(), message.getFlags(), message.getModSeq().asLong());
    }

    /** As a change of its flags has made it. */
    public static MessageState of(UpdatedFlags change) {
        return new MessageState(change.getUid().asLong(), change.getNewFlags(), change.getModSeq().asLong());
    }

    /** The later of two, whichever was heard of first. */
    MessageState or(MessageState other) {
        return other.modSeq >= modSeq ? other : this;
    }
}
