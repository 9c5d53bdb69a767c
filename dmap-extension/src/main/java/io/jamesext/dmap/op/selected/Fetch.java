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

import java.util.Optional;

import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;

import io.jamesext.dmap.DmapServices;
import io.jamesext.dmap.meta.MetaTable;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.Extension;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.session.Telling;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.SequenceSet;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/**
 * Gets data of messages. Draft section 7.6.4: {@code "FETCH" SP sequence-set SP (macro / item / "(" item *(SP item) ")")
 * [SP "(CHANGEDSINCE" SP number [SP "VANISHED"] ")"]}, the last as in RFC 7162 sections 3.1.4.1 and 3.2.6. Messages that have gone
 * meanwhile are passed over.
 */
public final class Fetch implements ByUid<Fetch.Request> {
    /**
     * Which messages, by UID or number, what of them.
     *
     * @param changedSince only those with a higher mod-sequence
     * @param vanished true when those of the set are wanted too that went behind it
     */
    public record Request(SequenceSet messages, boolean byUid, ImmutableList<FetchItem> items, Optional<Long> changedSince,
                          boolean vanished) {
        static Request parse(DmapReader arguments, boolean byUid) {
            SequenceSet messages = arguments.expectSpace().expectSequenceSet();
            ImmutableList<FetchItem> items = FetchItem.parseAll(arguments.expectSpace());
            if (!arguments.accept(' ')) {
                return new Request(messages, byUid, items, Optional.empty(), false);
            }
            arguments.expect('(');
            if (!arguments.acceptWord("CHANGEDSINCE")) {
                throw arguments.expected("CHANGEDSINCE");
            }
            long since = arguments.expectSpace().expectNumber();
            boolean vanished = byUid && arguments.accept(' ');
            if (vanished && !arguments.acceptWord("VANISHED")) {
                throw arguments.expected("VANISHED");
            }
            arguments.expect(')');
            return new Request(messages, byUid, withModSeq(items), Optional.of(since), vanished);
        }

        /** What is told of each message. Draft section 7.6.8: the UID is implicit in answers to UID commands. */
        ImmutableList<FetchItem> items(Telling telling) {
            return !byUid || telling.uidOnly() || items.contains(FetchItem.Attribute.UID) ? items
                : ImmutableList.<FetchItem>builder().addAll(items).add(FetchItem.Attribute.UID).build();
        }

        /** RFC 7162 section 3.1.4.1: CHANGEDSINCE asks for MODSEQ too. */
        private static ImmutableList<FetchItem> withModSeq(ImmutableList<FetchItem> items) {
            return items.contains(FetchItem.Attribute.MODSEQ) ? items
                : ImmutableList.<FetchItem>builder().addAll(items).add(FetchItem.Attribute.MODSEQ).build();
        }
    }

    private final ExpungeLog log;
    private final MetaTable meta;

    /** On the log of expunges and the clients' blocks. */
    public Fetch(DmapServices services) {
        this.log = services.expunges();
        this.meta = services.meta();
    }

    @Override
    public String name() {
        return "FETCH";
    }

    @Override
    public Request parse(DmapReader arguments, boolean byUid) {
        return Request.parse(arguments, byUid);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        session.requireUids(request.byUid());
        SelectedMailbox selected = session.selected();
        if (request.vanished() && !session.has(Extension.QRESYNC)) {
            // RFC 7162 section 3.2.6: BAD.
            throw new ProtocolException(Failure.SYNTAX, "QRESYNC was not enabled");
        }
        if (request.items().contains(FetchItem.Attribute.MODSEQ)) {
            session.enable(Extension.CONDSTORE);
        }
        RangeSet<Integer> wanted = selected.sequences(request.messages(), request.byUid());
        return vanished(request, selected).concatWith(FetchStates.suffice(request) ? new FetchStates(request, session).of(wanted)
            : new FetchReads(request, session, meta).of(wanted)
                .concatMap(read -> new MessageFetch(request, read, session).replies(), 0));
    }

    /** RFC 7162 section 3.2.6: before any FETCH. */
    private Flux<DmapReply> vanished(Request request, SelectedMailbox selected) {
        if (!request.vanished()) {
            return Flux.empty();
        }
        RangeSet<Long> wanted = TreeRangeSet.create();
        // `*` is whatever UID was the largest, there or not.
        request.messages().ranges().forEach(range -> wanted.add(Range.closed(range.low(SequenceSet.LAST), range.high(SequenceSet.LAST))));
        return selected.vanished(wanted, request.changedSince().orElseThrow(), log);
    }
}
