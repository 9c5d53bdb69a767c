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

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.mailbox.MessageUid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.lemonade.imap.context.UidList.Step;
import io.jamesext.lemonade.imap.fetch.ArrivalFetch;
import io.jamesext.lemonade.imap.search.MailboxSource;
import io.jamesext.lemonade.imap.search.NumberSet;
import io.jamesext.lemonade.imap.search.ReturnOption;
import io.jamesext.lemonade.imap.search.SearchKey;
import io.jamesext.lemonade.imap.search.SearchResponse;
import io.jamesext.lemonade.imap.search.View;
import io.jamesext.lemonade.imap.select.Follower;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The contexts of a selected mailbox; they end with the selection. RFC 5267 section 4.3. Those that nobody has asked updates of are kept
 * because their program may come again, and make room for others.
 */
final class Contexts implements Follower {
    /** A session with more views of one mailbox than this has forgotten some. */
    static final int MAX_CONTEXTS = 16;
    /** UIDs in all contexts but a first one, four octets each: what a connection may hold on the heap. */
    static final int MAX_RESULTS = 1_000_000;
    /** A program stays as long as its context. */
    static final int MAX_PROGRAM_BYTES = 1 << 16;
    /** Of the only one that is told updates: RFC 5267 section 4.3.1 wants one for each client. A thousand keys and a "$" fit into it. */
    static final int MAX_FIRST_PROGRAM_BYTES = 1 << 20;
    /** So many messages are looked at one by one; of more, all that there are. */
    private static final int MAX_TOUCHED = 10_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(Contexts.class);
    private static final String TOO_MANY = "Too many contexts";

    private final SelectedFolder folder;
    private final ImapSession session;
    private final Context.Search search;
    private final ArrivalFetch arrivals;
    /** The least recently used first. */
    private final List<Context> contexts = new ArrayList<>();
    private final Set<Long> touched = new HashSet<>();
    private boolean allTouched;
    /** Those of them that are new to the mailbox. */
    private final Set<Long> fresh = new HashSet<>();

    Contexts(SelectedFolder folder, ImapSession session, Context.Search search, ArrivalFetch arrivals) {
        this.folder = folder;
        this.session = session;
        this.search = search;
        this.arrivals = arrivals;
    }

    /** Whether updates are told under that tag. */
    boolean updates(Tag tag) {
        return contexts.stream().anyMatch(context -> context.subscribers().containsKey(tag));
    }

    /** The results of that program, if they are kept. Those that time changes are not what a new search would find. */
    Optional<UidList> find(SearchKey program, Order order) {
        if (Context.dependsOnTime(program)) {
            return Optional.empty();
        }
        Optional<Context> found = contexts.stream().filter(context -> context.is(program, order)).findFirst();
        found.ifPresent(context -> {
            contexts.remove(context);
            contexts.add(context);
        });
        return found.map(Context::results);
    }

    /**
     * Keeps the results of a command from now on, and tells what happens to them if it asked for that.
     *
     * @return why not, for a person to read
     */
    Optional<String> keep(Call call, UidList results) {
        boolean update = call.options().has(ReturnOption.UPDATE);
        Optional<Context> there = contexts.stream()
            .filter(context -> context.is(call.program(), call.order()) && context.results().equals(results)).findFirst();
        Optional<String> refusal = there.isPresent() ? Optional.empty() : refusal(call.program(), results, update);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (update && contexts.stream().mapToInt(context -> context.subscribers().size()).sum() >= MAX_CONTEXTS) {
            return Optional.of(TOO_MANY);
        }
        Context kept = there.orElseGet(() -> new Context(call.program(), call.order(), results, view(), search));
        if (there.isEmpty()) {
            contexts.add(kept);
        }
        if (update) {
            kept.subscribers().put(call.tag(), new Context.Subscriber(call.uids(), call.options().attributes()));
        }
        return Optional.empty();
    }

    /** Makes room for results, of those that nobody needs; says why there is none. */
    private Optional<String> refusal(SearchKey program, UidList results, boolean update) {
        boolean only = update && contexts.stream().allMatch(context -> context.subscribers().isEmpty());
        if (Context.weight(program) > (only ? MAX_FIRST_PROGRAM_BYTES : MAX_PROGRAM_BYTES)) {
            return Optional.of("The search program is too long");
        }
        // RFC 5267 section 4.3.1: at least one, and so one of any size.
        while (contexts.size() >= MAX_CONTEXTS || !contexts.isEmpty() && size() + results.size() > MAX_RESULTS) {
            Optional<Context> unused = unused();
            if (unused.isEmpty()) {
                return Optional.of(contexts.size() >= MAX_CONTEXTS ? TOO_MANY : "Too many results");
            }
            contexts.remove(unused.get());
        }
        return Optional.empty();
    }

    private Optional<Context> unused() {
        return contexts.stream().filter(context -> context.subscribers().isEmpty()).findFirst();
    }

    private long size() {
        return contexts.stream().mapToLong(context -> context.results().size()).sum();
    }

    /**
     * RFC 5267 section 4.3.5: tells no more updates under that tag; the results may be asked for again.
     *
     * @return false when none were told
     */
    boolean cancel(Tag tag) {
        return contexts.stream().anyMatch(context -> context.subscribers().remove(tag) != null);
    }

