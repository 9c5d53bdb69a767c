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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;

import com.google.common.collect.Lists;
import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.change.Delta;
import io.jamesext.agap.change.Fcid;
import io.jamesext.agap.change.FolderChanges;
import io.jamesext.agap.change.FolderRow;
import io.jamesext.agap.change.FolderStates;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Code;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells what has changed in the selected folder since an FCID of it: {@code XCHG FCID}. An extension of ours, told by the capability of the
 * same name; its specification is in the README of this module.
 */
public final class Xchg implements AgapOperation<Xchg.Request> {
    /** The FCID; empty for a text that no folder has as one. */
    public record Request(Optional<Fcid> since) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments().requireArguments();
            Request request = new Request(Fcid.parse(arguments.expectAtom("FCID")));
            arguments.expectEnd();
            return request;
        }
    }

    private final Folders folders;
    private final FolderStates states;
    private final FolderChanges changes;

    /** On the account's folders. */
    @Inject
    public Xchg(Folders folders, FolderStates states, FolderChanges changes) {
        this.folders = folders;
        this.states = states;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "XCHG";
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        MailboxSession user = session.mailboxSession();
        return folders.openSelected(session)
            .flatMapMany(messages -> states.row(messages, user).map(FolderRow::fcid)
                .flatMapMany(now -> request.since.filter(now::isNotBefore)
                    .map(since -> told(since, now, messages, user))
                    .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "INVALID FCID (it is none of this folder)"))));
    }

    private Flux<AgapReply> told(Fcid since, Fcid now, MessageManager messages, MailboxSession session) {
        return changes.since(since, now, messages, session)
            .flatMapIterable(delta -> replies(now, delta))
            .switchIfEmpty(Mono.just(new Status(Code.NOT_FOUND, "The changes since then are not known any more")));
    }

    private static List<AgapReply> replies(Fcid now, Delta delta) {
        List<String> lines = new ArrayList<>();
        lines.add("=" + now);
        add(lines, "-", delta.gone());
        add(lines, "+", delta.came());
        add(lines, "*", delta.changed());
        return Lists.partition(lines, Data.LINES).stream().<AgapReply>map(Data::of).toList();
    }

    private static void add(List<String> lines, String sign, Iterable<MessageUid> uids) {
        uids.forEach(uid -> lines.add(sign + ItemUid.format(uid)));
    }
}
