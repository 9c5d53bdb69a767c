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

import java.io.InputStream;
import java.util.concurrent.Callable;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;

import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.change.ItemUids;
import io.jamesext.agap.folder.FolderTags;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.FolderUse;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.message.Message;
import io.jamesext.agap.message.WithoutAttachment;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Code;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deletes an attachment of a message for good. AGAP section 4.16: {@code DATT UID AttNum}. The first one is 1. James's messages never
 * change, so the message is written anew without it: first the new one, then that it has the UID of the old one, then the old one goes.
 * Whatever is interrupted, a message is never lost.
 */
public final class Datt implements AgapOperation<Datt.Request> {
    /** The item and the attachment's number, from 1. */
    public record Request(MessageUid uid, int number) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments().requireArguments();
            MessageUid uid = ItemUid.parse(arguments.expectAtom("UID"));
            Request request = new Request(uid, number(arguments.expectAtom("attachment number")));
            arguments.expectEnd();
            return request;
        }

        /** Section 2.3: a signed number of 32 bits. */
        private static int number(String text) {
            try {
                int number = Integer.parseInt(text);
                if (number > 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // The same answer as to a number that no attachment can have.
            }
            throw new ProtocolException(Failure.SYNTAX, "INVALID Attachment number");
        }
    }

    private final Folders folders;
    private final FolderTags tags;
    private final ItemUids uids;

    /** On the account's folders. */
    @Inject
    public Datt(Folders folders, FolderTags tags, ItemUids uids) {
        this.folders = folders;
        this.tags = tags;
        this.uids = uids;
    }

    @Override
    public String name() {
        return "DATT";
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        MailboxSession user = session.mailboxSession();
        return folders.openSelected(session)
            .delayUntil(messages -> tags.check(FolderUse.WRITE, messages, user))
            .flatMap(messages -> folders.type(messages, session)
                .filter(type -> type == FolderType.MESG)
                .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.CONFLICT, "INVALID UID (it is not of a message)")))
                .then(uids.message(request.uid, messages, user))
                .flatMap(uid -> Flux.from(messages.getMessagesReactive(MessageRange.one(uid), FetchGroup.FULL_CONTENT, user)).next())
                .switchIfEmpty(Mono.error(ItemUid::unknown))
                .flatMap(found -> delete(request, found, messages, session)))
            .flux();
    }

    private Mono<AgapReply> delete(Request request, MessageResult found, MessageManager messages, AgapSession session) {
        Callable<InputStream> source = () -> found.getFullContent().getInputStream();
        return Blocking.call(() -> Message.read(source)).flatMap(message -> message.attachments() < request.number
            ? Mono.just(new Status(Code.NOT_FOUND, "There are not so many attachments"))
            : Mono.usingWhen(Blocking.call(() -> WithoutAttachment.of(message, request.number, source)),
                rest -> replace(request.uid, found, rest, messages, session),
                rest -> Blocking.run(rest::close)).thenReturn(Status.ok("Attachment deleted")));
    }

    private Mono<Void> replace(MessageUid item, MessageResult old, WithoutAttachment rest, MessageManager messages, AgapSession session) {
        session.changed(messages.getId());
        return Blocking.call(() -> command(old, rest))
            .flatMap(command -> Mono.from(messages.appendMessageReactive(command, session.mailboxSession())))
            .flatMap(appended -> uids.replace(appended.getId().getUid(), item, messages, session));
    }

    private static AppendCommand command(MessageResult old, WithoutAttachment rest) throws Exception {
        Flags flags = new Flags(old.getFlags());
        flags.remove(Flags.Flag.RECENT);
        return AppendCommand.builder().notRecent().withFlags(flags).withInternalDate(old.getInternalDate()).build(rest);
    }
}
