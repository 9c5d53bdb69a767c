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

import java.util.List;
import java.util.Set;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.RenameOption;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;

import com.google.inject.Inject;

import io.jamesext.groupware.MailboxClasses;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes, renames and removes folders, as far as their tags allow. AGAP sections 4.28, 4.31 and 4.18. */
public final class FolderTree {
    private final MailboxManager mailboxManager;
    private final Folders folders;
    private final FolderTags tags;
    private final MailboxClasses classes;

    /** On James's mailboxes. */
    @Inject
    public FolderTree(MailboxManager mailboxManager, Folders folders, FolderTags tags, MailboxClasses classes) {
        this.mailboxManager = mailboxManager;
        this.folders = folders;
        this.tags = tags;
        this.classes = classes;
    }

    /** Makes a folder in one that is there. It has no tag but PUBLIC, when that one has it: section 4.28. */
    public Mono<Void> make(FolderPath path, FolderType type, MailboxSession session) {
        return tagsOfParent(path, session)
            .doOnNext(FolderUse.MAKE_FOLDER::check)
            .flatMap(inherited -> Mono.fromCallable(() -> newMailbox(path, session))
                .flatMap(mailbox -> Mono.from(mailboxManager.createMailboxReactive(mailbox, session))
                    // Another client was faster.
                    .switchIfEmpty(Mono.error(() -> new MailboxExistsException(mailbox.asString())))
                    .flatMap(id -> furnish(new Folder(path, mailbox, id), type, inherited, session)
                        // Half a creation would leave a folder of the wrong type behind.
                        .onErrorResume(error -> remove(id, session).then(Mono.error(error))))));
    }

    private Mono<Set<FolderTag>> tagsOfParent(FolderPath path, MailboxSession session) {
        return path.parent().isRoot() ? Mono.just(Set.of()) : folders.find(path.parent(), session)
            .flatMap(parent -> folders.type(parent, session).flatMap(type -> tags.of(parent, type, session)));
    }

    private Mono<Void> furnish(Folder folder, FolderType type, Set<FolderTag> inherited, MailboxSession session) {
        return Mono.justOrEmpty(type.mailboxClass())
            .flatMap(mailboxClass -> classes.set(folder.mailbox(), mailboxClass, session))
            .then(inherited.contains(FolderTag.PUBLIC) ? tags.set(FolderTag.PUBLIC, folder, session) : Mono.empty());
    }

    /**
     * Renames a folder, and so moves all below it. It stays in its parent.
     *
     * @return the folder under its new name
     */
    public Mono<Folder> rename(Folder folder, String name, MailboxSession session) {
        return tags.check(FolderUse.RENAME, folder, session)
            .then(Mono.fromCallable(() -> {
                FolderPath path = folder.path().parent().child(name);
                return new Folder(path, newMailbox(path, session), folder.id());
            }))
            .flatMap(renamed -> Mono.zip(folders.below(renamed, session), folders.below(folder, session))
                .doOnNext(below -> checkRoom(below.getT1(), below.getT2(), folder, renamed, session))
                .flatMap(free -> Mono.from(mailboxManager.renameMailboxReactive(folder.id(), renamed.mailbox(), RenameOption.NONE,
                    session)))
                .thenReturn(renamed));
    }

    /** James would rename what is below one after the other, and stop at the first that is in its way or too long. */
    private static void checkRoom(List<Folder> there, List<Folder> moved, Folder from, Folder to, MailboxSession session) {
        if (!there.isEmpty()) {
            throw new ProtocolException(Failure.MAILBOX_EXISTS, "INVALID name (there are folders below a folder of this name)");
        }
        for (Folder below : moved) {
            String name = to.mailbox().getName() + below.mailbox().getName().substring(from.mailbox().getName().length());
            try {
                new MailboxPath(to.mailbox(), name).assertAcceptable(session.getPathDelimiter());
            } catch (MailboxException e) {
                throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "INVALID name (the path of a subfolder would be too long)");
            }
        }
    }

    /**
     * Removes a folder and all below it, the deepest first: what is left when it fails is what is above. When one of them must stay,
     * nothing is removed.
     */
    public Mono<Void> remove(Folder folder, MailboxSession session) {
        return folders.below(folder, session)
            .flatMapMany(below -> Flux.fromIterable(below).concatWithValues(folder))
            .concatMap(each -> tags.check(FolderUse.REMOVE, each, session).thenReturn(each))
            .collectList()
            .flatMapMany(Flux::fromIterable)
            .concatMap(each -> remove(each.id(), session).then(tags.forget(each, session)))
            .then();
    }

    private Mono<Void> remove(MailboxId id, MailboxSession session) {
        return mailboxManager.deleteMailboxReactive(id, session).then()
            .onErrorResume(MailboxNotFoundException.class, goneMeanwhile -> Mono.empty());
    }

    private static MailboxPath newMailbox(FolderPath path, MailboxSession session) {
        if (path.isRoot() || ReservedFolder.at(path).isPresent()) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "ERROR The name is reserved");
        }
        if (!path.fitsOnALine()) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "INVALID path (too long)");
        }
        MailboxPath mailbox = Folders.mailbox(path, session);
        if (mailbox.isInbox()) {
            // James knows it in any case, but would rename another one to it.
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "ERROR The name is reserved");
        }
        return mailbox;
    }
}
