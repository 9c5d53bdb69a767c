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

import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;

import io.jamesext.dmap.mail.DmapFlags;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.FetchValue;
import io.jamesext.dmap.reply.Fetched;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.SelectedMailbox;
import reactor.core.publisher.Flux;

/**
 * STORE with UNCHANGEDSINCE. RFC 7162 section 3.1.3. James has no test-and-set on flags, so the check comes just before the change, for
 * some hundred messages at once: a change that somebody else makes between the two is not noticed.
 */
final class ConditionalStore {
    private static final int AT_ONCE = 500;

    private final Store.Request request;
    private final DmapSession session;
    private final SelectedMailbox selected;

    ConditionalStore(Store.Request request, DmapSession session) {
        this.request = request;
        this.session = session;
        this.selected = session.selected();
    }

    Flux<DmapReply> run(RangeSet<Integer> wanted, long unchangedSince) {
        ImmutableList.Builder<Long> modified = ImmutableList.builder();
        return Flux.fromIterable(selected.ranges(wanted, AT_ONCE))
            .concatMap(range -> run(range, unchangedSince, modified), 1)
            .doOnComplete(() -> report(modified.build()));
    }

    private Flux<DmapReply> run(MessageRange range, long unchangedSince, ImmutableList.Builder<Long> modified) {
        return metaData(range).collectList().flatMapMany(messages -> {
            RangeSet<Integer> unchanged = TreeRangeSet.create();
            for (ComposedMessageIdWithMetaData message : messages) {
                OptionalInt sequence = selected.sequence(message.getComposedMessageId().getUid());
                if (sequence.isPresent() && message.getModSeq().asLong() <= unchangedSince) {
                    unchanged.add(Range.closedOpen(sequence.getAsInt(), sequence.getAsInt() + 1));
                } else if (sequence.isPresent()) {
                    modified.add(request.byUid() ? message.getComposedMessageId().getUid().asLong() : sequence.getAsInt());
                }
            }
            return Store.change(request.change(), unchanged, session)
                .thenMany(Flux.fromIterable(selected.ranges(unchanged, AT_ONCE)))
                .concatMap(this::metaData, 1)
                .concatMapIterable(this::response);
        });
    }

    private Flux<ComposedMessageIdWithMetaData> metaData(MessageRange range) {
        return Flux.from(selected.mailbox().listMessagesMetadata(range, session.mailboxSession()));
    }

    private void report(ImmutableList<Long> modified) {
        if (!modified.isEmpty()) {
            session.answerWith(new ResponseCode.Modified(modified));
        }
    }

    /** The new MODSEQ is told even after .SILENT. */
    private ImmutableList<DmapReply> response(ComposedMessageIdWithMetaData message) {
        OptionalInt sequence = selected.sequence(message.getComposedMessageId().getUid());
        if (sequence.isEmpty()) {
            return ImmutableList.of();
        }
        ImmutableList.Builder<FetchValue> values = ImmutableList.builder();
        if (!request.change().silent()) {
            values.add(new FetchValue.Flags(DmapFlags.format(message.getFlags())));
        }
        if (request.byUid()) {
            values.add(new FetchValue.Numeric("UID", message.getComposedMessageId().getUid().asLong()));
        }
        values.add(new FetchValue.Numeric("MODSEQ", message.getModSeq().asLong()));
        return ImmutableList.of(new Fetched(sequence.getAsInt(), values.build()));
    }
}
