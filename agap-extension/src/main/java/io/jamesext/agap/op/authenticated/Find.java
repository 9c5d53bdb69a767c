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

import java.util.concurrent.atomic.AtomicLong;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;

import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.change.Aliases;
import io.jamesext.agap.change.ItemUids;
import io.jamesext.agap.filter.FilterBody;
import io.jamesext.agap.filter.Matches;
import io.jamesext.agap.filter.Rule;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds items of the selected folder. AGAP section 4.22: {@code FIND}, then after 110 the lines of a filter and an empty line.
 */
public final class Find implements AgapOperation<Find.Request> {
    /** It has no arguments on its own line. */
    public record Request() {
        static Request parse(Line line) {
            line.arguments().expectEnd();
            return new Request();
        }
    }

    private final Folders folders;
    private final ItemUids uids;

    /** On the account's folders. */
    @Inject
    public Find(Folders folders, ItemUids uids) {
        this.folders = folders;
        this.uids = uids;
    }

    @Override
    public String name() {
        return "FIND";
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        return folders.openSelected(session)
            .flatMap(messages -> folders.type(session.selected(), session.mailboxSession()).map(Find::searchable).thenReturn(messages))
            .flatMapMany(messages -> FilterBody.ask(session.connection())
                .flatMapMany(rule -> uids.in(messages)
                    .flatMapMany(aliases -> found(rule, aliases, messages, session.mailboxSession()))));
    }

    private static FolderType searchable(FolderType type) {
        if (type == FolderType.FILT) {
            // TODO section 4.22: a filter folder answers with what its own filter finds; none can be stored yet.
            throw new ProtocolException(Failure.NOT_SUPPORTED, "UNKNOWN command (FIND in a FILT folder is not supported yet)");
        }
        return type;
    }

    private static Flux<AgapReply> found(Rule rule, Aliases aliases, MessageManager messages, MailboxSession session) {
        AtomicLong matches = new AtomicLong();
        Flux<MessageUid> found = Matches.of(rule, aliases, messages, session);
        Flux<AgapReply> uids = (aliases.equals(Aliases.NONE) ? found : items(found, aliases))
            .doOnNext(uid -> matches.incrementAndGet())
            .map(ItemUid::format)
            .buffer(Data.LINES)
            .map(Data::of);
        return uids.concatWith(Mono.fromCallable(() -> Status.ok("FIND completed (" + matches + " matches)")));
    }

    private static Flux<MessageUid> items(Flux<MessageUid> messages, Aliases aliases) {
        return messages.map(aliases::item).distinct().collectSortedList().flatMapIterable(items -> items);
    }
}