    @Override
    public void came(Collection<MessageUid> uids) {
        touched(uids);
        synchronized (touched) {
            uids.forEach(uid -> fresh.add(uid.asLong()));
        }
    }

    @Override
    public void touched(Collection<MessageUid> uids) {
        synchronized (touched) {
            uids.forEach(uid -> touched.add(uid.asLong()));
            if (touched.size() > MAX_TOUCHED) {
                touched.clear();
                allTouched = true;
            }
        }
    }

    /**
     * Messages to be looked at.
     *
     * @param all UIDs, ascending
     * @param fresh those of them that are new to the mailbox; of the others only the flags have changed
     */
    record Touched(long[] all, Set<Long> fresh) {
    }

    private Touched takeTouched() {
        synchronized (touched) {
            LongStream uids = allTouched ? view().uids() : touched.stream().mapToLong(Long::longValue).sorted();
            Touched taken = new Touched(uids.toArray(), Set.copyOf(fresh));
            touched.clear();
            allTouched = false;
            fresh.clear();
            return taken;
        }
    }

    @Override
    public void gone(Collection<MessageUid> uids, Responder responder) {
        if (!uids.isEmpty()) {
            long[] gone = uids.stream().mapToLong(MessageUid::asLong).sorted().toArray();
            contexts.forEach(context -> respond(context, context.gone(gone), responder));
        }
    }

    @Override
    public Mono<Void> tell(Responder responder) {
        return Mono.defer(() -> {
            Touched taken = takeTouched();
            return Flux.fromIterable(List.copyOf(contexts))
                // The one before may have taken all the room.
                .concatMap(context -> contexts.contains(context) ? tell(context, taken, responder) : Mono.empty())
                .then();
        });
    }

    /** What cannot be followed any more ends: RFC 5267 section 4.3.1. No other context and no command has to suffer from it. */
    private Mono<Void> tell(Context context, Touched taken, Responder responder) {
        return Mono.defer(() -> context.update(taken, view(), new MailboxSource(folder.getMessageManager(), session.getMailboxSession())))
            .delayUntil(update -> fetch(context, update.addedOf(taken.fresh()), responder))
            .doOnNext(update -> {
                respond(context, update, responder);
                limit(context, responder);
            })
            .then()
            .onErrorResume(Exception.class, e -> Mono.fromRunnable(() -> {
                LOGGER.error("A context of {} could not be followed", folder.getMailboxId().serialize(), e);
                end(context, "It cannot be followed", responder);
            }));
    }

    /** RFC 5465 section 7: behind EXISTS and before ESEARCH, and not of messages that match because their flags have changed. */
    private Mono<Void> fetch(Context context, List<MessageUid> added, Responder responder) {
        if (added.isEmpty()) {
            return Mono.empty();
        }
        return Flux.fromStream(() -> context.subscribers().values().stream().map(Context.Subscriber::attributes)
                .filter(attributes -> !attributes.isEmpty()).distinct())
            .concatMap(attributes -> arrivals.tell(attributes, added, session, responder))
            // An extra, without which the results are to be told all the same.
            .onErrorResume(Exception.class, e -> Mono.fromRunnable(() ->
                LOGGER.error("New messages of {} could not be told", folder.getMailboxId().serialize(), e)))
            .then();
    }

    private View view() {
        return new View(folder, NumberSet.EMPTY);
    }

    private void respond(Context context, Context.Update update, Responder responder) {
        if (update.isEmpty()) {
            return;
        }
        View view = view();
        context.subscribers().forEach((tag, subscriber) -> {
            LongUnaryOperator number = subscriber.uids() ? uid -> uid : uid -> view.number(uid).orElseThrow();
            List<SearchResponse.Item> items = new ArrayList<>();
            if (!update.removed().isEmpty()) {
                items.add(new SearchResponse.Item("REMOVEFROM", steps(update.removed(), number)));
            }
            if (!update.added().isEmpty()) {
                items.add(new SearchResponse.Item("ADDTO", steps(update.added(), number)));
            }
            responder.respond(new SearchResponse.Extended(tag, subscriber.uids(), items));
        });
    }

    /** RFC 5267 section 5: {@code "(" context-position SP sequence-set *(SP context-position SP sequence-set) ")"}. */
    private static String steps(List<Step> steps, LongUnaryOperator number) {
        return steps.stream().map(step -> step.position() + " " + UidList.set(step.uids().stream().map(number)))
            .collect(Collectors.joining(" ", "(", ")"));
    }

    /** RFC 5267 section 4.3.1: updates may be refused when an internal limit is reached, by growing too. */
    private void limit(Context grown, Responder responder) {
        while (contexts.size() > 1 && size() > MAX_RESULTS) {
            end(unused().orElse(contexts.contains(grown) ? grown : contexts.get(0)), "Too many results", responder);
        }
    }

    private void end(Context context, String why, Responder responder) {
        contexts.remove(context);
        context.subscribers().keySet().forEach(tag -> responder.respond(new NoUpdate(tag, why)));
    }
}
