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
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.folder.Folder;
import io.jamesext.agap.folder.FolderPath;
import io.jamesext.agap.folder.FolderStates;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.folder.Subfolders;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Base62;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/**
 * Tells the FCID of all folders and of the root. AGAP section 4.13: {@code CHNG [path]}. The path, which the draft does not explain, is
 * absolute and means that folder and all below it.
 */
public final class Chng implements AgapOperation<Chng.Request> {
    /** Folders whose state is read at once. */
    private static final int CONCURRENCY = 8;

    /** Where to begin. */
    public record Request(FolderPath path) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments();
            return new Request(arguments.atEnd() ? FolderPath.ROOT : FolderPath.parse(arguments.expectRest("path"), Optional.empty()));
        }
    }

    private final Folders folders;
    private final FolderStates states;

    /** On the account's folders. */
    @Inject
    public Chng(Folders folders, FolderStates states) {
        this.folders = folders;
        this.states = states;
    }

    @Override
    public String name() {
        return "CHNG";
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
        return folders.all(session.mailboxSession()).flatMapMany(all -> {
            List<Folder> wanted = all.stream().filter(folder -> folder.path().isIn(request.path)).toList();
            Subfolders subfolders = Subfolders.of(all);
            if (request.path.isRoot()) {
                return Flux.concat(root(subfolders, session), states(wanted, subfolders, session));
            }
            if (wanted.isEmpty()) {
                throw new ProtocolException(Failure.NO_SUCH_MAILBOX, "INVALID path");
            }
            return states(wanted, subfolders, session);
        });
    }

    private Flux<AgapReply> root(Subfolders subfolders, AgapSession session) {
        return states.ofRoot(subfolders, session.mailboxSession()).map(fcid -> line(fcid, FolderPath.ROOT)).flux();
    }

    private Flux<AgapReply> states(List<Folder> wanted, Subfolders subfolders, AgapSession session) {
        return Flux.fromIterable(wanted).flatMapSequential(folder -> states.of(folder, subfolders, session.mailboxSession())
            .map(state -> line(state.fcid(), folder.path())), CONCURRENCY);
    }

    private static AgapReply line(long fcid, FolderPath path) {
        return Data.of(Base62.encode(fcid), path.toString());
    }
}
