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
import io.jamesext.agap.folder.FolderPath;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Selects a folder. AGAP section 4.35: {@code SLCT path}. After a failure no folder is selected. */
public final class Slct implements AgapOperation<Slct.Request> {
    /** The command; its path is read when it runs, for a wrong one deselects too. */
    public record Request(Line line) {
        String path() {
            return line.arguments().requireArguments().expectRest("path");
        }
    }

    private final Folders folders;

    /** On the account's folders. */
    @Inject
    public Slct(Folders folders) {
        this.folders = folders;
    }

    @Override
    public String name() {
        return "SLCT";
    }

    @Override
    public Set<State> allowedIn() {
        return EnumSet.of(State.AUTHENTICATED, State.NOT_SELECTED);
    }

    @Override
    public Request parse(Line line) {
        return new Request(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        return Mono.fromCallable(request::path)
            .flatMap(path -> folders.path(path, session))
            .map(Slct::selectable)
            .flatMap(path -> folders.find(path, session.mailboxSession()))
            .doOnError(failure -> session.unselected())
            .doOnNext(session::selected)
            .thenMany(Flux.just(Status.ok("Folder selected")));
    }

    private static FolderPath selectable(FolderPath path) {
        if (path.isRoot()) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "You cannot select /");
        }
        return path;
    }
}
