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

package io.jamesext.lemonade.imap.mailbox;

import java.util.List;
import java.util.function.Consumer;

import org.apache.james.imap.api.message.Capability;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import reactor.core.publisher.Mono;

/** CREATE: makes a mailbox and the ones above it. RFC 3501 section 6.3.3, RFC 4314 section 4, RFC 6154 section 3, RFC 8474 section 4.1. */
public final class CreateCommand implements FolderCommand<CreateRequest> {
    private final MailboxManager mailboxManager;
    private final SpecialUse specialUse;

    public CreateCommand(MailboxManager mailboxManager, SpecialUse specialUse) {
        this.mailboxManager = mailboxManager;
        this.specialUse = specialUse;
    }

    @Override
    public Class<CreateRequest> request() {
        return CreateRequest.class;
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(Capability.of("CREATE-SPECIAL-USE"));
    }

    @Override
    public Mono<String> run(CreateRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Mono.fromCallable(() -> create(NewName.path(request.name(), session.names()), SpecialUse.checked(request.uses()), session))
            .flatMap(created -> created)
            .map(id -> "MAILBOXID (" + id.serialize() + ")");
    }

    private Mono<MailboxId> create(MailboxPath path, List<String> uses, FolderSession session) {
        if (path.isInbox()) {
            return Mono.error(new MailboxExistsException(path.asString()));
        }
        return Inheritance.of(path, session, mailboxManager)
            .flatMap(inheritance -> Mono.from(mailboxManager.createMailboxReactive(path, session.mailbox()))
                // Another client was faster.
                .switchIfEmpty(Mono.error(() -> new MailboxExistsException(path.asString())))
                .flatMap(id -> inheritance.pass(session, mailboxManager)
                    .then(uses.isEmpty() ? Mono.<Void>empty() : specialUse.set(path, uses, session))
                    // RFC 6154 section 3: a mailbox that cannot be given its use must not be there.
                    .onErrorResume(failure -> mailboxManager.deleteMailboxReactive(path, session.mailbox()).then(Mono.error(failure)))
                    .thenReturn(id)));
    }
}
