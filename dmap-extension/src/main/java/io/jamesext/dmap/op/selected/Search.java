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

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.reactivestreams.Publisher;

import com.google.common.base.Enums;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import io.jamesext.dmap.mail.DimeMessages;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Found;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.Extension;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.wire.DmapReader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds messages. Draft section 7.6.3: {@code "SEARCH" [SP "RETURN" SP "(" [option *(SP option)] ")"] 1*(SP search-key)},
 * the options as in RFC 4731. Every key is about metadata that James keeps beside the
 * message, so it is decided here and exactly, never behind the state that the client was told of.
 */
public final class Search implements ByUid<Search.Request> {
    /** Messages that are held at once. On memory James goes through the whole mailbox for each range. */
    private static final int AT_ONCE = 5000;

    /** What the answer is to hold in the place of a list. RFC 4731 section 3.1. */
    public enum Return { MIN, MAX, COUNT, ALL }

    /**
     * What is wanted.
     *
     * @param tag the command's
     * @param returns empty for the answer of the draft
     * @param byUid true when the answer is in UIDs
     * @param modSeq true when the highest mod-sequence of what is found is wanted too
     * @param byNumber true when message numbers are among the criteria
     */
    public record Request(String tag, ImmutableSet<Return> returns, SearchKey key, boolean byUid, boolean modSeq,
                          boolean byNumber) {
        static Request parse(DmapReader arguments, boolean byUid) {
            ImmutableSet<Return> returns = arguments.acceptSpaceAndWord("RETURN") ? returns(arguments) : ImmutableSet.of();
            SearchKeys keys = new SearchKeys(arguments);
            SearchKey key = keys.rest();
            return new Request(arguments.tag(), returns, key, byUid, keys.namesModSeq(), keys.namesNumbers());
        }

        /** RFC 4731 section 3.1: without any option, it is ALL. */
        private static ImmutableSet<Return> returns(DmapReader arguments) {
            arguments.expectSpace().expect('(');
            return arguments.accept(')') ? ImmutableSet.of(Return.ALL)
                : ImmutableSet.copyOf(arguments.restOfList(() -> Enums.getIfPresent(Return.class, arguments.expectWord("a result option"))
                    .toJavaUtil().orElseThrow(() -> arguments.expected("MIN, MAX, COUNT or ALL"))));
        }

        /** What stands for a message in the answer. */
        long number(SearchKey.Candidate message) {
            return byUid ? message.uid() : message.sequence();
        }
    }

    @Override
    public String name() {
        return "SEARCH";
    }

    @Override
    public Request parse(DmapReader arguments, boolean byUid) {
        return Request.parse(arguments, byUid);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        session.requireUids(request.byUid() && !request.byNumber());
        SelectedMailbox selected = session.selected();
        int count = selected.count();
        Predicate<SearchKey.Candidate> wanted = request.key().matching(new SearchKey.Largest(count, count == 0 ? 0 : selected.uid(count)));
        if (request.modSeq()) {
            session.enable(Extension.CONDSTORE);
        }
        AtomicLong highest = new AtomicLong();
        Flux<List<SearchKey.Candidate>> found = Flux.fromIterable(selected.ranges(request.key().among(selected), AT_ONCE))
            .concatMap(range -> candidates(range, request.key().needs(), wanted, session)
                .filter(wanted)
                .doOnNext(message -> highest.accumulateAndGet(message.modSeq(), Math::max))
                .sort(Comparator.comparingInt(SearchKey.Candidate::sequence))
                .collectList(), 1);
        if (!request.returns().isEmpty()) {
            SearchSummary summary = new SearchSummary(request);
            return found.doOnNext(summary::add).then(Mono.fromSupplier(summary::reply));
        }
        return Flux.concat(
            Mono.just(Found.first()),
            found.map(messages -> Found.some(messages.stream().map(request::number).toList())),
            Mono.fromSupplier(() -> Found.last(request.modSeq() && highest.get() > 0
                ? OptionalLong.of(highest.get()) : OptionalLong.empty())));
    }

    private static Flux<SearchKey.Candidate> candidates(MessageRange range, SearchKey.Needs needs, Predicate<SearchKey.Candidate> wanted,
        DmapSession session) {
        SelectedMailbox selected = session.selected();
        MailboxSession user = session.mailboxSession();
        return switch (needs) {
            case NUMBERS -> numbers(range, selected);
            case FLAGS -> Flux.from(selected.mailbox().listMessagesMetadata(range, user))
                .concatMap(message -> Mono.justOrEmpty(sequence(message.getComposedMessageId().getUid(), selected))
                    .map(sequence -> candidate(sequence, message)));
            case METADATA -> Flux.from(selected.mailbox().getMessagesReactive(range, FetchGroup.MINIMAL, user))
                .filter(message -> selected.sequence(message.getUid()).isPresent())
                .collectList()
                .flatMap(messages -> Mono.fromCallable(() -> unsure(messages, wanted, selected))
                    .flatMap(unsure -> DimeMessages.among(unsure, selected.mailbox(), user))
                    .flatMap(dime -> Mono.fromCallable(() -> candidates(messages, dime, selected))))
                .flatMapIterable(candidates -> candidates);
        };
    }

    private static Flux<SearchKey.Candidate> numbers(MessageRange range, SelectedMailbox selected) {
        int first = selected.sequence(range.getUidFrom()).orElse(1);
        int last = selected.sequence(range.getUidTo()).orElse(0);
        return Flux.range(first, last - first + 1).map(sequence -> SearchKey.Candidate.of(sequence, selected.uid(sequence)));
    }

    private static Optional<Integer> sequence(MessageUid uid, SelectedMailbox selected) {
        OptionalInt sequence = selected.sequence(uid);
        return sequence.isPresent() ? Optional.of(sequence.getAsInt()) : Optional.empty();
    }

    private static SearchKey.Candidate candidate(int sequence, ComposedMessageIdWithMetaData message) {
        return new SearchKey.Candidate(sequence, message.getComposedMessageId().getUid().asLong(), message.getFlags(),
            message.getModSeq().asLong(), Instant.EPOCH, 0);
    }

    /** Those whose header decides: it is not in the size of a DIME message. */
    private static List<MessageResult> unsure(List<MessageResult> messages, Predicate<SearchKey.Candidate> wanted, SelectedMailbox selected)
        throws MailboxException {
        ImmutableList.Builder<MessageResult> unsure = ImmutableList.builder();
        for (MessageResult message : messages) {
            if (wanted.test(candidate(message, message.getSize(), selected))
                != wanted.test(candidate(message, DimeMessages.size(message), selected))) {
                unsure.add(message);
            }
        }
        return unsure.build();
    }

    private static List<SearchKey.Candidate> candidates(List<MessageResult> messages, Set<MessageUid> dime, SelectedMailbox selected)
        throws MailboxException {
        ImmutableList.Builder<SearchKey.Candidate> candidates = ImmutableList.builder();
        for (MessageResult message : messages) {
            candidates.add(candidate(message, dime.contains(message.getUid()) ? DimeMessages.size(message) : message.getSize(), selected));
        }
        return candidates.build();
    }

    private static SearchKey.Candidate candidate(MessageResult message, long size, SelectedMailbox selected) {
        return new SearchKey.Candidate(selected.sequence(message.getUid()).orElseThrow(), message.getUid().asLong(), message.getFlags(),
            message.getModSeq().asLong(), message.getInternalDate().toInstant(), size);
    }
}
