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
import java.util.Optional;
import java.util.Set;

import org.apache.james.mailbox.MailboxSession;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.folder.Folder;
import io.jamesext.agap.folder.FolderPath;
import io.jamesext.agap.folder.FolderPattern;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lists folders with their types. AGAP section 4.27: {@code LIST [path/filter]}. Without an argument it lists the subfolders of the
 * selected folder, or of the root when none is selected; a path without a star is that folder itself. All paths it gives are absolute.
 */
public final class List implements AgapOperation<List.Request> {
    /** Folders whose type is read at once. */
    private static final int CONCURRENCY = 8;

    /** The argument, as it was written; empty without. */
    public record Request(String filter) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments();
            return new Request(arguments.atEnd() ? "" : arguments.expectRest("path or filter"));
        }
    }

    private final Folders folders;

    /** On the account's folders. */
    @Inject
    public List(Folders folders) {
        this.folders = folders;
    }

    @Override
    public String name() {
        return "LIST";
    }

    @Override
    public Set<State> allowedIn() {
        return EnumSet.of(State.AUTHENTICATED, State.NOT_SELECTED);
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        MailboxSession user = session.mailboxSession();
        return base(request, session)
            .map(base -> pattern(request, base))
            .flatMapMany(pattern -> folders.all(user).flatMapMany(all -> {
                if (!pattern.isRoot() && all.stream().noneMatch(folder -> folder.path().isIn(pattern.mustExist()))) {
                    throw new ProtocolException(Failure.NO_SUCH_MAILBOX, "ERROR The specified folder does not exist");
                }
                ImmutableList<Folder> matching = all.stream().filter(folder -> pattern.matches(folder.path()))
                    .collect(ImmutableList.toImmutableList());
                return listed(matching, pattern, user);
            }));
    }

    /** The selected folder as it is called now, where the argument needs one. */
    private Mono<Optional<FolderPath>> base(Request request, AgapSession session) {
        return request.filter.startsWith("/") || session.selection().isEmpty()
            ? Mono.just(Optional.empty())
            : folders.selected(session).map(folder -> Optional.of(folder.path()));
    }

    private static FolderPattern pattern(Request request, Optional<FolderPath> selected) {
        return request.filter.isEmpty()
            ? FolderPattern.childrenOf(selected.orElse(FolderPath.ROOT))
            : FolderPattern.parse(request.filter, selected);
    }

    private Flux<AgapReply> listed(ImmutableList<Folder> matching, FolderPattern pattern, MailboxSession session) {
        boolean withRoot = pattern.matches(FolderPath.ROOT);
        Flux<AgapReply> root = withRoot ? Flux.just(line(FolderType.FOLD, FolderPath.ROOT)) : Flux.empty();
        Flux<AgapReply> found = Flux.fromIterable(matching)
            .flatMapSequential(folder -> folders.type(folder, session).map(type -> line(type, folder.path())), CONCURRENCY);
        return Flux.concat(root, found, Mono.just(Status.matches("LIST", matching.size() + (withRoot ? 1 : 0))));
    }

    private static AgapReply line(FolderType type, FolderPath path) {
        return Data.of(type.name(), path.toString());
    }
}
