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
package io.jamesext.agap.folder;

import org.apache.james.mailbox.MessageUid;

import io.jamesext.agap.wire.Base62;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** The UID of an item: the message's number in its mailbox. AGAP section 2.5. */
public final class ItemUid {
    private ItemUid() {
    }

    /** As the protocol writes it. */
    public static String format(MessageUid uid) {
        return Base62.encode(uid.asLong());
    }

    /** Reads one; any text that we would not have written is the UID of no item. */
    public static MessageUid parse(String text) {
        long number = Base62.decode(text).orElse(0);
        if (number == 0) {
            throw unknown();
        }
        return MessageUid.of(number);
    }

    /** No item has this UID. */
    public static ProtocolException unknown() {
        return new ProtocolException(Failure.NO_SUCH_MESSAGE, "INVALID UID");
    }
}
