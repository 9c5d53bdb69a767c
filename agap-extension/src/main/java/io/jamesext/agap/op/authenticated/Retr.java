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

import java.util.Optional;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;

import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.change.ItemUids;
import io.jamesext.agap.filter.Matches.Place;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.item.Item;
import io.jamesext.agap.item.Items;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives an item, or one leaf of it. AGAP section 4.34: {@code RETR UID [part]}; in a FILT folder {@code RETR} alone gives its filter.
 */
public final class Retr implements AgapOperation<Retr.Request> {
    /** The item, and the part if not all is wanted; neither for a filter. */
    public record Request(Optional<MessageUid> uid, Optional<String> part) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments();
            if (arguments.atEnd()) {
                return new Request(Optional.empty(), Optional.empty());
            }
            MessageUid uid = ItemUid.parse(arguments.expectAtom("UID"));
            Optional<String> part = arguments.atom();
            arguments.expectEnd();
            return new Request(Optional.of(uid), part);
        }
    }

    private final Folders folders;
    private final ItemUids uids;

    /** On the account's folders. */
    @Inject
    public Retr(Folders folders, ItemUids uids) {
        this.folders = folders;
        this.uids = uids;
    }

    @Override
    public String name() {
        return "RETR";
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        // Both at once: neither needs the other.
        return Mono.zip(folders.openSelected(session), Mono.defer(() -> uids.in(session.selected().id())))
            .flatMap(read -> folders.type(read.getT1(), session)
                .flatMap(type -> item(request, new Place(read.getT1(), type, read.getT2()), session.mailboxSession())))
            .flatMapMany(item -> request.part.map(item::part).orElseGet(item::xml))
            .buffer(Data.LINES)
            .map(Data::of);
    }

    private Mono<Item> item(Request request, Place place, MailboxSession session) {
        if (place.type() == FolderType.FILT) {
            if (request.uid.isPresent()) {
                throw new ProtocolException(Failure.SYNTAX, "RETR with UID is not allowed for a FILT folder");
            }
            return Items.filter(place.messages(), session)
                .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "UNKNOWN filter (none is stored yet)")));
        }
        MessageUid uid = request.uid.orElseThrow(() ->
            new ProtocolException(Failure.UNKNOWN_COMMAND, "UNKNOWN command (only FILT folders do not need arguments)"));
        return uids.message(uid, place.aliases(), place.messages(), session)
            .flatMap(message -> Items.read(message, place.type(), place.messages(), session));
    }
}
