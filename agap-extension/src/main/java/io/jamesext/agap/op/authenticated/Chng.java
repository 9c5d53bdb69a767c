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
import java.util.TreeMap;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;

import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.change.Account;
import io.jamesext.agap.change.Fcid;
import io.jamesext.agap.change.FolderRow;
import io.jamesext.agap.change.FolderStates;
import io.jamesext.agap.folder.FolderPath;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells the FCID of all folders and of the root. AGAP section 4.13: {@code CHNG [path]}. The path, which the draft does not explain, is
 * absolute and means that folder and all below it.
 */
public final class Chng implements AgapOperation<Chng.Request> {
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
        MailboxSession user = session.mailboxSession();
        return states.account(session)
            .flatMap(account -> isKnown(request.path, account, user)
                ? Mono.just(account)
                : states.account(user.getUser()).filter(anew -> isKnown(request.path, anew, user)))
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MAILBOX, "INVALID path")))
            .flatMapMany(account -> Flux.fromIterable(lines(request.path, account, user)))
            .buffer(Data.LINES)
            .map(Data::of);
    }

    private boolean isKnown(FolderPath path, Account account, MailboxSession user) {
        return path.isRoot() || account.folders().stream().anyMatch(row -> path(row, user).isIn(path));
    }

    private FolderPath path(FolderRow row, MailboxSession user) {
        return folders.path(MailboxPath.forUser(user.getUser(), row.name()), user);
    }

    private List<String> lines(FolderPath path, Account account, MailboxSession user) {
        TreeMap<String, Fcid> fcids = new TreeMap<>();
        for (FolderRow row : account.folders()) {
            FolderPath folder = path(row, user);
            if (folder.isIn(path) && folder.fitsOnALine()) {
                fcids.put(folder.toString(), row.fcid());
            }
        }
        if (path.isRoot()) {
            fcids.put(path.toString(), Fcid.ofRoot(account.root()));
        }
        return fcids.entrySet().stream().map(folder -> folder.getValue() + " " + folder.getKey()).toList();
    }
}
