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

import java.util.Set;

import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.RangeSet;

import io.jamesext.dmap.mail.ChunkId;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.SequenceSet;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;

/**
 * Gets data of messages. Draft section 7.6.4: {@code "FETCH" SP sequence-set SP (macro / item / "(" item *(SP item) ")")}. Messages
 * that have gone meanwhile are passed over.
 */
public final class Fetch implements ByUid<Fetch.Request> {
    /** Which messages, by UID or number, and what of them. */
    public record Request(SequenceSet messages, boolean byUid, ImmutableList<FetchItem> items) {
        static Request parse(DmapReader arguments, boolean byUid) {
            SequenceSet messages = arguments.expectSpace().expectSequenceSet();
            return new Request(messages, byUid, FetchItem.parseAll(arguments.expectSpace()));
        }
    }

    /** What has to be loaded, and for how many messages at once: the more of each, the fewer. */
    private enum Load {
        METADATA(FetchGroup.MINIMAL, 500), HEADER(FetchGroup.HEADERS, 20), CONTENT(FetchGroup.FULL_CONTENT, 1);

        private final FetchGroup group;
        private final int atOnce;

        Load(FetchGroup group, int atOnce) {
            this.group = group;
            this.atOnce = atOnce;
        }

        static Load of(ImmutableList<FetchItem> items) {
            return items.stream().map(Load::of).max(Enum::compareTo).orElse(METADATA);
        }

        private static Load of(FetchItem item) {
            if (item instanceof FetchItem.Body body) {
                return body.chunk().filter(ChunkId::isHeader).isPresent() ? HEADER : CONTENT;
            }
            return item == FetchItem.Attribute.BODYSTRUCTURE ? CONTENT : METADATA;
        }
    }

    @Override
    public String name() {
        return "FETCH";
    }

    @Override
    public Set<DmapState> allowedIn() {
        return SELECTED;
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments, false);
    }

    @Override
    public Request parseByUid(DmapReader arguments) {
        return Request.parse(arguments, true);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        SelectedMailbox selected = session.selected();
        MessageManager mailbox = selected.mailbox();
        Load load = Load.of(request.items());
        RangeSet<Integer> wanted = selected.sequences(request.messages(), request.byUid());
        return Flux.fromIterable(selected.ranges(wanted, load.atOnce))
            .concatMap(range -> Flux.from(mailbox.getMessagesReactive(range, load.group, session.mailboxSession())), 1)
            // James may answer on a database driver's thread; content is read and parsed where blocking is allowed.
            .publishOn(Blocking.SCHEDULER, load.atOnce)
            .concatMap(message -> new MessageFetch(request, message, load == Load.HEADER, session).replies(), 1);
    }
}
