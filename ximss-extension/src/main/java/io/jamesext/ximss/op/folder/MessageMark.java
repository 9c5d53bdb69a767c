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
package io.jamesext.ximss.op.folder;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.Folder;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.folder.MessageSet;
import io.jamesext.ximss.mail.MessageFlags;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Sets and takes away message flags. XIMSS, "Mailbox Operations", messageMark. The view shows them after the next folderSync.
 *
 * <pre>{@code <messageMark id="" folder="" flags="Deleted,Unseen"> (UID | index)+ </messageMark>}</pre>
 */
public final class MessageMark implements XimssOperation<MessageMark.Request> {
    /** The attributes and the messages. */
    public record Request(String folder, MessageFlags.Update flags, MessageSet messages) {
        static Request parse(Element element) {
            Request request = new Request(element.required("folder"), MessageFlags.Update.parse(element.required("flags")),
                MessageSet.parse(element));
            if (request.flags.touchesRecent()) {
                throw new ProtocolException(Failure.NO_PERMISSION, "the Recent flag cannot be changed");
            }
            return request;
        }
    }

    private final Mailboxes mailboxes;

    /** On James's mailboxes. */
    public MessageMark(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @Override
    public String name() {
        return "messageMark";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Folder folder = session.folder(request.folder);
        return mailboxes.require(request.flags.rights(), folder.mailbox(), session.mailboxSession())
            .thenMany(Flux.fromIterable(request.messages.messages(folder.view())))
            .concatMap(range -> update(folder.mailbox(), range, request.flags, session.mailboxSession()))
            .thenMany(Flux.empty());
    }

    private static Flux<?> update(MessageManager mailbox, MessageRange range, MessageFlags.Update update, MailboxSession session) {
        return Flux.concat(
            update(mailbox, range, update.set(), FlagsUpdateMode.ADD, session),
            update(mailbox, range, update.cleared(), FlagsUpdateMode.REMOVE, session));
    }

    private static Flux<?> update(MessageManager mailbox, MessageRange range, Flags flags, FlagsUpdateMode mode, MailboxSession session) {
        boolean empty = flags.getSystemFlags().length == 0 && flags.getUserFlags().length == 0;
        return empty ? Flux.empty() : Flux.from(mailbox.setFlagsReactive(flags, mode, range, session));
    }
}
