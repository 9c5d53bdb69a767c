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
package io.jamesext.ximss.cli;

import java.util.List;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.user.api.UsersRepository;

import com.google.inject.Inject;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/** Mailboxes of users, by the names that James has for them. */
public final class MailboxCommands {
    private static final List<String> PATH = List.of("namespace", "user", "name");

    private final MailboxManager mailboxes;
    private final UsersRepository users;

    /** On James's services. */
    @Inject
    public MailboxCommands(MailboxManager mailboxes, UsersRepository users) {
        this.mailboxes = mailboxes;
        this.users = users;
    }

    /** Something done as a user. */
    @FunctionalInterface
    private interface Work<T> {
        T as(MailboxSession session) throws MailboxException;
    }

    List<Command> all() {
        Command.Own first = (given, asker) -> Arguments.isAsker(given.get(0), asker);
        Command.Own second = (given, asker) -> Arguments.isAsker(given.get(1), asker);
        return List.of(
            Command.change("DeleteUserMailboxes", List.of("user"), Command.NEVER,
                (given, asker) -> as(Arguments.user(given.get(0)), this::removeAll)),
            Command.change("CreateMailbox", PATH, second, (given, asker) -> create(given)),
            Command.result("ListUserMailboxes", List.of("user"), first,
                (given, asker) -> Result.list(as(Arguments.known(given.get(0), users), this::paths).stream()
                    .map(MailboxPath::getName).sorted().toList())),
            Command.change("DeleteMailbox", PATH, second, (given, asker) -> {
                MailboxPath path = Arguments.mailbox(given.get(0), Arguments.user(given.get(1)), given.get(2));
                if (path.isInbox()) {
                    throw new ProtocolException(Failure.NO_PERMISSION, "the INBOX is not removed");
                }
                as(path.getUser(), session -> {
                    mailboxes.deleteMailbox(path, session);
                    return path;
                });
            }));
    }

    private void create(List<String> given) throws Exception {
        Username user = Arguments.known(given.get(1), users);
        MailboxPath path = Arguments.mailbox(given.get(0), user, given.get(2));
        if (as(user, session -> mailboxes.createMailbox(path, session)).isEmpty()) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "not a possible mailbox name");
        }
    }

    private List<MailboxPath> paths(MailboxSession session) {
        return Flux.from(mailboxes.search(MailboxQuery.privateMailboxesBuilder(session).matchesAllMailboxNames().build(),
                MailboxManager.MailboxSearchFetchType.Minimal, session))
            .map(MailboxMetaData::getPath)
            .collectList()
            .block();
    }

    private List<MailboxPath> removeAll(MailboxSession session) throws MailboxException {
        List<MailboxPath> paths = paths(session);
        for (MailboxPath path : paths) {
            mailboxes.deleteMailbox(path, session);
        }
        return paths;
    }

    /** James's own client does it so: what a user may do with their mailboxes, and no more. */
    private <T> T as(Username user, Work<T> work) throws MailboxException {
        MailboxSession session = mailboxes.createSystemSession(user);
        try {
            return work.as(session);
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }
}
