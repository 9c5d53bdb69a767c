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

package io.jamesext.agap.op.authenticated;

import java.util.EnumSet;
import java.util.Set;

import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.NoArguments;
import io.jamesext.agap.folder.Folder;
import io.jamesext.agap.folder.FolderTag;
import io.jamesext.agap.folder.FolderTags;
import io.jamesext.agap.folder.FolderTree;
import io.jamesext.agap.folder.FolderUse;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.item.ItemActions;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deletes the selected folder, its items and its subfolders for good; then no folder is selected. AGAP section 4.18: {@code DELF}. When it
 * or one below it must stay, nothing is deleted; but section 2.10.2: one with NO-DELF alone stays itself, with its subfolders, and loses
 * its items.
 */
public final class Delf implements AgapOperation<NoArguments> {
    private final Folders folders;
    private final FolderTags tags;
    private final FolderTree tree;
    private final ItemActions actions;

    /** On the account's folders. */
    @Inject
    public Delf(Folders folders, FolderTags tags, FolderTree tree, ItemActions actions) {
        this.folders = folders;
        this.tags = tags;
        this.tree = tree;
        this.actions = actions;
    }

    @Override
    public String name() {
        return "DELF";
    }

    @Override
    public Set<State> allowedIn() {
        return EnumSet.of(State.AUTHENTICATED, State.NOT_SELECTED);
    }

    @Override
    public NoArguments parse(Line line) {
        return NoArguments.parse(line);
    }

    @Override
    public Flux<AgapReply> run(NoArguments request, AgapSession session) {
        if (session.selection().isEmpty()) {
            // Figure 78; it is not the 512 of other commands.
            throw new ProtocolException(Failure.NO_SUCH_MAILBOX, "Please select first a folder");
        }
        session.restructured();
        return folders.selected(session)
            .flatMap(folder -> folders.type(folder, session.mailboxSession())
                .flatMap(type -> tags.of(folder, type, session.mailboxSession()))
                .doOnNext(FolderUse.EMPTY_OR_REMOVE::check)
                .flatMap(all -> all.contains(FolderTag.NO_DELF) ? empty(session) : remove(folder, session)))
            .doOnNext(deleted -> session.unselected())
            .flux();
    }

    private Mono<AgapReply> empty(AgapSession session) {
        return actions.empty(session)
            .thenReturn(Status.ok("The folder was emptied, for it has the tag NO-DELF"));
    }

    private Mono<AgapReply> remove(Folder folder, AgapSession session) {
        return tree.remove(folder, session.mailboxSession())
            .thenReturn(Status.ok("Folder '" + folder.path() + "' was deleted"));
    }
}
