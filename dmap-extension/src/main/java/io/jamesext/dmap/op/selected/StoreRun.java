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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.Lists;

import io.jamesext.dmap.mail.DmapFlags;
import io.jamesext.dmap.meta.MetaMark;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.NumberSet;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.MessageState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.session.Telling;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.flags.FlagChange;
import io.jamesext.kernel.flags.FlagUpdates;
import io.jamesext.kernel.mailbox.PermanentFlags;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One STORE. Draft section 7.6.5, RFC 7162 section 3.1.3. */
final class StoreRun {
    /** How many messages are changed at once. */
    private static final int AT_ONCE = 500;

    private final Store.Request request;
    private final DmapSession session;
    private final Store.Services services;
    private final SelectedMailbox selected;
    private final Telling telling;
    /** What others have changed since, or change at this very moment. */
    private final List<MessageUid> left = new ArrayList<>();

    StoreRun(Store.Request request, DmapSession session, Store.Services services) {
        this.request = request;
        this.session = session;
        this.services = services;
        this.selected = session.selected();
        this.telling = session.telling(request.byUid());
    }

    Flux<DmapReply> run() {
        List<MessageUid> messages = selected.uids(selected.sequences(request.messages(), request.byUid()));
        return Flux.fromIterable(Lists.partition(messages, AT_ONCE))
            .concatMap(some -> request.change() instanceof Store.Change.OfFlags flags
                ? flags(flags, some)
                : block(((Store.Change.OfMeta) request.change()).block(), some), 1)
            .concatMap(message -> Mono.justOrEmpty(response(message)))
            .doOnComplete(this::report);
    }

    private Flux<MessageState> flags(Store.Change.OfFlags flags, List<MessageUid> messages) {
        return Mono.fromCallable(selected.mailbox()::getMailboxEntity)
            .flatMap(mailbox -> services.updates().update(mailbox, session.mailboxSession(), change(flags, mailbox),
                FlagUpdates.Targets.of(messages), request.unchangedSince()))
            .flatMapIterable(outcome -> {
                left.addAll(outcome.failed());
                return outcome.updated().values();
            })
            .map(MessageState::of);
    }

    private FlagChange change(Store.Change.OfFlags flags, Mailbox mailbox) {
        FlagChange change = new FlagChange(flags.mode(), DmapFlags.parse(flags.names()),
            PermanentFlags.of(services.mailboxManager().myRights(mailbox, session.mailboxSession())));
        if (!change.isAllowed()) {
            throw new ProtocolException(Failure.NO_PERMISSION, "you may not change these flags");
        }
        return change;
    }

    /** A block has no test-and-set, so the condition is looked at just before the change. */
    private Flux<MessageState> block(Optional<byte[]> block, List<MessageUid> messages) {
        MailboxId mailbox = selected.mailbox().getId();
        return states(messages)
            .filter(this::mayChange)
            .map(message -> MessageUid.of(message.uid()))
            .concatMap(uid -> block.map(octets -> services.meta().put(mailbox, uid, octets))
                .orElseGet(() -> services.meta().remove(mailbox, List.of(uid)))
                .thenReturn(uid), 1)
            .collectList()
            .flatMapMany(changed -> Flux.fromIterable(MessageRange.toRanges(changed))
                .concatMap(range -> MetaMark.set(selected.mailbox(), range, session.mailboxSession()), 1)
                // James does not say which mod-sequences it has given.
                .thenMany(states(changed)));
    }

    private boolean mayChange(MessageState message) {
        boolean may = request.unchangedSince().isEmpty() || message.modSeq() <= request.unchangedSince().getAsLong();
        if (!may) {
            left.add(MessageUid.of(message.uid()));
        }
        return may;
    }

    /** The messages as James has them now, in their order. */
    private Flux<MessageState> states(List<MessageUid> messages) {
        return Flux.fromIterable(MessageRange.toRanges(messages))
            .concatMap(range -> selected.mailbox().listMessagesMetadata(range, session.mailboxSession()), 1)
            .map(MessageState::of)
            .sort(Comparator.comparingLong(MessageState::uid));
    }

    /** RFC 7162 section 3.1.3: the new MODSEQ is told even after .SILENT. */
    private Optional<DmapReply> response(MessageState message) {
        OptionalInt sequence = selected.sequence(MessageUid.of(message.uid()));
        if (sequence.isEmpty()) {
            return Optional.empty();
        }
        if (request.change().silent()) {
            return telling.withModSeq() ? Optional.of(telling.silent(sequence.getAsInt(), message)) : Optional.empty();
        }
        return Optional.of(request.change() instanceof Store.Change.OfMeta change
            ? telling.meta(sequence.getAsInt(), message, change.block())
            : telling.flags(sequence.getAsInt(), message));
    }

    private void report() {
        if (left.isEmpty()) {
            return;
        }
        if (request.unchangedSince().isEmpty()) {
            throw new ProtocolException(Failure.CONFLICT, "others are changing some of the messages");
        }
        List<Long> named = left.stream()
            .flatMap(uid -> request.byUid() ? Stream.of(uid.asLong()) : selected.sequence(uid).stream().mapToObj(Long::valueOf))
            .toList();
        session.answerWith(new ResponseCode.Modified(NumberSet.of(named)));
    }
}
