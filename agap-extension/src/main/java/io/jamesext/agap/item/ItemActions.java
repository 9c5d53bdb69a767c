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

import java.util.List;
import java.util.Optional;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.inject.Inject;

import io.jamesext.agap.change.ItemUids;
import io.jamesext.agap.filter.Matches;
import io.jamesext.agap.folder.Folder;
import io.jamesext.agap.folder.FolderPath;
import io.jamesext.agap.folder.FolderTags;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.FolderUse;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.item.ItemAction.Report;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.tag.ItemTags;
import io.jamesext.agap.tag.TagList;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What commands do to items of the selected folder: copy, move, delete and tag them. Each method checks the folders and their tags, and
 * gives what can then be done to one item, to all, or to those that a filter finds.
 */
public final class ItemActions {
    private final MailboxManager mailboxManager;
    private final Folders folders;
    private final FolderTags tags;
    private final ItemUids uids;
    private final Matches matches;

    /** On James's mailboxes. */
    @Inject
    public ItemActions(MailboxManager mailboxManager, Folders folders, FolderTags tags, ItemUids uids, Matches matches) {
        this.mailboxManager = mailboxManager;
        this.folders = folders;
        this.tags = tags;
        this.uids = uids;
        this.matches = matches;
    }

    /** How James is asked to take a range of messages; it says what they have become. */
    private interface Carrier {
        Publisher<MessageRange> carry(MessageRange range, MailboxId from, MailboxId to, MailboxSession session);
    }

    /** Items go into another folder too, with their tags. */
    public Mono<ItemAction> copy(Destination destination, AgapSession session) {
        return transfer(FolderUse.COPY_FROM, destination, mailboxManager::copyMessagesReactive, session);
    }

    /** Items go into another folder, with their tags. */
    public Mono<ItemAction> move(Destination destination, AgapSession session) {
        return transfer(FolderUse.MOVE_FROM, destination, mailboxManager::moveMessagesReactive, session);
    }

    /** Items go; there is no way back: section 4.17. */
    public Mono<ItemAction> delete(AgapSession session) {
        return openItems(FolderUse.DELETE_ITEMS, session).map(source -> deletion(source, session));
    }

    /** All that is in the folder goes, of whatever type it is: also the filter of a FILT folder. For DELF, section 2.10.2. */
    public Mono<Void> empty(AgapSession session) {
        return open(FolderUse.DELETE_ITEMS, session).flatMap(source -> deletion(source, session).all(Report.FDEL));
    }

    private ItemAction deletion(Source source, AgapSession session) {
        return new ItemAction(source, uids, matches, false, batch -> present(batch, source.messages, source.session)
            .flatMap(there -> uids.delete(there, source.messages, session).thenReturn((long) there.size())).flux());
    }

    /** Items get other tags. */
    public Mono<ItemAction> tag(TagList list, AgapSession session) {
        MailboxSession user = session.mailboxSession();
        return openItems(FolderUse.TAG, session)
            .map(source -> new ItemAction(source, uids, matches, false,
                batch -> ItemTags.apply(list, source.messages, batch, user).flux()));
    }

    /** The selected folder, opened for a user. */
    record Source(Folder folder, FolderType type, MessageManager messages, MailboxSession session) {
    }

    private Mono<ItemAction> transfer(FolderUse use, Destination destination, Carrier carrier, AgapSession session) {
        MailboxSession user = session.mailboxSession();
        return openItems(use, session).flatMap(source -> target(destination, source, user)
            .doOnNext(target -> session.changed(target.id()))
            .map(target -> new ItemAction(source, uids, matches, true,
                batch -> Flux.from(carrier.carry(ItemAction.range(batch), source.folder.id(), target.id(), user))
                    .map(taken -> (long) Iterables.size(taken))
                    .concatWith(Mono.defer(() -> use == FolderUse.MOVE_FROM
                        ? uids.moved(batch, source.messages, session).then(Mono.empty()) : Mono.empty())))));
    }

    private Mono<Source> openItems(FolderUse use, AgapSession session) {
        return open(use, session).doOnNext(source -> checkHoldsItems(source.type));
    }

    private Mono<Source> open(FolderUse use, AgapSession session) {
        MailboxSession user = session.mailboxSession();
        return folders.openSelected(session).flatMap(messages -> {
            Folder folder = folders.folder(messages, user);
            session.changed(folder.id());
            return tags.check(use, folder, user)
                .then(folders.type(messages, session))
                .map(type -> new Source(folder, type, messages, user));
        });
    }

    private static void checkHoldsItems(FolderType type) {
        if (!type.holdsItems()) {
            throw new ProtocolException(Failure.CONFLICT, "INVALID folder (a " + type + " folder has no items)");
        }
    }

    /** A folder of another type could not tell these items: they would not be in its form. Section 2.11.1. */
    private Mono<Folder> target(Destination destination, Source source, MailboxSession session) {
        return folders.find(destination.path(source.folder.path()), session)
            .onErrorMap(ProtocolException.class, missing -> invalid("there is no such folder"))
            .flatMap(target -> {
                if (target.id().equals(source.folder.id())) {
                    // On Cassandra James knows a message once in a mailbox: the second would take the place of the first.
                    return Mono.error(invalid("it is the selected folder"));
                }
                return folders.type(target, session)
                    .filter(source.type::equals)
                    .switchIfEmpty(Mono.error(() -> invalid("it is no folder for items of the type " + source.type)))
                    .then(tags.check(FolderUse.WRITE, target, session))
                    .thenReturn(target);
            });
    }

    private static ProtocolException invalid(String why) {
        return new ProtocolException(Failure.NO_SUCH_MAILBOX, "INVALID Destination (" + why + ")");
    }

    private static Mono<List<MessageUid>> present(List<MessageUid> ascending, MessageManager messages, MailboxSession session) {
        ImmutableSet<MessageUid> wanted = ImmutableSet.copyOf(ascending);
        return Flux.from(messages.listMessagesMetadata(ItemAction.range(ascending), session))
            .map(item -> item.getComposedMessageId().getUid())
            .filter(wanted::contains)
            .collectList();
    }

    /**
     * Where items go.
     *
     * @param text the path, as it was written
     * @param relative whether it may begin at the selected folder
     */
    public record Destination(String text, boolean relative) {
        /** Refuses a path that is relative where it must not be. */
        public Destination {
            if (!relative && !text.startsWith("/")) {
                throw invalid("its path is not absolute");
            }
        }

        FolderPath path(FolderPath selected) {
            return FolderPath.parse(text, Optional.of(selected));
        }
    }
}
