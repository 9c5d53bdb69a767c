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
package io.jamesext.agap.tag;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;

import io.jamesext.agap.folder.ItemUid;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The tags of items in the store. */
public final class ItemTags {
    private ItemTags() {
    }

    /** The item's flags; fails when there is no such item. */
    public static Mono<Flags> flags(MessageManager messages, MessageUid uid, MailboxSession session) {
        return Flux.from(messages.listMessagesMetadata(MessageRange.one(uid), session))
            .next()
            .map(ComposedMessageIdWithMetaData::getFlags)
            .switchIfEmpty(Mono.error(ItemUid::unknown));
    }

    /**
     * Changes the tags of items. What the list says of an item whatever its tags are is done first, to all of them; what is then left to
     * do, as where a value takes the place of another, follows for those that need the same together. Flags that are no tags stay, also
     * those that another client sets at the same time.
     *
     * @param uids in their order; at least one
     * @return how many have the tags now; the others are there no more
     */
    public static Mono<Long> apply(TagList list, MessageManager messages, List<MessageUid> uids, MailboxSession session) {
        return begun(list, messages, uids, session)
            .collectMultimap(item -> Tags.change(item.getValue(), list.appliedTo(Tags.of(item.getValue()))), Map.Entry::getKey)
            .flatMapIterable(Map::entrySet)
            .concatMap(changed -> apply(changed.getKey(), changed.getValue(), messages, session))
            .reduce(0L, Long::sum);
    }

    /** The items' flags, after what the list says of every item. */
    private static Flux<Map.Entry<MessageUid, Flags>> begun(TagList list, MessageManager messages, List<MessageUid> uids,
                                                            MailboxSession session) {
        Flags flags = list.unconditional();
        if (flags.equals(new Flags())) {
            ImmutableSet<MessageUid> wanted = ImmutableSet.copyOf(uids);
            MessageRange range = MessageRange.range(uids.get(0), uids.get(uids.size() - 1));
            return Flux.from(messages.listMessagesMetadata(range, session))
                .map(item -> Map.entry(item.getComposedMessageId().getUid(), item.getFlags()))
                .filter(item -> wanted.contains(item.getKey()));
        }
        FlagsUpdateMode mode = list.action() == TagList.Action.DELETE ? FlagsUpdateMode.REMOVE : FlagsUpdateMode.ADD;
        return Flux.fromIterable(MessageRange.toRanges(uids))
            .concatMap(range -> messages.setFlagsReactive(flags, mode, range, session))
            .flatMapIterable(Map::entrySet);
    }

    private static Mono<Long> apply(Tags.Change change, Collection<MessageUid> uids, MessageManager messages, MailboxSession session) {
        return Flux.fromIterable(MessageRange.toRanges(uids))
            .concatMap(range -> update(FlagsUpdateMode.REMOVE, change.remove(), messages, range, session)
                .flatMap(removed -> update(FlagsUpdateMode.ADD, change.add(), messages, range, session)
                    .map(added -> Math.min(removed, added))))
            .reduce(0L, Long::sum);
    }

    /** How many it was done to. */
    private static Mono<Long> update(FlagsUpdateMode mode, Flags flags, MessageManager messages, MessageRange range,
                                     MailboxSession session) {
        return flags.equals(new Flags())
            ? Mono.just((long) Iterables.size(range))
            : Mono.from(messages.setFlagsReactive(flags, mode, range, session)).map(updated -> (long) updated.size())
                .defaultIfEmpty(0L);
    }
}
