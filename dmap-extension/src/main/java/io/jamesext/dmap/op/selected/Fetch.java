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

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;

import io.jamesext.dmap.DmapServices;
import io.jamesext.dmap.mail.ChunkId;
import io.jamesext.dmap.mail.DimeMessages;
import io.jamesext.dmap.meta.MetaTable;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Vanished;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.session.Extension;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.SequenceSet;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

        /** RFC 7162 section 3.1.4.1: CHANGEDSINCE asks for MODSEQ too. */
        private static ImmutableList<FetchItem> withModSeq(ImmutableList<FetchItem> items) {
            return items.contains(FetchItem.Attribute.MODSEQ) ? items
                : ImmutableList.<FetchItem>builder().addAll(items).add(FetchItem.Attribute.MODSEQ).build();
        }
    }

    /** What has to be loaded, and for how many messages at once: the more of each, the fewer. */
    private enum Load {
        METADATA(FetchGroup.MINIMAL, 500), META(FetchGroup.MINIMAL, 20), HEADER(FetchGroup.HEADERS, 20),
        CONTENT(FetchGroup.FULL_CONTENT, 1);

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
            if (item == FetchItem.Attribute.META) {
                return META;
            }
            return item == FetchItem.Attribute.BODYSTRUCTURE ? CONTENT : METADATA;
        }
    }

    /**
     * A message with what is beside it.
     *
     * @param block the client's
     * @param isWrapped true when its header is that of a DIME message; always false where nothing that was asked for depends on it
     * @param isWhole true when its content was read
     */
    record Read(MessageResult message, Optional<byte[]> block, boolean isWrapped, boolean isWhole) {
        Read with(MessageResult content) {
            return new Read(content, block, isWrapped, true);
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
        session.requireUids(request.byUid());
        SelectedMailbox selected = session.selected();
        if (request.vanished() && !session.has(Extension.QRESYNC)) {
            // RFC 7162 section 3.2.6: BAD.
            throw new ProtocolException(Failure.SYNTAX, "QRESYNC was not enabled");
        }
        if (request.items().contains(FetchItem.Attribute.MODSEQ)) {
            session.enable(Extension.CONDSTORE);
        }
        Load load = Load.of(request.items());
        RangeSet<Integer> wanted = selected.sequences(request.messages(), request.byUid());
        return vanished(request, selected).concatWith(ranges(wanted, request, load.atOnce, session)
            .concatMap(range -> read(range, load, request, session), 1)
            // James may answer on a database driver's thread; content is read and parsed where blocking is allowed.
            .publishOn(Blocking.SCHEDULER, load.atOnce)
            .concatMap(read -> complete(read, load, session)
                .flatMapMany(complete -> new MessageFetch(request, complete, session).replies()), 1));
    }

    /** Messages before their blocks: a block may then be later than the mod-sequence that is told with it, never earlier. */
    private Flux<Read> read(MessageRange range, Load load, Request request, DmapSession session) {
        MessageManager mailbox = session.selected().mailbox();
        return Flux.from(mailbox.getMessagesReactive(range, load.group, session.mailboxSession()))
            .collectList()
            .flatMap(found -> Mono.zip(blocks(range, request, mailbox), wrapped(found, load, request, session))
                .map(beside -> found.stream()
                    .map(message -> new Read(message, Optional.ofNullable(beside.getT1().get(message.getUid())),
                        beside.getT2().contains(message.getUid()), load == Load.CONTENT))
                    .toList()))
            .flatMapIterable(reads -> reads);
    }

    private Mono<Map<MessageUid, byte[]>> blocks(MessageRange range, Request request, MessageManager mailbox) {
        return request.items().contains(FetchItem.Attribute.META) ? meta.of(mailbox.getId(), range) : Mono.just(ImmutableMap.of());
    }

    private static Mono<ImmutableSet<MessageUid>> wrapped(List<MessageResult> messages, Load load, Request request, DmapSession session) {
        if (load == Load.HEADER || load == Load.CONTENT) {
            return Mono.fromCallable(() -> DimeMessages.wrapped(messages));
        }
        return request.items().contains(FetchItem.Attribute.SIZE)
            ? DimeMessages.among(messages, session.selected().mailbox(), session.mailboxSession()) : Mono.just(ImmutableSet.of());
    }

    /** In a DIME message the headers are chunks like others, behind James's header. Read here, one message at a time. */
    private static Mono<Read> complete(Read read, Load load, DmapSession session) {
        if (load != Load.HEADER || !read.isWrapped()) {
            return Mono.just(read);
        }
        MessageRange one = MessageRange.one(read.message().getUid());
        return Flux.from(session.selected().mailbox().getMessagesReactive(one, FetchGroup.FULL_CONTENT, session.mailboxSession()))
            .next()
            .map(read::with)
            .publishOn(Blocking.SCHEDULER);
    }

    /** RFC 7162 section 3.2.6: before any FETCH. What is still to be told as an expunge is not told here. */
    private Flux<DmapReply> vanished(Request request, SelectedMailbox selected) {
        if (!request.vanished()) {
            return Flux.empty();
        }
        RangeSet<Long> wanted = TreeRangeSet.create();
        // `*` is whatever UID was the largest, there or not.
        request.messages().ranges().forEach(range -> wanted.add(Range.closed(range.low(SequenceSet.LAST), range.high(SequenceSet.LAST))));
        return log.after(selected.mailbox().getId(), ModSeq.of(request.changedSince().orElseThrow()))
            .filter(uid -> wanted.contains(uid.asLong()) && selected.sequence(uid).isEmpty())
            .<RangeSet<Long>>collect(TreeRangeSet::create, (gone, uid) -> gone.add(Range.closedOpen(uid.asLong(), uid.asLong() + 1)))
            .flatMapIterable(gone -> Vanished.of(true, gone));
    }

    private static Flux<MessageRange> ranges(RangeSet<Integer> wanted, Request request, int atOnce, DmapSession session) {
        SelectedMailbox selected = session.selected();
        if (request.changedSince().isEmpty()) {
            return Flux.fromIterable(selected.ranges(wanted, atOnce));
        }
        long since = request.changedSince().get();
        return Flux.fromIterable(selected.ranges(wanted, Load.METADATA.atOnce))
            .concatMap(range -> Flux.from(selected.mailbox().listMessagesMetadata(range, session.mailboxSession()))
                .filter(message -> message.getModSeq().asLong() > since)
                .map(message -> message.getComposedMessageId().getUid())
                .collectList()
                .flatMapIterable(changed -> selected.ranges(selected.sequences(changed), atOnce)), 1);
    }
}
