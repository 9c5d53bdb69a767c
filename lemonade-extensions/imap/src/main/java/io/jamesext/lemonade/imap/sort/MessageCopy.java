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

package io.jamesext.lemonade.imap.sort;

import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageResult;

/**
 * What a mailbox knows of a message in it; it never changes.
 *
 * @param arrived INTERNALDATE in seconds since the epoch: clients see no more of it
 */
public record MessageCopy(long uid, MessageId id, long arrived, long sizeBytes) {
    static MessageCopy of(MessageResult message) {
        return new MessageCopy(message.getUid().asLong(), message.getMessageId(), message.getInternalDate().toInstant().getEpochSecond(),
            message.getSize());
    }
}
