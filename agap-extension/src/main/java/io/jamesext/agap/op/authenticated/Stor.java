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
package io.jamesext.agap.op.authenticated;

import java.time.Clock;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.NoArguments;
import io.jamesext.agap.change.ItemUids;
import io.jamesext.agap.filter.StoredFilter;
import io.jamesext.agap.folder.FolderTags;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.FolderUse;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.item.ItemBody;
import io.jamesext.agap.item.ItemReader;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores an item in the selected folder. AGAP section 4.39: {@code STOR}, then after 110 the lines of its XML and an empty line. In a FILT
 * folder it takes the place of the filter that is there.
 */
public final class Stor implements AgapOperation<NoArguments> {
    private final Folders folders;
    private final FolderTags tags;
    private final ItemUids uids;
    private final ItemBody body;
    private final Clock clock;

    /** On the account's folders; items are as large as the body may be. */
    public Stor(Folders folders, FolderTags tags, ItemUids uids, ItemBody body, Clock clock) {
        this.folders = folders;
        this.tags = tags;
        this.uids = uids;
        this.body = body;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "STOR";
    }

    @Override
    public NoArguments parse(Line line) {
        return NoArguments.parse(line);
    }

    @Override
    public Flux<AgapReply> run(NoArguments request, AgapSession session) {
        return place(session)
            .flatMap(asked -> body.ask(session.connection(), Status.goAhead("Send the item ended with an empty line"))
                .flatMap(xml -> xml.isEmpty()
                    ? Mono.just(Status.ok(noun(asked.type) + " not stored as it was empty"))
                    // The item can take long to come, and the folder may have gone meanwhile, or must not be written any more.
                    : place(session).flatMap(now -> store(xml, now, session))))
            .doOnError(failure -> session.notStored())
            .cast(AgapReply.class)
            .flux();
    }

    /** Where the item goes, as it is now. */
    private record Place(MessageManager messages, FolderType type) {
    }

    private Mono<Place> place(AgapSession session) {
        MailboxSession user = session.mailboxSession();
        return folders.openSelected(session)
            .delayUntil(messages -> tags.check(FolderUse.WRITE, messages, user))
            .flatMap(messages -> folders.type(messages, session).map(type -> new Place(messages, storable(type))));
    }

    private static FolderType storable(FolderType type) {
        if (type == FolderType.FOLD) {
            throw new ProtocolException(Failure.CONFLICT, "Cannot store it, a FOLD folder holds no items");
        }
        return type;
    }

    private Mono<Status> store(String xml, Place place, AgapSession session) {
        MailboxSession user = session.mailboxSession();
        MessageManager messages = place.messages;
        FolderType type = place.type;
        return Blocking.call(() -> AppendCommand.builder().build(ItemReader.message(xml, type, user.getUser(), clock.instant())))
            .flatMap(append -> checked(xml, type, user).thenReturn(append))
            .flatMap(append -> Mono.from(messages.appendMessageReactive(append, user)))
            .map(appended -> appended.getId().getUid())
            .doOnNext(uid -> session.changed(messages.getId()))
            .flatMap(uid -> {
                if (type == FolderType.FILT) {
                    return replace(uid, messages, session).thenReturn(Status.ok("Filter stored"));
                }
                session.stored(uid);
                return Mono.just(Status.ok(noun(type) + " stored (UID is " + ItemUid.format(uid) + ")"));
            });
    }

    /** Section 2.11.6: a filter that is stored can find. */
    private Mono<Void> checked(String xml, FolderType type, MailboxSession user) {
        return type == FolderType.FILT
            ? Blocking.call(() -> StoredFilter.read(xml)).flatMap(filter -> filter.places(folders, user)).then()
            : Mono.empty();
    }

    /** Only older ones are taken away, so that of two that are stored at once one stays. */
    private Mono<Void> replace(MessageUid filter, MessageManager messages, AgapSession session) {
        return Flux.from(messages.listMessagesMetadata(MessageRange.all(), session.mailboxSession()))
            .map(stored -> stored.getComposedMessageId().getUid())
            .filter(uid -> uid.compareTo(filter) < 0)
            .collectList()
            .flatMap(old -> old.isEmpty() ? Mono.empty() : uids.delete(old, messages, session));
    }

    private static String noun(FolderType type) {
        return switch (type) {
            case ADDR -> "Contact";
            case CALE -> "Event";
            case CONF -> "Configuration";
            case FILE -> "File";
            case FILT -> "Filter";
            case JRNL -> "Journal entry";
            case MESG -> "Message";
            case NOTE -> "Note";
            case TASK -> "Task";
            case FOLD -> "Item";
        };
    }
}
