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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.RangeSet;

import io.jamesext.dmap.mail.DmapFlags;
import io.jamesext.dmap.meta.MetaMark;
import io.jamesext.dmap.meta.MetaTable;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.NumberSet;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.MessageState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.session.Telling;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One STORE. Draft section 7.6.5, RFC 7162 section 3.1.3. James has no test-and-set on flags, so UNCHANGEDSINCE is checked just before the
 * change, for some hundred messages at once: a change that somebody else makes between the two is not noticed.
 */
final class StoreRun {
    /** How many messages are changed at once. */
    private static final int AT_ONCE = 500;

    private final Store.Request request;
    private final DmapSession session;
    private final MetaTable meta;
    private final SelectedMailbox selected;
    private final Telling telling;
    private final List<Long> modified = new ArrayList<>();

    StoreRun(Store.Request request, DmapSession session, MetaTable meta) {
        this.request = request;
        this.session = session;
        this.meta = meta;
        this.selected = session.selected();
        this.telling = session.telling(request.byUid());
    }

    Flux<DmapReply> run() {
        RangeSet<Integer> wanted = selected.sequences(request.messages(), request.byUid());
        return Flux.fromIterable(selected.ranges(wanted, AT_ONCE))
            .concatMap(range -> unchanged(range).flatMapMany(this::change), 1)
            .doOnComplete(this::report);
    }

    /** Those of the range that may be changed; notes the others. */
    private Mono<List<MessageRange>> unchanged(MessageRange range) {
        Optional<Long> since = request.unchangedSince();
        return since.isEmpty() ? Mono.just(List.of(range)) : states(range).collectList().map(messages -> {
            List<MessageUid> unchanged = new ArrayList<>();
            for (MessageState message : messages) {
                MessageUid uid = MessageUid.of(message.uid());
                if (message.modSeq() <= since.get()) {
                    unchanged.add(uid);
                } else {
                    selected.sequence(uid).ifPresent(sequence -> modified.add(request.byUid() ? message.uid() : sequence));
                }
            }
            return selected.ranges(selected.sequences(unchanged), AT_ONCE);
        });
    }

    private Flux<DmapReply> change(List<MessageRange> ranges) {
        return Flux.fromIterable(ranges).concatMap(range -> telling.withModSeq()
            // James does not say which mod-sequence it has given.
            ? apply(range).thenMany(states(range)).concatMap(state -> Mono.justOrEmpty(response(state)))
            : apply(range).filter(states -> !request.change().silent()).flatMapIterable(this::responses), 1);
    }

    private Mono<List<MessageState>> apply(MessageRange range) {
        if (request.change() instanceof Store.Change.OfFlags flags) {
            return flags(DmapFlags.parse(flags.names()), flags.mode(), range);
        }
        Optional<byte[]> block = ((Store.Change.OfMeta) request.change()).block();
        MailboxId mailbox = selected.mailbox().getId();
        return states(range).map(message -> MessageUid.of(message.uid()))
            .filter(uid -> selected.sequence(uid).isPresent())
            .concatMap(uid -> block.map(octets -> meta.put(mailbox, uid, octets)).orElseGet(() -> meta.remove(mailbox, List.of(uid))))
            .then(MetaMark.set(selected.mailbox(), range, session.mailboxSession()))
            .map(StoreRun::inOrder);
    }

    private Mono<List<MessageState>> flags(Flags flags, FlagsUpdateMode mode, MessageRange range) {
        // James may begin when it is called, and not when it is subscribed to.
        return Mono.defer(() -> Mono.from(selected.mailbox().setFlagsReactive(flags, mode, range, session.mailboxSession())))
            .map(StoreRun::inOrder);
    }

    private static List<MessageState> inOrder(Map<MessageUid, Flags> changed) {
        return ImmutableSortedMap.copyOf(changed).entrySet().stream()
            .map(entry -> new MessageState(entry.getKey().asLong(), entry.getValue(), 0))
            .toList();
    }

    /** The messages as James has them now, in their order. */
    private Flux<MessageState> states(MessageRange range) {
        return Flux.defer(() -> selected.mailbox().listMessagesMetadata(range, session.mailboxSession()))
            .map(MessageState::of)
            .sort(Comparator.comparingLong(MessageState::uid));
    }

    private ImmutableList<DmapReply> responses(List<MessageState> messages) {
        return messages.stream().map(this::response).flatMap(Optional::stream).collect(ImmutableList.toImmutableList());
    }

    /** RFC 7162 section 3.1.3: the new MODSEQ is told even after .SILENT. */
    private Optional<DmapReply> response(MessageState message) {
        OptionalInt sequence = selected.sequence(MessageUid.of(message.uid()));
        if (sequence.isEmpty()) {
            return Optional.empty();
        }
        if (request.change().silent()) {
            return Optional.of(telling.silent(sequence.getAsInt(), message));
        }
        return Optional.of(request.change() instanceof Store.Change.OfMeta change
            ? telling.meta(sequence.getAsInt(), message, change.block())
            : telling.flags(sequence.getAsInt(), message));
    }

    private void report() {
        if (!modified.isEmpty()) {
            session.answerWith(new ResponseCode.Modified(NumberSet.of(modified)));
        }
    }
}
