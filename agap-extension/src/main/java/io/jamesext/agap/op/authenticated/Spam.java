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

import java.util.Locale;
import java.util.Optional;

import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.MessageMoveEvent;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageMoves;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.ImmutableSet;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.change.ItemUids;
import io.jamesext.agap.folder.Folder;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.folder.ReservedFolder;
import io.jamesext.agap.item.Item;
import io.jamesext.agap.item.Items;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reports a message as spam to what learns from it. AGAP section 4.36: {@code SPAM UID [field[=text]]}. James's learners, for Rspamd and
 * SpamAssassin, hear of messages that users move into their Spam mailbox, so they are told that this one was; it stays where it is, and no
 * tag is set.
 */
public final class Spam implements AgapOperation<Spam.Request> {
    /** The message, and the field that shows it. The learners take whole messages, so the text of a reason is not looked at. */
    public record Request(MessageUid uid, Optional<String> field) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments().requireArguments();
            MessageUid uid = ItemUid.parse(arguments.expectAtom("UID"));
            return new Request(uid, arguments.atEnd() ? Optional.empty() : Optional.of(field(arguments.expectRest("reason"))));
        }

        private static String field(String reason) {
            int equal = reason.indexOf('=');
            return equal < 0 ? reason : reason.substring(0, equal);
        }
    }

    private final Folders folders;
    private final ItemUids uids;
    private final EventBus eventBus;

    /** On the account's folders, and the bus that the learners listen to. */
    public Spam(Folders folders, ItemUids uids, EventBus eventBus) {
        this.folders = folders;
        this.uids = uids;
        this.eventBus = eventBus;
    }

    @Override
    public String name() {
        return "SPAM";
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        MailboxSession user = session.mailboxSession();
        return folders.openSelected(session)
            .flatMap(messages -> folders.type(messages, session).map(Spam::expectMail)
                .then(uids.message(request.uid, messages, user))
                .flatMap(uid -> messageId(uid, request.field, messages, user)))
            .flatMap(message -> spamMailbox(user).flatMap(spam -> report(message, spam, user)))
            .thenMany(Flux.just(Status.ok("Message added to the spam database")));
    }

    private static FolderType expectMail(FolderType type) {
        if (type != FolderType.MESG) {
            throw new ProtocolException(Failure.UNKNOWN_COMMAND, "UNKNOWN command in this type of folder");
        }
        return type;
    }

    private static Mono<MessageId> messageId(MessageUid uid, Optional<String> reason, MessageManager messages, MailboxSession user) {
        Mono<Void> checked = Mono.justOrEmpty(reason)
            .flatMap(field -> Items.read(uid, FolderType.MESG, messages, user).flatMap(item -> expect(field, item)))
            .then();
        return checked.thenMany(messages.listMessagesMetadata(MessageRange.one(uid), user))
            .next()
            .map(ComposedMessageIdWithMetaData::getComposedMessageId)
            .<MessageId>map(id -> id.getMessageId())
            .switchIfEmpty(Mono.error(ItemUid::unknown));
    }

    /** Fails unless the message has the field. The draft's example calls its texts {@code body}. */
    private static Mono<String> expect(String field, Item item) {
        Mono<String> found = field.toLowerCase(Locale.ROOT).matches("/?(message/)?body")
            ? part("TEXT", item).onErrorResume(ProtocolException.class, absent -> part("HTML", item))
            : part(field, item);
        return found.onErrorMap(ProtocolException.class, absent ->
            new ProtocolException(Failure.SYNTAX, "INVALID reason (the message has no such field)"));
    }

    private static Mono<String> part(String path, Item item) {
        return Flux.defer(() -> item.part(path)).next()
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "UNKNOWN part name")));
    }

    /** The learners know it by its name; it is made again where the user has deleted it. */
    private Mono<Folder> spamMailbox(MailboxSession user) {
        return folders.find(ReservedFolder.JUNK.path(), user)
            .onErrorResume(ProtocolException.class, missing ->
                folders.reserve(user).then(Mono.defer(() -> folders.find(ReservedFolder.JUNK.path(), user))));
    }

    /** To group listeners only: nothing that watches a mailbox hears of it, for none has changed. */
    private Mono<Void> report(MessageId message, Folder spam, MailboxSession user) {
        return eventBus.dispatch(MessageMoveEvent.builder()
            .session(user)
            .messageId(message)
            // From nowhere, so that a message that lies in Spam is reported too.
            .messageMoves(MessageMoves.builder().targetMailboxIds(spam.id()).build())
            .build(), ImmutableSet.of());
    }
}
