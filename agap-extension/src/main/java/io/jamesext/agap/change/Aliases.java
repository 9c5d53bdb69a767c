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
package io.jamesext.agap.change;

import java.util.Comparator;
import java.util.Map;

import org.apache.james.mailbox.MessageUid;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

/**
 * Which messages of a mailbox are items under another UID than their own: DATT writes a message anew, and section 2.5 lets a UID never
 * change. The first message of an item gives it its UID, and of several that are there the latest one is the item.
 *
 * @param items the item of a message that is not its own
 */
public record Aliases(ImmutableMap<MessageUid, MessageUid> items) {
    /** A mailbox without any. */
    public static final Aliases NONE = new Aliases(ImmutableMap.of());

    /** The item that a message is. */
    public MessageUid item(MessageUid message) {
        return items.getOrDefault(message, message);
    }

    /** The messages that an item may be, the latest first. */
    public ImmutableList<MessageUid> messages(MessageUid item) {
        ImmutableList.Builder<MessageUid> messages = ImmutableList.builder();
        items.entrySet().stream().filter(entry -> entry.getValue().equals(item))
            .map(Map.Entry::getKey)
            .sorted(Comparator.reverseOrder())
            .forEach(messages::add);
        // A message that is another item's is none of its own.
        return items.containsKey(item) ? messages.build() : messages.add(item).build();
    }

    /** The messages that are items under another UID. */
    public ImmutableSet<MessageUid> messages() {
        return items.keySet();
    }
}
