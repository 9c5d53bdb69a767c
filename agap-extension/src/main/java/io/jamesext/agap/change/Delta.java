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

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;

import com.google.common.collect.ImmutableSortedSet;

/**
 * What has changed in a folder since an FCID.
 *
 * @param gone items that were there and are not
 * @param came items that were not there
 * @param changed items whose tags or content are others
 */
public record Delta(ImmutableSortedSet<MessageUid> gone, ImmutableSortedSet<MessageUid> came, ImmutableSortedSet<MessageUid> changed) {
    /** Nothing at all. */
    static final Delta NONE = new Delta(ImmutableSortedSet.of(), ImmutableSortedSet.of(), ImmutableSortedSet.of());

    /**
     * Makes items of messages.
     *
     * @param since the FCID that the client has
     * @param there all messages of the folder that have changed since then, and all that have an alias
     * @param expunged messages that went since then
     */
    static Delta of(Fcid since, List<ComposedMessageIdWithMetaData> there, Collection<MessageUid> expunged, Aliases aliases) {
        Set<MessageUid> present = new HashSet<>();
        TreeSet<MessageUid> came = new TreeSet<>();
        TreeSet<MessageUid> changed = new TreeSet<>();
        for (ComposedMessageIdWithMetaData message : there) {
            MessageUid item = aliases.item(message.getComposedMessageId().getUid());
            present.add(item);
            if (message.getModSeq().asLong() > since.modSeq()) {
                (item.asLong() > since.lastUid() ? came : changed).add(item);
            }
        }
        TreeSet<MessageUid> gone = new TreeSet<>();
        expunged.stream().map(aliases::item)
            // What came after that FCID and has gone again was never there for the client; and an item may have another message now.
            .filter(item -> item.asLong() <= since.lastUid() && !present.contains(item))
            .forEach(gone::add);
        return new Delta(ImmutableSortedSet.copyOf(gone), ImmutableSortedSet.copyOf(came), ImmutableSortedSet.copyOf(changed));
    }
}
