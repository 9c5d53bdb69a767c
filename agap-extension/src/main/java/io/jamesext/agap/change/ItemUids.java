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
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.inject.Inject;

import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.kernel.expunge.ExpungeLog;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * UIDs of items and of their messages. They are the same but for items that DATT has changed; so every command that takes the UID of an
 * item asks here for its message, and every one that tells UIDs asks for those of the items.
 */
public final class ItemUids {
    private final AliasTable aliases;
    private final ExpungeLog expunges;

    /** On the aliases and the log of expunges. */
    @Inject
    public ItemUids(AliasTable aliases, ExpungeLog expunges) {
        this.aliases = aliases;
        this.expunges = expunges;
    }

    /** All aliases of a folder. */
    public Mono<Aliases> in(MessageManager messages) {
        return in(messages.getId());
    }

    /** The same for a folder that is not opened yet. */
    public Mono<Aliases> in(MailboxId folder) {
        return aliases.of(folder);
    }

    /**
     * The UID of the message that an item is. It need not be there, unless the item was ever changed; fails when it is known not to be.
     *
     * @param item as {@link ItemUid#parse} has read it
     */
    public Mono<MessageUid> message(MessageUid item, MessageManager messages, MailboxSession session) {
        return in(messages).flatMap(all -> message(item, all, messages, session));
    }

    /** The same with the folder's aliases at hand. */
    public Mono<MessageUid> message(MessageUid item, Aliases all, MessageManager messages, MailboxSession session) {
        ImmutableList<MessageUid> candidates = all.messages(item);
        return candidates.equals(ImmutableList.of(item))
            ? Mono.just(item)
            : there(candidates, messages, session).next().switchIfEmpty(Mono.error(ItemUid::unknown));
    }

    private static Flux<MessageUid> there(Collection<MessageUid> uids, MessageManager messages, MailboxSession session) {
        return Flux.fromIterable(uids)
            .concatMap(uid -> Flux.from(messages.listMessagesMetadata(MessageRange.one(uid), session)))
            .map(found -> found.getComposedMessageId().getUid());
    }

    /** The message is the item of that UID from now on; what was it before goes, and FCID and XCHG of this session know. */
    public Mono<Void> replace(MessageUid message, MessageUid item, MessageManager messages, AgapSession session) {
        return aliases.put(messages.getId(), message, item)
            .then(Mono.defer(() -> in(messages)))
            // Also one that another client has written at the same moment: the last one is the item.
            .flatMapMany(all -> there(Sets.difference(ImmutableSet.copyOf(all.messages(item)), Set.of(message)), messages,
                session.mailboxSession()))
            .collectList()
            .flatMap(before -> expunge(before, messages, session));
    }

    /**
     * Deletes items of a folder for good. When this completes, FCID and XCHG of this session know.
     *
     * @param uids of their messages; others that have been the same items go too, where they were left
     */
    public Mono<Void> delete(Collection<MessageUid> uids, MessageManager messages, AgapSession session) {
        return in(messages)
            .flatMapMany(all -> there(others(uids, all), messages, session.mailboxSession()))
            .collect(() -> new TreeSet<>(uids), Set::add)
            .flatMap(all -> expunge(all, messages, session));
    }

    /**
     * Says that messages were moved away from a folder, so that FCID and XCHG of this session know. Those that are still there are not
     * meant.
     *
     * @param uids of the messages as they were; at least one
     */
    public Mono<Void> moved(Collection<MessageUid> uids, MessageManager from, AgapSession session) {
        session.changed(from.getId());
        MessageRange range = MessageRange.range(Collections.min(uids), Collections.max(uids));
        return Flux.from(from.listMessagesMetadata(range, session.mailboxSession()))
            .map(found -> found.getComposedMessageId().getUid())
            .collect(() -> new TreeSet<>(uids), Set::remove)
            .flatMap(gone -> gone.isEmpty() ? Mono.empty() : expunges.add(from.getId(), gone));
    }

    private static Set<MessageUid> others(Collection<MessageUid> uids, Aliases aliases) {
        TreeSet<MessageUid> others = new TreeSet<>();
        uids.stream().filter(aliases.messages()::contains).forEach(uid -> others.addAll(aliases.messages(aliases.item(uid))));
        others.removeAll(uids);
        return others;
    }

    private Mono<Void> expunge(Collection<MessageUid> uids, MessageManager messages, AgapSession session) {
        session.changed(messages.getId());
        return uids.isEmpty() ? Mono.empty() : Mono.from(messages.deleteReactive(ImmutableList.copyOf(uids), session.mailboxSession()))
            .then(Mono.defer(() -> expunges.add(messages.getId(), uids)));
    }
}
