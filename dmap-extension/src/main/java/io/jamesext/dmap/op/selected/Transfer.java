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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.common.collect.RangeSet;

import io.jamesext.dmap.mail.Access;
import io.jamesext.dmap.meta.MetaMark;
import io.jamesext.dmap.meta.MetaTable;
import io.jamesext.dmap.reply.Condition;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.reply.Status;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.SequenceSet;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Messages on their way from the selected mailbox to another one: what COPY and MOVE do alike. */
public final class Transfer {
    /** Messages that James takes at once, and whose blocks of META, of 64 KiB each at most, are held for that time. */
    private static final int AT_ONCE = 50;

    /** Which messages, by UID or number, and where to: {@code SP sequence-set SP mailbox}. */
    public record Request(SequenceSet messages, boolean byUid, String mailbox) {
        static Request parse(DmapReader arguments, boolean byUid) {
            SequenceSet messages = arguments.expectSpace().expectSequenceSet();
            return new Request(messages, byUid, arguments.expectSpace().expectAstring("a mailbox name"));
        }
    }

    /** How James is asked to take messages, and says what they have become. */
    @FunctionalInterface
    interface Carrier {
        Publisher<MessageRange> carry(MessageRange range, MailboxId from, MailboxId to, MailboxSession user);
    }

    private final MessageManager source;
    private final MessageManager target;
    private final ImmutableList<MessageUid> messages;
    private final MetaTable meta;
    private final MailboxSession user;
    private final List<MessageUid> copies = new ArrayList<>();

    private Transfer(MessageManager source, MessageManager target, List<MessageUid> messages, MetaTable meta, MailboxSession user) {
        this.source = source;
        this.target = target;
        this.messages = ImmutableList.copyOf(messages);
        this.meta = meta;
        this.user = user;
    }

    /** Where messages are, and where they go; never the same, for on Cassandra James knows a message once in a mailbox. */
    record Ends(MessageManager source, MessageManager target) {
        Ends {
            if (target.getId().equals(source.getId())) {
                throw new ProtocolException(Failure.NOT_SUPPORTED, "a message cannot be twice in a mailbox");
            }
        }
    }

    /** Of messages in ascending order. */
    static Transfer of(Ends ends, List<MessageUid> messages, MetaTable meta, MailboxSession user) {
        return new Transfer(ends.source(), ends.target(), messages, meta, user);
    }

    /** Of the messages that are there, to a mailbox that is there, by a user who may. */
    static Mono<Transfer> begin(Request request, DmapSession session, Access access, MetaTable meta, Right... onSource) {
        session.requireUids(request.byUid());
        SelectedMailbox selected = session.selected();
        MailboxSession user = session.mailboxSession();
        RangeSet<Integer> wanted = selected.sequences(request.messages(), request.byUid());
        return access.target(request.mailbox(), session)
            .flatMap(target -> access.require(selected.mailbox(), user, onSource)
                .flatMap(source -> find(wanted, selected, session, request.byUid())
                    .map(found -> of(new Ends(source, target), found, meta, user))));
    }

    /** Draft section 7.6.8: UIDs of no message are ignored; a number stands for a message that the client must not be told was taken. */
    static Mono<List<MessageUid>> find(RangeSet<Integer> wanted, SelectedMailbox selected, DmapSession session, boolean byUid) {
        int count = wanted.asRanges().stream().mapToInt(range -> range.upperEndpoint() - range.lowerEndpoint()).sum();
        return Flux.fromIterable(selected.ranges(wanted, AT_ONCE))
            .concatMap(range -> selected.mailbox().listMessagesMetadata(range, session.mailboxSession()), 1)
            .map(message -> message.getComposedMessageId().getUid())
            .filter(uid -> selected.sequence(uid).isPresent())
            .collectSortedList()
            .flatMap(found -> byUid || found.size() == count ? Mono.just(found)
                : Mono.error(session.refusal(Failure.NO_SUCH_MESSAGE, new ResponseCode.Plain("EXPUNGEISSUED"),
                    "some of the messages are no more")));
    }

    /** Takes them, some at a time; after a failure, what was taken is {@link #taken}. */
    Mono<Void> run(Carrier carrier) {
        return Flux.fromIterable(Lists.partition(messages, AT_ONCE))
            .concatMapIterable(MessageRange::toRanges)
            .concatMap(range -> run(range, carrier), 1)
            .then();
    }

    /**
     * Moves them. RFC 6851 sections 3.3 and 4.3: what was moved is told of even after a failure, and before its EXPUNGE responses.
     */
    Flux<DmapReply> move(MailboxManager mailboxManager, ExpungeLog log, DmapSession session) {
        return run(mailboxManager::moveMessagesReactive)
            .then(Mono.<Throwable>empty())
            .onErrorResume(Mono::just)
            .map(failure -> Flux.concat(moved(log, session), Flux.<DmapReply>error(failure)))
            .defaultIfEmpty(Flux.defer(() -> moved(log, session)))
            .flatMapMany(replies -> replies);
    }

    private Mono<DmapReply> moved(ExpungeLog log, DmapSession session) {
        return isEmpty() ? Mono.empty() : log.add(source.getId(), taken()).then(Mono.fromCallable(() -> {
            session.selected().expunged(taken());
            return Status.untagged(Condition.OK, copyUid(), "Moved");
        }));
    }

    /** The blocks are read before, for those of messages that are moved go with them. */
    private Mono<Void> run(MessageRange range, Carrier carrier) {
        return meta.of(source.getId(), range)
            .flatMap(blocks -> Flux.from(carrier.carry(range, source.getId(), target.getId(), user))
                .concatMapIterable(ImmutableList::copyOf)
                .doOnNext(copies::add)
                .collectList()
                .flatMap(came -> keep(blocks, ImmutableList.copyOf(range), came)));
    }

    private Mono<Void> keep(Map<MessageUid, byte[]> blocks, List<MessageUid> went, List<MessageUid> came) {
        if (blocks.isEmpty() || went.size() != came.size()) {
            // One has gone meanwhile, so it is not known which have come: rather no block than another message's.
            return Mono.empty();
        }
        return Flux.range(0, went.size())
            .filter(i -> blocks.containsKey(went.get(i)))
            .concatMap(i -> meta.put(target.getId(), came.get(i), Objects.requireNonNull(blocks.get(went.get(i)))))
            .then(Flux.fromIterable(MessageRange.toRanges(came)).concatMap(range -> MetaMark.set(target, range, user)).then());
    }

    /** Draft section 7.6.6: the destination is restored to its state before. */
    Mono<Void> undo() {
        return copies.isEmpty() ? Mono.empty() : Mono.from(target.deleteReactive(copies, user));
    }

    /** What was taken. James takes messages in the order of their UIDs. */
    private List<MessageUid> taken() {
        return messages.subList(0, Math.min(messages.size(), copies.size()));
    }

    boolean isEmpty() {
        return copies.isEmpty();
    }

    /** RFC 4315 section 3: the UIDs there and here, in one order. */
    ResponseCode copyUid() throws MailboxException {
        return new ResponseCode.With("COPYUID",
            target.getMailboxEntity().getUidValidity().asLong() + " " + set(taken()) + " " + set(copies));
    }

    private static String set(Collection<MessageUid> uids) {
        return MessageRange.toRanges(uids).stream()
            .map(range -> new SequenceSet.Range(range.getUidFrom().asLong(), range.getUidTo().asLong()).toString())
            .collect(Collectors.joining(","));
    }
}
