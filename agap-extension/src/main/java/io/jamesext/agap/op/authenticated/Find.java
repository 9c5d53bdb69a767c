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
import io.jamesext.agap.NoArguments;
import io.jamesext.agap.change.Aliases;
import io.jamesext.agap.change.ItemUids;
import io.jamesext.agap.filter.FilterBody;
import io.jamesext.agap.filter.Matches;
import io.jamesext.agap.filter.Rule;
import io.jamesext.agap.filter.StoredFilter;
import io.jamesext.agap.filter.StoredFilter.Place;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds items of the selected folder. AGAP section 4.22: {@code FIND}, then after 110 the lines of a filter and an empty line.
 */
public final class Find implements AgapOperation<NoArguments> {
    private final Folders folders;
    private final ItemUids uids;
    private final Matches matches;

    /** On the account's folders. */
    @Inject
    public Find(Folders folders, ItemUids uids, Matches matches) {
        this.folders = folders;
        this.uids = uids;
        this.matches = matches;
    }

    @Override
    public String name() {
        return "FIND";
    }

    @Override
    public NoArguments parse(Line line) {
        return NoArguments.parse(line);
    }

    @Override
    public Flux<AgapReply> run(NoArguments request, AgapSession session) {
        MailboxSession user = session.mailboxSession();
        return folders.openSelected(session)
            .flatMapMany(messages -> folders.type(messages, session).flatMapMany(type -> type == FolderType.FILT
                ? answer(inPlaces(messages, user))
                : FilterBody.ask(session.connection())
                    .flatMapMany(rule -> answer(items(rule, type, messages, user).map(ItemUid::format)))));
    }

    /** A filter folder asks for no filter: it has one, or finds nothing. */
    private Flux<String> inPlaces(MessageManager filters, MailboxSession user) {
        return StoredFilter.of(filters, user)
            .flatMapMany(filter -> filter.places(folders, user)
                .flatMapIterable(places -> places)
                .concatMap(place -> inPlace(filter, place, user), 1));
    }

    private Flux<String> inPlace(StoredFilter filter, Place place, MailboxSession user) {
        return folders.open(place.folder(), user)
            .flatMapMany(messages -> items(filter.rule(), place.type(), messages, user))
            .map(uid -> ItemUid.format(uid) + " " + place.folder().path());
    }

    private Flux<MessageUid> items(Rule rule, FolderType type, MessageManager messages, MailboxSession user) {
        return uids.in(messages).flatMapMany(aliases -> {
            Flux<MessageUid> found = matches.of(rule, new Matches.Place(messages, type, aliases), user);
            return aliases.equals(Aliases.NONE) ? found : found.map(aliases::item).distinct().sort();
        });
    }

    private static Flux<AgapReply> answer(Flux<String> found) {
        AtomicLong matches = new AtomicLong();
        return found
            .doOnNext(line -> matches.incrementAndGet())
            .buffer(Data.LINES)
            .<AgapReply>map(Data::of)
            .concatWith(Mono.fromCallable(() -> Status.matches("FIND", matches.get())));
    }
}
