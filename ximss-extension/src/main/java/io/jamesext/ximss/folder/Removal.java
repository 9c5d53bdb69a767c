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

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.groupware.UserSettings;
import io.jamesext.ximss.account.Preferences;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How messages go: XIMSS, "Mailbox Operations", messageRemove and emptyTrash. */
public final class Removal {
    /** RFC 4314 section 4, for messages that leave a mailbox. */
    private static final Set<Right> RIGHTS = EnumSet.of(Right.DeleteMessages, Right.PerformExpunge);
    /** Messages that are deleted at once. */
    private static final int CHUNK = 500;

    private final Transfers transfers;
    private final Mailboxes mailboxes;
    private final UserSettings settings;

    /** On James's mailboxes and the users' preferences. */
    public Removal(Transfers transfers, Mailboxes mailboxes, UserSettings settings) {
        this.transfers = transfers;
        this.mailboxes = mailboxes;
        this.settings = settings;
    }

    /** Removes messages as the user's preference DeleteMode says: without one, they are moved to the trash. */
    public Mono<Void> remove(List<MessageRange> messages, MessageManager mailbox, MailboxSession session) {
        return preference(Preferences.DELETE_MODE, session).defaultIfEmpty("").flatMap(mode -> switch (mode) {
            case Preferences.IMMEDIATELY -> delete(messages, mailbox, session);
            case Preferences.MARK -> mailboxes.require(Set.of(Right.DeleteMessages), mailbox, session)
                .thenMany(Flux.fromIterable(messages))
                .concatMap(range -> mailbox.setFlagsReactive(new Flags(Flags.Flag.DELETED), FlagsUpdateMode.ADD, range, session))
                .then();
            default -> trash(Optional.of(""), session).flatMap(trash -> trash.getId().equals(mailbox.getId())
                ? delete(messages, mailbox, session)
                : transfers.move(new Transfers.Source(mailbox, messages), Mono.just(trash), session));
        });
    }

    /** Deletes what is in the user's trash, if there is one. */
    public Mono<Void> emptyTrash(MailboxSession session) {
        return trash(Optional.empty(), session)
            .onErrorResume(MailboxNotFoundException.class, noTrash -> Mono.empty())
            .flatMap(trash -> delete(List.of(MessageRange.all()), trash, session));
    }

    private Mono<MessageManager> trash(Optional<String> mailboxClass, MailboxSession session) {
        return preference(Preferences.TRASH_BOX, session).defaultIfEmpty(Preferences.TRASH)
            .flatMap(name -> mailboxes.find(name, mailboxClass, session));
    }

    private Mono<String> preference(String name, MailboxSession session) {
        return settings.find(session.getUser(), UserSettings.Kind.PREFERENCE, name);
    }

    private Mono<Void> delete(List<MessageRange> messages, MessageManager mailbox, MailboxSession session) {
        return mailboxes.require(RIGHTS, mailbox, session)
            .thenMany(Flux.fromIterable(messages))
            .concatMap(range -> mailbox.listMessagesMetadata(range, session))
            .map(message -> message.getComposedMessageId().getUid())
            .buffer(CHUNK)
            .concatMap(uids -> mailbox.deleteReactive(uids, session), 1)
            .then();
    }
}
