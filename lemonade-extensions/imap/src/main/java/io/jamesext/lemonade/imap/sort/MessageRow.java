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

/** A message of a mailbox with what it is sorted by. It is small: the values are shared with the cache. */
public record MessageRow(MessageCopy copy, MessageValues values) {
    /** The UID, in the order of which are the messages of a mailbox. */
    public long uid() {
        return copy.uid();
    }

    /** The sent date of RFC 5256 section 2.2 in seconds since the epoch: INTERNALDATE where the Date field has none. */
    public long sent() {
        return values.sent().orElse(copy.arrived());
    }
}
