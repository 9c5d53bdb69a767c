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
package io.jamesext.agap.item;

import java.io.InputStream;
import java.util.concurrent.Callable;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;

import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.message.Message;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads items: messages of James, in the form that the type of their folder has. */
public final class Items {
    private Items() {
    }

    /** The item of this UID; fails when there is none. */
    public static Mono<Item> read(MessageUid uid, FolderType type, MessageManager messages, MailboxSession session) {
        return Flux.from(messages.getMessagesReactive(MessageRange.one(uid), FetchGroup.FULL_CONTENT, session))
            .next()
            .switchIfEmpty(Mono.error(ItemUid::unknown))
            .flatMap(found -> Mono.fromCallable(form(type, found)));
    }

    /** The filter of a FILT folder: its last item, for a new one takes the place of all before it; empty when there is none. */
    public static Mono<Item> filter(MessageManager messages, MailboxSession session) {
        return Flux.from(messages.listMessagesMetadata(MessageRange.all(), session))
            .map(stored -> stored.getComposedMessageId().getUid())
            .reduce((one, other) -> one.compareTo(other) > 0 ? one : other)
            .flatMap(uid -> read(uid, FolderType.FILT, messages, session));
    }

    /** The form of a message that was read with its full content. Reads it: not for event loops. */
    public static Callable<Item> form(FolderType type, MessageResult found) {
        Callable<InputStream> source = () -> found.getFullContent().getInputStream();
        return type == FolderType.MESG ? () -> Message.read(source) : () -> StoredItem.read(source, type);
    }
}
