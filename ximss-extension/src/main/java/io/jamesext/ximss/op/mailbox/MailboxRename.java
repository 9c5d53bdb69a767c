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
package io.jamesext.ximss.op.mailbox;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.RenameOption;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.MailboxNames;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Renames a mailbox, and with {@code children} those below it. XIMSS, "Mailbox Management", mailboxRename.
 *
 * <pre>{@code <mailboxRename id="" mailbox="" newName="" children=""? />}</pre>
 */
public final class MailboxRename implements XimssOperation<MailboxRename.Request> {
    /** The attributes. */
    public record Request(String mailbox, String newName, boolean children) {
    }

    private final MailboxManager mailboxManager;
    private final Mailboxes mailboxes;

    /** On James's mailboxes. */
    public MailboxRename(MailboxManager mailboxManager, Mailboxes mailboxes) {
        this.mailboxManager = mailboxManager;
        this.mailboxes = mailboxes;
    }

    @Override
    public String name() {
        return "mailboxRename";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("mailbox"), element.required("newName"), element.attribute("children").isPresent());
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        MailboxPath from = MailboxNames.path(request.mailbox, mailboxSession);
        MailboxPath to = MailboxNames.path(request.newName, mailboxSession);
        if (MailboxNames.isInbox(from)) {
            throw new ProtocolException(Failure.CONFLICT, "INBOX keeps its name");
        }
        if (to.getName().startsWith(from.getName() + mailboxSession.getPathDelimiter())) {
            // James would rename it twice, as what it was and as what is below that.
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "a mailbox cannot be below itself");
        }
        Mono<Void> renamed = rename(from, to, mailboxSession);
        return (request.children ? renamed : renamed.then(putBack(from, to, mailboxSession))).thenMany(Flux.empty());
    }

    private Mono<Void> rename(MailboxPath from, MailboxPath to, MailboxSession session) {
        return Mono.from(mailboxManager.renameMailboxReactive(from, to, RenameOption.NONE, session)).then();
    }

    /** James takes all along that is below. */
    private Mono<Void> putBack(MailboxPath from, MailboxPath to, MailboxSession session) {
        int length = to.getName().length();
        return mailboxes.below(to, session)
            .filter(path -> path.getName().indexOf(session.getPathDelimiter(), length + 1) < 0)
            .collectList()
            .flatMapMany(Flux::fromIterable)
            .concatMap(path -> rename(path, new MailboxPath(from, from.getName() + path.getName().substring(length)), session))
            .then();
    }
}
