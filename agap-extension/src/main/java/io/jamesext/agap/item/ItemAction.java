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

package io.jamesext.agap.item;

import java.util.List;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.change.ItemUids;
import io.jamesext.agap.filter.Matches;
import io.jamesext.agap.filter.Rule;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.item.ItemActions.Source;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Code;
import io.jamesext.agap.reply.Status;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What can now be done to the items of a folder: to one, to all, or to those that a filter finds. */
public final class ItemAction {
    private final Source source;
    private final ItemUids uids;
    private final Matches matches;
    private final boolean byRange;
    private final Batches.Work work;

    /**
     * What a command does.
     *
     * @param byRange whether each batch must be a range of UIDs in a row
     */
    ItemAction(Source source, ItemUids uids, Matches matches, boolean byRange, Batches.Work work) {
        this.source = source;
        this.uids = uids;
        this.matches = matches;
        this.byRange = byRange;
        this.work = work;
    }

    /** How FCPY, FDEL, FMOV and FTAG tell what they did. */
    public enum Report {
        /** Section 4.20. */
        FCPY("%d from %d were copied"),
        /** Section 4.21. */
        FDEL("only %d from %d matches were deleted"),
        /** Section 4.23. */
        FMOV("%d from %d moved"),
        /** Section 4.25. */
        FTAG("only %d from %d matches tagged");

        private final String some;

        Report(String some) {
            this.some = some;
        }
    }

    /** To one item; fails when there is none of this UID. */
    public Mono<Void> one(MessageUid uid) {
        Mono<Batches.Outcome> done = uids.message(uid, source.messages(), source.session())
            .flatMap(message -> Batches.run(Flux.just(List.of(message)), work));
        return done.flatMap(outcome -> {
            if (outcome.done() == 1) {
                return Mono.empty();
            }
            return Mono.error(outcome.stopped().orElseGet(ItemUid::unknown));
        });
    }

    /**
     * To all items that are there when it begins. Section 5.3.2 has no 210 for it: when not all could be done it fails, and says how many
     * were.
     *
     * @param report whose words say so
     */
    public Mono<Void> all(Report report) {
        // From the mailbox itself, for an index may be a moment behind it.
        Flux<MessageUid> all = Flux.from(source.messages().listMessagesMetadata(MessageRange.all(), source.session()))
            .map(item -> item.getComposedMessageId().getUid())
            .collectSortedList()
            .flatMapIterable(List::copyOf);
        return run(all).flatMap(outcome -> Mono.justOrEmpty(outcome.stopped())
            .flatMap(failure -> Mono.error(new ProtocolException(failure.failure(), some(report, outcome)))));
    }

    /**
     * FCPY, FDEL, FMOV and FTAG: sections 4.20, 4.21, 4.23 and 4.25. What may not be done is refused before the filter is asked for; and
     * when it has come, which can take long, it is looked at again.
     */
    public static Flux<AgapReply> matching(Mono<ItemAction> action, Mono<Rule> filter, Report report) {
        return action.then(filter).flatMap(rule -> action.flatMap(now -> now.matching(rule, report))).flux();
    }

    private Mono<AgapReply> matching(Rule rule, Report report) {
        Flux<MessageUid> matching = uids.in(source.messages())
            .flatMapMany(aliases -> matches.of(rule, new Matches.Place(source.messages(), source.type(), aliases), source.session()));
        return run(matching).map(outcome -> {
            if (outcome.done() == 0 && outcome.stopped().isPresent()) {
                // Section 5.3.2: 210 is for at least one.
                throw new ProtocolException(outcome.stopped().get().failure(), some(report, outcome));
            }
            return outcome.done() == 0 || outcome.done() == outcome.found()
                ? Status.matches(report.name(), outcome.done())
                : new Status(Code.PARTIAL, "OK " + report + " completed (" + some(report, outcome) + ")");
        });
    }

    /** The smallest range that holds all of these, which are in order. */
    static MessageRange range(List<MessageUid> ascending) {
        return MessageRange.range(ascending.get(0), ascending.get(ascending.size() - 1));
    }

    private Mono<Batches.Outcome> run(Flux<MessageUid> uids) {
        Flux<List<MessageUid>> batches = uids.buffer(Batches.SIZE);
        return Batches.run(byRange ? batches.concatMapIterable(MessageRange::toRanges).map(ImmutableList::copyOf) : batches, work);
    }

    private static String some(Report report, Batches.Outcome outcome) {
        return String.format(report.some, outcome.done(), outcome.found()) + " - "
            + outcome.stopped().map(ItemAction::reason).orElse("the others are there no more");
    }

    private static String reason(ProtocolException failure) {
        return failure.failure() == Failure.OVER_QUOTA ? "out of space" : failure.text();
    }
}
