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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Found;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.wire.DmapReader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds messages. Draft section 7.6.3: {@code "SEARCH" 1*(SP search-key)}. Every key is about metadata that James keeps beside the
 * message, so it is decided here and exactly, never behind the state that the client was told of.
 */
public final class Search implements ByUid<Search.Request> {
    private static final int AT_ONCE = 1000;

    /** What is wanted, and whether the answer is in UIDs. */
    public record Request(SearchKey key, boolean byUid) {
        static Request parse(DmapReader arguments, boolean byUid) {
            return new Request(new SearchKeys(arguments).rest(), byUid);
        }
    }

    @Override
    public String name() {
        return "SEARCH";
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
        int count = selected.count();
        Predicate<SearchKey.Candidate> wanted = request.key().matching(new SearchKey.Largest(count, count == 0 ? 0 : selected.uid(count)));
        return Flux.concat(
            Mono.just(new Found(true, ImmutableList.of(), false)),
            Flux.fromIterable(selected.ranges(selected.all(), AT_ONCE))
                .concatMap(range -> candidates(range, request.key().needs(), session)
                    .filter(wanted)
                    .sort(Comparator.comparingInt(SearchKey.Candidate::sequence))
                    .map(message -> request.byUid() ? message.uid() : (long) message.sequence())
                    .collectList()
                    .map(numbers -> new Found(false, numbers, false)), 1),
            Mono.just(new Found(false, ImmutableList.of(), true)));
    }

    private static Flux<SearchKey.Candidate> candidates(MessageRange range, SearchKey.Needs needs, DmapSession session) {
        SelectedMailbox selected = session.selected();
        MailboxSession user = session.mailboxSession();
        return switch (needs) {
            case NUMBERS -> numbers(range, selected);
            case FLAGS -> Flux.from(selected.mailbox().listMessagesMetadata(range, user))
                .concatMap(message -> Mono.justOrEmpty(sequence(message.getComposedMessageId().getUid(), selected))
                    .map(sequence -> candidate(sequence, message)));
            case METADATA -> Flux.from(selected.mailbox().getMessagesReactive(range, FetchGroup.MINIMAL, user))
                .concatMap(message -> Mono.justOrEmpty(sequence(message.getUid(), selected))
                    .map(sequence -> candidate(sequence, message)));
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
            Instant.EPOCH, 0);
    }

    private static SearchKey.Candidate candidate(int sequence, MessageResult message) {
        return new SearchKey.Candidate(sequence, message.getUid().asLong(), message.getFlags(), message.getInternalDate().toInstant(),
            message.getSize());
    }
}
