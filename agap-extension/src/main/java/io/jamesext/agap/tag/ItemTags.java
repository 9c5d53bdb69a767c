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

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.agap.folder.ItemUid;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The tags of one item in the store. */
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
     * Changes the item's tags. Only the difference is written, so that a flag that another client sets at the same time stays.
     */
    public static Mono<Void> apply(TagList list, MessageManager messages, MessageUid uid, MailboxSession session) {
        return flags(messages, uid, session)
            .map(before -> Tags.change(before, list.appliedTo(Tags.of(before))))
            .flatMap(change -> update(FlagsUpdateMode.REMOVE, change.remove(), messages, uid, session)
                .then(update(FlagsUpdateMode.ADD, change.add(), messages, uid, session)));
    }

    private static Mono<Void> update(FlagsUpdateMode mode, Flags flags, MessageManager messages, MessageUid uid, MailboxSession session) {
        return flags.equals(new Flags())
            ? Mono.empty()
            : Mono.from(messages.setFlagsReactive(flags, mode, MessageRange.one(uid), session)).then();
    }
}
