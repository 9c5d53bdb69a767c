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
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.ACLCommand;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxACL.Right;

import com.google.common.base.Splitter;
import com.google.common.collect.Sets;
import com.google.inject.Inject;

import io.jamesext.groupware.UserSettings;
import io.jamesext.groupware.UserSettings.Kind;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * The tags of folders: those that a folder has by its nature, those that an operator has set, and PUBLIC, which is what James's ACL says.
 * AGAP section 2.10.2. Those of the operator are not annotations of the mailbox: an owner could change these by IMAP's SETMETADATA.
 */
public final class FolderTags {
    /** Everybody with an account on this server: RFC 4314 section 2 calls them "anyone". */
    private static final Set<Right> READ = EnumSet.of(Right.Lookup, Right.Read);
    /** So many operators may set tags of one folder at the same moment. */
    private static final int ATTEMPTS = 10;

    private final MailboxManager mailboxManager;
    private final Folders folders;
    private final UserSettings settings;

    /** On James's rights and the users' settings. */
    @Inject
    public FolderTags(MailboxManager mailboxManager, Folders folders, UserSettings settings) {
        this.mailboxManager = mailboxManager;
        this.folders = folders;
        this.settings = settings;
    }

    /** All tags of a folder. */
    public Mono<Set<FolderTag>> of(Folder folder, FolderType type, MailboxSession session) {
        return kept(folder, session)
            .zipWith(Blocking.call(() -> isPublic(mailboxManager.listRights(folder.id(), session))), (set, isPublic) -> {
                set.addAll(natural(folder.path(), type));
                if (isPublic) {
                    set.add(FolderTag.PUBLIC);
                }
                return set;
            });
    }

    /**
     * Refuses, with {@link Failure#NO_PERMISSION}, what the tags of a folder forbid. For everything that is done to its items; whoever
     * makes a subfolder needs {@link #of}.
     *
     * @param messages the folder
     */
    public Mono<Void> check(FolderUse use, MessageManager messages, MailboxSession session) {
        return Mono.fromCallable(() -> folders.folder(messages, session)).flatMap(folder -> check(use, folder, session));
    }

    /** The same for a folder that is not opened. */
    public Mono<Void> check(FolderUse use, Folder folder, MailboxSession session) {
        return kept(folder, session).doOnNext(set -> {
            ReservedFolder.at(folder.path()).ifPresent(reserved -> set.add(FolderTag.RESERVED));
            use.check(set);
        }).then();
    }

    /** The tags that a folder has by its nature: sections 2.9.2 and 2.9.4. Nobody takes them away. */
    public static Set<FolderTag> natural(FolderPath path, FolderType type) {
        EnumSet<FolderTag> tags = EnumSet.noneOf(FolderTag.class);
        Optional<ReservedFolder> reserved = ReservedFolder.at(path);
        if (reserved.isPresent()) {
            tags.add(FolderTag.RESERVED);
        }
        if (!reserved.map(ReservedFolder::allowsFolders).orElse(type != FolderType.FILT)) {
            tags.add(FolderTag.NO_FOLDERS);
        }
        return tags;
    }

    /** An operator sets a tag. James's ACL says the same as far as it can, so that other protocols keep to it. Again is no error. */
    public Mono<Void> set(FolderTag tag, Folder folder, MailboxSession session) {
        if (tag == FolderTag.PUBLIC) {
            return rights(folder, MailboxACL.ANYBODY_KEY, READ, true, session);
        }
        return update(folder, session, tags -> Sets.union(tags, EnumSet.of(tag)))
            .flatMap(after -> rights(folder, MailboxACL.OWNER_NEGATIVE_KEY, tag.taken(), true, session));
    }

    /** An operator takes a tag away that was set. Again is no error. */
    public Mono<Void> unset(FolderTag tag, Folder folder, MailboxSession session) {
        if (tag == FolderTag.PUBLIC) {
            return rights(folder, MailboxACL.ANYBODY_KEY, READ, false, session);
        }
        return update(folder, session, tags -> Sets.difference(tags, EnumSet.of(tag)))
            .flatMap(after -> {
                Set<Right> stillTaken = after.stream().flatMap(other -> other.taken().stream()).collect(Collectors.toSet());
                return rights(folder, MailboxACL.OWNER_NEGATIVE_KEY, Sets.difference(tag.taken(), stillTaken), false, session);
            });
    }

    /** The folder is gone, and with it what was set for it. */
    Mono<Void> forget(Folder folder, MailboxSession session) {
        return settings.remove(session.getUser(), Kind.FOLDER_TAGS, folder.id().serialize());
    }

    /** What operators have set; the caller may add to it. */
    private Mono<Set<FolderTag>> kept(Folder folder, MailboxSession session) {
        return settings.find(session.getUser(), Kind.FOLDER_TAGS, folder.id().serialize()).<Set<FolderTag>>map(FolderTags::read)
            .switchIfEmpty(Mono.fromCallable(() -> EnumSet.noneOf(FolderTag.class)));
    }

    private Mono<Set<FolderTag>> update(Folder folder, MailboxSession session, UnaryOperator<Set<FolderTag>> change) {
        String id = folder.id().serialize();
        return settings.find(session.getUser(), Kind.FOLDER_TAGS, id).map(Optional::of).defaultIfEmpty(Optional.empty())
            .flatMap(before -> {
                Set<FolderTag> after = change.apply(before.map(FolderTags::read).orElseGet(() -> EnumSet.noneOf(FolderTag.class)));
                return settings.replace(session.getUser(), Kind.FOLDER_TAGS, id, before, write(after))
                    .filter(kept -> kept)
                    .map(kept -> after);
            })
            .repeatWhenEmpty(ATTEMPTS, again -> again)
            .onErrorMap(IllegalStateException.class, tooMany -> new ProtocolException(Failure.BUSY, "the tags are being changed"));
    }

    private Mono<Void> rights(Folder folder, MailboxACL.EntryKey who, Collection<Right> rights, boolean add, MailboxSession session) {
        if (rights.isEmpty()) {
            return Mono.empty();
        }
        ACLCommand.Builder command = MailboxACL.command().key(who).rights(Rfc4314Rights.of(rights));
        return Blocking.run(() ->
            mailboxManager.applyRightsCommand(folder.id(), add ? command.asAddition() : command.asRemoval(), session));
    }

    private static boolean isPublic(MailboxACL acl) {
        Rfc4314Rights rights = acl.getEntries().get(MailboxACL.ANYBODY_KEY);
        return rights != null && READ.stream().allMatch(right -> rights.contains(right));
    }

    private static String write(Set<FolderTag> tags) {
        return Arrays.stream(FolderTag.values()).filter(tags::contains).map(FolderTag::toString).collect(Collectors.joining(" "));
    }

    private static EnumSet<FolderTag> read(String text) {
        return Splitter.on(' ').splitToStream(text)
            .flatMap(name -> FolderTag.named(name).stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(FolderTag.class)));
    }
}
