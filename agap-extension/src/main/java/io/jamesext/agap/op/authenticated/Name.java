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

import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.folder.FolderTree;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/** Renames the selected folder, which stays selected. AGAP section 4.31: {@code NAME name}, where the name is no path. */
public final class Name implements AgapOperation<Name.Request> {
    /** The new name. */
    public record Request(String name) {
        static Request parse(Line line) {
            return new Request(line.arguments().requireArguments().expectRest("name"));
        }
    }

    private final Folders folders;
    private final FolderTree tree;

    /** On the account's folders. */
    @Inject
    public Name(Folders folders, FolderTree tree) {
        this.folders = folders;
        this.tree = tree;
    }

    @Override
    public String name() {
        return "NAME";
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        if (request.name.indexOf('/') >= 0) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "ERROR The argument must not be a path");
        }
        session.restructured();
        return folders.selected(session)
            .flatMap(folder -> tree.rename(folder, request.name, session.mailboxSession()))
            .doOnNext(session::renamed)
            .thenMany(Flux.empty());
    }
}
