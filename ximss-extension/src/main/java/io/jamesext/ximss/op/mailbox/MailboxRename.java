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

import java.util.Comparator;
import java.util.List;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.MailboxRenamedResult;
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
        return mailboxes.below(to, mailboxSession).hasElements()
            .filter(occupied -> !occupied)
            // James would rename what is below one after the other, and stop at the first that is there.
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.MAILBOX_EXISTS, "there are mailboxes below the new name")))
            .flatMap(free -> rename(from, to, mailboxSession))
            .flatMap(renamed -> request.children ? Mono.empty() : putBack(renamed, from, mailboxSession))
            .thenMany(Flux.empty());
    }

    private Mono<List<MailboxRenamedResult>> rename(MailboxPath from, MailboxPath to, MailboxSession session) {
        return Mono.from(mailboxManager.renameMailboxReactive(from, to, RenameOption.NONE, session));
    }

    /** James takes all along that is below; and again what is below that, when it is put back. */
    private Mono<Void> putBack(List<MailboxRenamedResult> renamed, MailboxPath from, MailboxSession session) {
        List<MailboxRenamedResult> children = renamed.stream()
            .filter(result -> !result.getOriginPath().equals(from))
            .sorted(Comparator.comparing(result -> result.getOriginPath().getName()))
            .toList();
        return Flux.fromIterable(children)
            .filter(child -> children.stream().noneMatch(other -> child.getOriginPath().getName()
                .startsWith(other.getOriginPath().getName() + session.getPathDelimiter())))
            .concatMap(child -> rename(child.getDestinationPath(), child.getOriginPath(), session))
            .then();
    }
}
