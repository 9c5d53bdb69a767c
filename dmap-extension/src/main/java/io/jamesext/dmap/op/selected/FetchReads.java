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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.RangeSet;

import io.jamesext.dmap.mail.ChunkId;
import io.jamesext.dmap.mail.DimeMessages;
import io.jamesext.dmap.meta.MetaTable;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads from James what a FETCH asks for and no more, of several messages at once while they are small. Of contents,
 * {@link #AT_ONCE_BYTES} are held, or the message that is sent and the next one.
 */
final class FetchReads {
    /** Contents that are read at once. */
    private static final long AT_ONCE_BYTES = 1024 * 1024;
    /** Messages whose headers, contents or blocks are read at once. */
    private static final int FEW = 20;
    /** Messages of which only metadata is read at once. */
    private static final int MANY = 5000;

    /** What has to be loaded, and of how many messages at once. Contents are divided again, by their size. */
    private enum Load {
        METADATA(FetchGroup.MINIMAL, MANY), META(FetchGroup.MINIMAL, FEW), HEADER(FetchGroup.HEADERS, FEW),
        CONTENT(FetchGroup.FULL_CONTENT, MANY);

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

        /** Of some messages at least: those whose header says that they are DIME messages. */
        boolean hasContents() {
            return this == HEADER || this == CONTENT;
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
    }

    private final Fetch.Request request;
    private final DmapSession session;
    private final MetaTable meta;
    private final MessageManager mailbox;
    private final Load load;

    FetchReads(Fetch.Request request, DmapSession session, MetaTable meta) {
        this.request = request;
        this.session = session;
        this.meta = meta;
        this.mailbox = session.selected().mailbox();
        this.load = Load.of(request.items());
    }

    /** The messages of these numbers that are there, on a thread where blocking is allowed. */
    Flux<Read> of(RangeSet<Integer> wanted) {
        return ranges(wanted)
            .concatMap(this::read, 1)
            // James may answer on a database driver's thread; content is read and parsed where blocking is allowed.
            .publishOn(Blocking.SCHEDULER, load.hasContents() ? 1 : load.atOnce);
    }

    private Flux<MessageRange> ranges(RangeSet<Integer> wanted) {
        SelectedMailbox selected = session.selected();
        Flux<MessageRange> ranges = request.changedSince().isEmpty() ? Flux.fromIterable(selected.ranges(wanted, load.atOnce))
            : Flux.fromIterable(selected.ranges(wanted, MANY))
                .concatMap(range -> changed(range, request.changedSince().get()), 1)
                .concatMapIterable(changed -> selected.ranges(selected.sequences(changed), load.atOnce), 1);
        return load == Load.CONTENT ? ranges.concatMap(this::bySize, 1) : ranges;
    }

    private Mono<List<MessageUid>> changed(MessageRange range, long since) {
        return Flux.from(mailbox.listMessagesMetadata(range, session.mailboxSession()))
            .filter(message -> message.getModSeq().asLong() > since)
            .map(message -> message.getComposedMessageId().getUid())
            .collectList();
    }

    /** Divides a range where its messages are too large to be read at once. */
    private Flux<MessageRange> bySize(MessageRange range) {
        return range.getUidFrom().equals(range.getUidTo()) ? Flux.just(range)
            : messages(range, FetchGroup.MINIMAL).collectList().flatMapIterable(FetchReads::divided);
    }

    private static List<MessageRange> divided(List<MessageResult> messages) {
        List<MessageRange> ranges = new ArrayList<>();
        List<MessageUid> part = new ArrayList<>();
        long octets = 0;
        for (MessageResult message : messages) {
            if (!part.isEmpty() && (part.size() == FEW || octets + message.getSize() > AT_ONCE_BYTES)) {
                ranges.addAll(MessageRange.toRanges(part));
                part.clear();
                octets = 0;
            }
            part.add(message.getUid());
            octets += message.getSize();
        }
        ranges.addAll(MessageRange.toRanges(part));
        return ranges;
    }

    /** Messages before their blocks: a block may then be later than the mod-sequence that is told with it, never earlier. */
    private Flux<Read> read(MessageRange range) {
        return messages(range, load.group)
            .collectList()
            .flatMapMany(found -> Mono.zip(blocks(range), wrapped(found))
                .flatMapMany(beside -> completed(found, beside.getT2())
                    .map(message -> read(message, beside.getT1(), beside.getT2().contains(message.getUid())))));
    }

    private Read read(MessageResult message, Map<MessageUid, byte[]> blocks, boolean isWrapped) {
        boolean isWhole = load == Load.CONTENT || load == Load.HEADER && isWrapped;
        return new Read(message, Optional.ofNullable(blocks.get(message.getUid())), isWrapped, isWhole);
    }

    private Mono<Map<MessageUid, byte[]>> blocks(MessageRange range) {
        return request.items().contains(FetchItem.Attribute.META) ? meta.of(mailbox.getId(), range) : Mono.just(ImmutableMap.of());
    }

    private Mono<ImmutableSet<MessageUid>> wrapped(List<MessageResult> messages) {
        if (load.hasContents()) {
            return Mono.fromCallable(() -> DimeMessages.wrapped(messages));
        }
        return request.items().contains(FetchItem.Attribute.SIZE)
            ? DimeMessages.among(messages, mailbox, session.mailboxSession()) : Mono.just(ImmutableSet.of());
    }

    /** In a DIME message the headers are chunks like others, behind James's header: so its content is read too. */
    private Flux<MessageResult> completed(List<MessageResult> messages, ImmutableSet<MessageUid> wrapped) {
        return load != Load.HEADER ? Flux.fromIterable(messages) : Flux.fromIterable(messages)
            .bufferUntilChanged(message -> wrapped.contains(message.getUid()))
            .concatMap(alike -> wrapped.contains(alike.get(0).getUid()) ? contents(alike) : Flux.fromIterable(alike), 1);
    }

    private Flux<MessageResult> contents(List<MessageResult> messages) {
        return Flux.fromIterable(divided(messages)).concatMap(range -> messages(range, FetchGroup.FULL_CONTENT), 1);
    }

    private Flux<MessageResult> messages(MessageRange range, FetchGroup group) {
        return Flux.from(mailbox.getMessagesReactive(range, group, session.mailboxSession()));
    }
}
