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

    /** What has to be loaded, and of how many messages at once: the more of each, the fewer. */
    private enum Load {
        METADATA(FetchGroup.MINIMAL, 5000), META(FetchGroup.MINIMAL, 20), HEADER(FetchGroup.HEADERS, 20),
        CONTENT(FetchGroup.FULL_CONTENT, 20);

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
        private Read with(MessageResult content) {
            return new Read(content, block, isWrapped, true);
        }
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
            .publishOn(Blocking.SCHEDULER, load == Load.CONTENT ? 1 : load.atOnce)
            .concatMap(this::complete, 0);
    }

    private Flux<MessageRange> ranges(RangeSet<Integer> wanted) {
        SelectedMailbox selected = session.selected();
        int atOnce = load == Load.CONTENT ? Load.METADATA.atOnce : load.atOnce;
        Flux<MessageRange> ranges = request.changedSince().isEmpty() ? Flux.fromIterable(selected.ranges(wanted, atOnce))
            : Flux.fromIterable(selected.ranges(wanted, Load.METADATA.atOnce))
                .concatMap(range -> changed(range, request.changedSince().get()), 1)
                .concatMapIterable(changed -> selected.ranges(selected.sequences(changed), atOnce), 1);
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
            if (!part.isEmpty() && (part.size() == Load.CONTENT.atOnce || octets + message.getSize() > AT_ONCE_BYTES)) {
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
            .flatMap(found -> Mono.zip(blocks(range), wrapped(found))
                .map(beside -> found.stream()
                    .map(message -> new Read(message, Optional.ofNullable(beside.getT1().get(message.getUid())),
                        beside.getT2().contains(message.getUid()), load == Load.CONTENT))
                    .toList()))
            .flatMap(this::completeSmall)
            .flatMapIterable(reads -> reads);
    }

    private Mono<Map<MessageUid, byte[]>> blocks(MessageRange range) {
        return request.items().contains(FetchItem.Attribute.META) ? meta.of(mailbox.getId(), range) : Mono.just(ImmutableMap.of());
    }

    private Mono<ImmutableSet<MessageUid>> wrapped(List<MessageResult> messages) {
        if (load == Load.HEADER || load == Load.CONTENT) {
            return Mono.fromCallable(() -> DimeMessages.wrapped(messages));
        }
        return request.items().contains(FetchItem.Attribute.SIZE)
            ? DimeMessages.among(messages, mailbox, session.mailboxSession()) : Mono.just(ImmutableSet.of());
    }

    /** In a DIME message the headers are chunks like others, behind James's header: so its content is read too. */
    private boolean isIncomplete(Read read) {
        return load == Load.HEADER && read.isWrapped() && !read.isWhole();
    }

    private Mono<List<Read>> completeSmall(List<Read> reads) {
        List<MessageUid> small = reads.stream()
            .filter(this::isIncomplete)
            .map(Read::message)
            .filter(message -> message.getSize() <= AT_ONCE_BYTES / load.atOnce)
            .map(MessageResult::getUid)
            .toList();
        return small.isEmpty() ? Mono.just(reads) : Flux.fromIterable(MessageRange.toRanges(small))
            .concatMap(range -> messages(range, FetchGroup.FULL_CONTENT), 1)
            .collectMap(MessageResult::getUid)
            .map(whole -> reads.stream()
                .map(read -> Optional.ofNullable(whole.get(read.message().getUid())).map(read::with).orElse(read))
                .toList());
    }

    /** The large ones, one at a time; empty for one that has gone meanwhile. */
    private Mono<Read> complete(Read read) {
        return !isIncomplete(read) ? Mono.just(read) : messages(MessageRange.one(read.message().getUid()), FetchGroup.FULL_CONTENT)
            .next()
            .map(read::with)
            .publishOn(Blocking.SCHEDULER);
    }

    private Flux<MessageResult> messages(MessageRange range, FetchGroup group) {
        return Flux.from(mailbox.getMessagesReactive(range, group, session.mailboxSession()));
    }
}
