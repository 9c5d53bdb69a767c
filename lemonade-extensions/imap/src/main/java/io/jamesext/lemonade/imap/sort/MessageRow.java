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

import org.apache.james.mailbox.model.MessageResult;

/**
 * A message of a mailbox with what it is sorted by, which never changes: a UID means one message for ever.
 *
 * @param arrived INTERNALDATE in seconds since the epoch: clients see no more of it
 * @param values what its header says; {@link MessageValues#NONE} where nobody has looked yet
 */
public record MessageRow(long uid, long arrived, long sizeBytes, MessageValues values) {
    static MessageRow of(MessageResult message, MessageValues values) {
        return new MessageRow(message.getUid().asLong(), message.getInternalDate().toInstant().getEpochSecond(), message.getSize(), values);
    }

    boolean hasHeader() {
        return values != MessageValues.NONE;
    }

    /** The sent date of RFC 5256 section 2.2 in seconds since the epoch: INTERNALDATE where the Date field has none. */
    public long sent() {
        return values.sent().orElse(arrived);
    }
}
