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
package io.jamesext.ximss.folder;

import java.util.Optional;
import java.util.Set;

import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxACL.Right;

import io.jamesext.ximss.reply.FolderReport;
import io.jamesext.ximss.session.XimssSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Opens folders of a session, on mailboxes that the user may read. */
public final class Opener {
    private final Mailboxes mailboxes;
    private final Folder.Shared shared;

    /** On James's event bus. */
    public Opener(Mailboxes mailboxes, EventBus eventBus) {
        this.mailboxes = mailboxes;
        this.shared = new Folder.Shared(eventBus, mailboxes.areIndexed(), new RecentDetails());
    }

    /** Opens one, and gives its report; in the place of an open one of its name, which stays when that fails. */
    public Flux<FolderReport> open(Folder.Opening opening, Optional<Folder> replaced, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        return mailboxes.require(Set.of(Right.Read), opening.mailbox(), mailboxSession)
            .then(Mono.fromCallable(opening.mailbox()::getMailboxPath))
            .flatMap(path -> mailboxes.rights(path, mailboxSession))
            .flatMapMany(rights -> Folder.open(opening, shared, mailboxSession, news -> session.push(opening.name(), news))
                .flatMap(folder -> Mono.justOrEmpty(replaced).flatMap(Folder::close).onErrorComplete().thenReturn(folder))
                .doOnNext(session::opened)
                .flatMapMany(folder -> folder.init(rights)));
    }
}
