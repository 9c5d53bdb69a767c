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
package io.jamesext.dmap.op.selected;

import java.util.OptionalInt;

import org.apache.james.mailbox.MessageUid;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.RangeSet;

import io.jamesext.dmap.mail.DmapFlags;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.FetchValue;
import io.jamesext.dmap.reply.Fetched;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.MessageState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.session.Telling;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers a FETCH of what James lists for a whole mailbox at once without reading messages: the first look of a client. */
final class FetchStates {
    private static final ImmutableSet<FetchItem> LISTED = ImmutableSet.of(FetchItem.Attribute.FLAGS, FetchItem.Attribute.UID,
        FetchItem.Attribute.MODSEQ);

    private final Fetch.Request request;
    private final DmapSession session;
    private final SelectedMailbox selected;
    private final Telling telling;
    private final ImmutableList<FetchItem> items;

    FetchStates(Fetch.Request request, DmapSession session) {
        this.request = request;
        this.session = session;
        this.selected = session.selected();
        this.telling = session.telling(request.byUid());
        this.items = request.items(telling);
    }

    /** Whether nothing else was asked for. */
    static boolean suffice(Fetch.Request request) {
        return LISTED.containsAll(request.items());
    }

    /** The responses for the messages of these numbers that are there. */
    Flux<DmapReply> of(RangeSet<Integer> wanted) {
        return Flux.fromIterable(selected.ranges(wanted, selected.count() + 1))
            .concatMap(range -> Flux.from(selected.mailbox().listMessagesMetadata(range, session.mailboxSession())), 1)
            .map(MessageState::of)
            .filter(message -> request.changedSince().filter(since -> message.modSeq() <= since).isEmpty())
            .concatMap(this::reply);
    }

    private Mono<DmapReply> reply(MessageState message) {
        OptionalInt sequence = selected.sequence(MessageUid.of(message.uid()));
        return sequence.isEmpty() ? Mono.empty() : Mono.just(new Fetched(telling.name(sequence.getAsInt(), message.uid()),
            items.stream().map(item -> value((FetchItem.Attribute) item, message)).collect(ImmutableList.toImmutableList())));
    }

    /** The value of one of these items. */
    static FetchValue value(FetchItem.Attribute attribute, MessageState state) {
        return switch (attribute) {
            case FLAGS -> new FetchValue.Flags(DmapFlags.format(state.flags()));
            case UID -> new FetchValue.Numeric("UID", state.uid());
            case MODSEQ -> new FetchValue.Numeric("MODSEQ", state.modSeq());
            default -> throw new IllegalArgumentException("not listed: " + attribute);
        };
    }
}
