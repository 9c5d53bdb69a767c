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
package io.jamesext.lemonade.imap.context;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.apache.james.imap.api.Tag;
import org.apache.james.mailbox.MessageUid;

import io.jamesext.lemonade.imap.context.UidList.Changed;
import io.jamesext.lemonade.imap.context.UidList.Step;
import io.jamesext.lemonade.imap.fetch.FetchItem;
import io.jamesext.lemonade.imap.search.MailboxSearch;
import io.jamesext.lemonade.imap.search.MailboxSource;
import io.jamesext.lemonade.imap.search.SearchKey;
import io.jamesext.lemonade.imap.search.View;
import reactor.core.publisher.Mono;

/**
 * The results of a search program in an order, which follow the mailbox. RFC 5267 section 4. A change costs the matching of the messages
 * that have changed and a look over the list of UIDs, however large the mailbox is.
 */
final class Context {
    /** RFC 5032 section 2: "the server might perform the evaluation periodically". */
    private static final Duration EVALUATION = Duration.ofMinutes(1);
    /** What a key or a range takes beside its text, roughly. */
    private static final int KEY_BYTES = 64;

    private final SearchKey program;
    private final Order order;
    private final Search search;
    /** Whether a message may match or not by its flags alone: else nothing is read again when they change. */
    private final boolean dependsOnFlags;
    /** By the tags of the commands that asked for updates. */
    private final Map<Tag, Subscriber> subscribers = new LinkedHashMap<>();
    private UidList results;
    private Instant evaluated;
    private Optional<Long> last;

    /**
     * How messages are found.
     *
     * @param all over the whole mailbox
     * @param changed where a few are asked about, maybe such as no index has yet
     */
    record Search(MailboxSearch all, MailboxSearch changed, Clock clock) {
    }

    /**
     * How a client is told of updates.
     *
     * @param uids whether in UIDs
     * @param attributes what it is told before of messages that are new to the mailbox; RFC 5465 section 7
     */
    record Subscriber(boolean uids, List<FetchItem> attributes) {
    }

    /** What has happened to the results; first some are removed, then others added. */
    record Update(List<Step> removed, List<Step> added) {
        Update {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }

        boolean isEmpty() {
            return removed.isEmpty() && added.isEmpty();
        }

        /** Those of the messages that were added. */
        List<MessageUid> addedOf(Set<Long> messages) {
            return added.stream().flatMapToLong(step -> step.uids().stream()).filter(messages::contains).sorted()
                .mapToObj(MessageUid::of).toList();
        }
    }

    /** With what was found just now. */
    Context(SearchKey program, Order order, UidList results, View view, Search search) {
        this.program = program;
        this.order = order;
        this.results = results;
        this.search = search;
        this.dependsOnFlags = program.has(leaf -> leaf instanceof SearchKey.MarkKey || leaf instanceof SearchKey.Recent);
        this.evaluated = search.clock().instant();
        this.last = view.uid(view.size());
    }

    boolean is(SearchKey otherProgram, Order otherOrder) {
        return program.equals(otherProgram) && order.equals(otherOrder);
    }

    UidList results() {
        return results;
    }

    /** By tag, how updates are told. */
    Map<Tag, Subscriber> subscribers() {
        return subscribers;
    }

    /** Whether messages match or not as time goes by. RFC 5032. */
    static boolean dependsOnTime(SearchKey program) {
        return program.has(leaf -> leaf instanceof SearchKey.Older || leaf instanceof SearchKey.Younger);
    }

    /** Octets that a program takes, roughly. */
    static long weight(SearchKey program) {
        return program.leaves().mapToLong(Context::weight).sum();
    }

    private static long weight(SearchKey.Leaf leaf) {
        if (leaf instanceof SearchKey.UidIn uids) {
            return KEY_BYTES * (1L + uids.uids().ranges().size());
        }
        return leaf instanceof SearchKey.Numbers numbers ? KEY_BYTES * (1L + numbers.set().ranges().size())
            : KEY_BYTES + leaf.toString().length();
    }

    /** Messages have gone. */
    Update gone(long[] uids) {
        Changed changed = results.without(uids);
        results = changed.list();
        return new Update(changed.steps(), List.of());
    }

    /**
     * Brings the results up to date.
     *
     * @param touched those that are not in the view are passed over
     */
    Mono<Update> update(Contexts.Touched touched, View view, MailboxSource mailbox) {
        Instant now = search.clock().instant();
        Optional<Long> lastNow = view.uid(view.size());
        if (dependsOnTime(program) && !now.isBefore(evaluated.plus(EVALUATION))) {
            return search.all().search(program, view, mailbox)
                .flatMap(matching -> change(ascending(results.stream()), ascending(matching), mailbox))
                .doOnNext(update -> {
                    evaluated = now;
                    last = lastNow;
                });
        }
        LongStream changed = LongStream.of(touched.all()).filter(uid -> dependsOnFlags || touched.fresh().contains(uid));
        long[] candidates = ascending(LongStream.concat(changed, ends(lastNow))
            .filter(uid -> view.number(uid).isPresent()));
        if (candidates.length == 0) {
            return Mono.empty();
        }
        return search.changed().searchAmong(LongStream.of(candidates), program, view, mailbox)
            .flatMap(matching -> change(ascending(results.those(candidates)), ascending(matching), mailbox))
            .doOnNext(update -> last = lastNow);
    }

    /** What "*" means in a set of UIDs: when another message is the last one, it and the one before may match otherwise than before. */
    private LongStream ends(Optional<Long> lastNow) {
        return last.equals(lastNow) || !program.has(SearchKey.Numbers.class::isInstance)
            ? LongStream.empty()
            : Stream.of(last, lastNow).flatMap(Optional::stream).mapToLong(Long::longValue);
    }

    private static long[] ascending(List<Long> uids) {
        return ascending(uids.stream().mapToLong(Long::longValue));
    }

    private static long[] ascending(LongStream uids) {
        return uids.sorted().distinct().toArray();
    }

    /** From messages that were among the results to those of the same that match now. */
    private Mono<Update> change(long[] before, long[] now, MailboxSource mailbox) {
        Changed removal = results.without(minus(before, now));
        UidList others = UidList.of(LongStream.of(minus(now, before)));
        return (others.isEmpty() ? Mono.just(new Changed(removal.list(), List.of()))
                : order.place(others, removal.list(), mailbox).map(removal.list()::with))
            .map(addition -> {
                results = addition.list();
                return new Update(removal.steps(), addition.steps());
            });
    }

    private static long[] minus(long[] some, long[] others) {
        return LongStream.of(some).filter(uid -> Arrays.binarySearch(others, uid) < 0).toArray();
    }
}
