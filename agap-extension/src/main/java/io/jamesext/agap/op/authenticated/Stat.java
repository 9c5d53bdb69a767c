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
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.james.mailbox.MailboxSession;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.NoArguments;
import io.jamesext.agap.change.FolderState;
import io.jamesext.agap.change.FolderStates;
import io.jamesext.agap.folder.Folder;
import io.jamesext.agap.folder.FolderPath;
import io.jamesext.agap.folder.FolderTag;
import io.jamesext.agap.folder.FolderTags;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Base62;
import io.jamesext.agap.wire.Line;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells the selected folder's path, type, FCID, UCID, tags and counters. AGAP section 4.38: {@code STAT}; 512 when none is selected. */
public final class Stat implements AgapOperation<NoArguments> {
    private final Folders folders;
    private final FolderTags tags;
    private final FolderStates states;

    /** On the account's folders. */
    @Inject
    public Stat(Folders folders, FolderTags tags, FolderStates states) {
        this.folders = folders;
        this.tags = tags;
        this.states = states;
    }

    @Override
    public String name() {
        return "STAT";
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
        MailboxSession user = session.mailboxSession();
        return folders.openSelected(session)
            .flatMap(messages -> {
                // Where it is now: another client may have renamed it.
                Folder folder = folders.folder(messages, user);
                return folders.type(folder, user).flatMap(type -> Mono.zip(tags.of(folder, type, user), states.of(messages, user),
                    (found, state) -> lines(folder.path(), type, found, state)));
            })
            .flux();
    }

    private static AgapReply lines(FolderPath path, FolderType type, Set<FolderTag> tags, FolderState state) {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        lines.add("PATH " + path, "TYPE " + type, "FCID " + state.fcid());
        if (type.holdsItems()) {
            lines.add("UCID " + Base62.encode(state.ucid()));
        }
        lines.add(Stream.concat(Stream.of("TAGS"), tags.stream().sorted().map(FolderTag::toString)).collect(Collectors.joining(" ")));
        if (type != FolderType.FOLD) {
            lines.add("TOTAL " + state.total());
        }
        if (type == FolderType.MESG) {
            lines.add("NEW " + state.unseen());
        }
        return Data.of(lines.build());
    }
}
