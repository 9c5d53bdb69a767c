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
import io.jamesext.agap.folder.FolderTree;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/** Makes a folder in one that is there. AGAP section 4.28: {@code MAKE type path}. */
public final class Make implements AgapOperation<Make.Request> {
    /** The type, and the path as it was written. */
    public record Request(FolderType type, String path) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments().requireArguments();
            String type = arguments.expectAtom("type");
            if (arguments.atEnd()) {
                throw new ProtocolException(Failure.SYNTAX, "ERROR Missing folder name");
            }
            return new Request(FolderType.named(type)
                .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "ERROR Unknown folder type")), arguments.expectRest("path"));
        }
    }

    private final Folders folders;
    private final FolderTree tree;

    /** On the account's folders. */
    @Inject
    public Make(Folders folders, FolderTree tree) {
        this.folders = folders;
        this.tree = tree;
    }

    @Override
    public String name() {
        return "MAKE";
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
        session.restructured();
        return folders.path(request.path, session)
            .flatMap(path -> tree.make(path, request.type, session.mailboxSession()))
            .thenMany(Flux.just(Status.ok("Folder created")));
    }
}
