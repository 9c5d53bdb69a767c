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
package io.jamesext.agap.folder;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.MailboxSearchFetchType;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.model.search.PrefixedWildcard;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;

import io.jamesext.agap.session.AgapSession;
import io.jamesext.groupware.MailboxClasses;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The folders of an account: the user's own mailboxes, under AGAP's names. */
public final class Folders {
    private final MailboxManager mailboxManager;
    private final MailboxClasses classes;

    /** On James's mailboxes. */
    @Inject
    public Folders(MailboxManager mailboxManager, MailboxClasses classes) {
        this.mailboxManager = mailboxManager;
        this.classes = classes;
    }

    /** All folders of the account whose paths can be told, in their order. */
    public Mono<List<Folder>> all(MailboxSession session) {
        MailboxQuery own = MailboxQuery.privateMailboxesBuilder(session).matchesAllMailboxNames().build();
        return mailboxManager.search(own, MailboxSearchFetchType.Minimal, session)
            .map(found -> folder(found.getPath(), found.getId(), session))
            .filter(folder -> folder.path().fitsOnALine())
            .collectSortedList((one, other) -> one.path().toString().compareTo(other.path().toString()));
    }

    /** The folder at a path; fails when there is none. */
    public Mono<Folder> find(FolderPath path, MailboxSession session) {
        return Mono.fromCallable(() -> mailbox(path, session))
            .filter(mailbox -> path.fitsOnALine())
            .flatMap(mailbox -> Mono.from(mailboxManager.getMailboxReactive(mailbox, session))
                .map(found -> new Folder(path, mailbox, found.getId())))
            .onErrorMap(MailboxNotFoundException.class, gone -> noSuchFolder())
            .switchIfEmpty(Mono.error(Folders::noSuchFolder));
    }

    /**
     * The selected folder's messages. When another client has deleted the folder, or renamed it to what cannot be told, no folder is
     * selected any more.
     */
    public Mono<MessageManager> openSelected(AgapSession session) {
        return Mono.fromCallable(session::selected)
            .flatMap(folder -> Mono.from(mailboxManager.getMailboxReactive(folder.id(), session.mailboxSession())))
            .filter(messages -> path(messages.getMailboxPath(), session.mailboxSession()).fitsOnALine())
            .switchIfEmpty(Mono.error(() -> new MailboxNotFoundException(session.selected().mailbox())))
            .onErrorMap(MailboxNotFoundException.class, gone -> {
                session.unselected();
                return new ProtocolException(Failure.WRONG_STATE, "ERROR The selected folder was deleted");
            });
    }

    /** A folder's messages; fails when it is there no more. */
    public Mono<MessageManager> open(Folder folder, MailboxSession session) {
        return Mono.from(mailboxManager.getMailboxReactive(folder.id(), session))
            .onErrorMap(MailboxNotFoundException.class, gone -> noSuchFolder());
    }

    /** The selected folder as it is now: another client may have renamed it. */
    public Mono<Folder> selected(AgapSession session) {
        return openSelected(session).map(messages -> folder(messages, session.mailboxSession()));
    }

    /** A path as the client wrote it. A relative one begins at the selected folder: section 2.9.2. */
    public Mono<FolderPath> path(String text, AgapSession session) {
        if (text.startsWith("/") || session.selection().isEmpty()) {
            return Mono.fromCallable(() -> FolderPath.parse(text, Optional.empty()));
        }
        return selected(session).map(selected -> FolderPath.parse(text, Optional.of(selected.path())));
    }

    /** The folder that was opened. */
    public Folder folder(MessageManager messages, MailboxSession session) {
        return folder(messages.getMailboxPath(), messages.getId(), session);
    }

    /** All folders below one, also those whose paths cannot be told; the deepest come first. */
    Mono<List<Folder>> below(Folder folder, MailboxSession session) {
        MailboxQuery query = MailboxQuery.builder().userAndNamespaceFrom(folder.mailbox())
            .expression(new PrefixedWildcard(folder.mailbox().getName() + session.getPathDelimiter()))
            .build();
        return mailboxManager.search(query, MailboxSearchFetchType.Minimal, session)
            .map(found -> folder(found.getPath(), found.getId(), session))
            .collectSortedList(Comparator.comparing((Folder found) -> found.path().names().size()).reversed());
    }

    /** A session of the account's owner, for what the server does in the account itself. */
    public MailboxSession sessionOf(Username account) {
        return mailboxManager.createSystemSession(account);
    }

    /** What a folder holds. A reserved one whose mailbox another client has made, without a class, holds what section 2.9.4 says. */
    public Mono<FolderType> type(Folder folder, MailboxSession session) {
        return classes.get(folder.mailbox(), session).map(FolderType::ofClass)
            .defaultIfEmpty(ReservedFolder.at(folder.path()).map(ReservedFolder::type).orElse(FolderType.MESG));
    }

    /** What the selected folder holds. It is read once: no folder of AGAP changes its type. */
    public Mono<FolderType> type(MessageManager selected, AgapSession session) {
        return Mono.justOrEmpty(session.selectedType())
            .switchIfEmpty(Mono.defer(() -> type(folder(selected, session.mailboxSession()), session.mailboxSession()))
                .doOnNext(session::typeKnown));
    }

    /** The path of a mailbox of this user. */
    public FolderPath path(MailboxPath mailbox, MailboxSession session) {
        List<String> names = Splitter.on(session.getPathDelimiter()).splitToList(mailbox.getName());
        ImmutableList.Builder<String> path = ImmutableList.builder();
        for (int i = 0; i < names.size(); i++) {
            path.add(FolderName.toAgap(names.get(i), i == 0));
        }
        return new FolderPath(path.build());
    }

    /** AGAP section 2.9.4: makes the reserved folders that the account does not have yet. */
    public Mono<Void> reserve(MailboxSession session) {
        return all(session)
            .map(folders -> folders.stream().map(Folder::path).collect(Collectors.toSet()))
            .flatMapMany(present -> Flux.fromStream(missing(present)))
            .concatMap(folder -> make(folder, session))
            .then();
    }

    private static Stream<ReservedFolder> missing(Set<FolderPath> present) {
        return Arrays.stream(ReservedFolder.values()).filter(folder -> !present.contains(folder.path()));
    }

    private Mono<Void> make(ReservedFolder folder, MailboxSession session) {
        MailboxPath mailbox = MailboxPath.forUser(session.getUser(), folder.mailbox());
        return Mono.from(mailboxManager.createMailboxReactive(mailbox, session))
            .then(Mono.defer(() -> Mono.justOrEmpty(folder.type().mailboxClass())
                .flatMap(mailboxClass -> classes.set(mailbox, mailboxClass, session))))
            // Another session of the user was faster; it sets the class.
            .onErrorResume(MailboxExistsException.class, exists -> Mono.empty());
    }

    private Folder folder(MailboxPath mailbox, MailboxId id, MailboxSession session) {
        return new Folder(path(mailbox, session), mailbox, id);
    }

    /** The mailbox of a path; fails for one that no folder can have. */
    static MailboxPath mailbox(FolderPath path, MailboxSession session) {
        if (path.isRoot()) {
            throw noSuchFolder();
        }
        ImmutableList.Builder<String> names = ImmutableList.builder();
        for (int i = 0; i < path.names().size(); i++) {
            names.add(FolderName.toJames(path.names().get(i), i == 0).orElseThrow(Folders::noSuchFolder));
        }
        String delimiter = String.valueOf(session.getPathDelimiter());
        return MailboxPath.forUser(session.getUser(), String.join(delimiter, names.build()));
    }

    private static ProtocolException noSuchFolder() {
        return new ProtocolException(Failure.NO_SUCH_MAILBOX, "INVALID folder");
    }
}
