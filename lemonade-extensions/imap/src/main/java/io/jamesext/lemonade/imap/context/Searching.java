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
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.mailbox.MessageManager;

import com.google.common.primitives.Longs;

import io.jamesext.lemonade.imap.fetch.ArrivalFetch;
import io.jamesext.lemonade.imap.search.MailboxSearch;
import io.jamesext.lemonade.imap.search.MailboxSource;
import io.jamesext.lemonade.imap.search.NumberSet;
import io.jamesext.lemonade.imap.search.ReturnOption;
import io.jamesext.lemonade.imap.search.ReturnOptions;
import io.jamesext.lemonade.imap.search.SavedSearch;
import io.jamesext.lemonade.imap.search.SearchFailures;
import io.jamesext.lemonade.imap.search.SearchKey;
import io.jamesext.lemonade.imap.search.SearchResponse;
import io.jamesext.lemonade.imap.search.View;
import io.jamesext.lemonade.imap.select.Condstore;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.publisher.Mono;

/** The work that SEARCH, UID SEARCH, SORT and UID SORT share: "collectively known as the searching command", RFC 5267 section 4.1. */
public final class Searching {
    /** After these the same program is likely to come again: more pages, or a view that has been left for a moment. */
    private static final Set<ReturnOption> KEEPING = EnumSet.of(ReturnOption.CONTEXT, ReturnOption.UPDATE, ReturnOption.PARTIAL);

    private final MailboxSearch search;
    private final Context.Search contextSearch;
    private final ArrivalFetch arrivals;

    /** Who asks, and of which mailbox. */
    public record Client(ImapSession session, MessageManager mailbox, Responder responder) {
        SelectedFolder folder() {
            return Objects.requireNonNull(SelectedFolder.of(session));
        }

        MailboxSource source() {
            return new MailboxSource(mailbox, session.getMailboxSession());
        }
    }

    /** Finds messages by that search, and those that have just changed by reading them; tells of new ones what UPDATE asks for. */
    public Searching(MailboxSearch search, Clock clock, ArrivalFetch arrivals) {
        this.search = search;
        this.arrivals = arrivals;
        this.contextSearch = new Context.Search(search, MailboxSearch.reading(clock), clock);
    }

    /**
     * Finds the messages, tells them, and keeps what is to be kept. The tagged answer is the caller's, and what else there is to tell.
     *
     * @param plain the answer to a command without RETURN: of message numbers or UIDs, and the MODSEQ where the program asks for it
     */
    public Mono<Void> answer(Call asked, Client client, BiFunction<List<Long>, OptionalLong, ImapResponseMessage> plain) {
        return search.expanded(asked.program(), client.source()).flatMap(program -> {
            Call call = asked.of(program).frozen(View.of(client.session()));
            Contexts contexts = contexts(client);
            if (call.options().has(ReturnOption.UPDATE) && contexts.updates(call.tag())) {
                return Mono.error(new TagInUseException());
            }
            // RFC 7162 section 3.1: MODSEQ is a CONDSTORE enabling criterion, and a CONDSTORE enabling attribute.
            boolean modSeqs = usesModSeq(call) || ArrivalFetch.tellModSeqs(call.options().attributes());
            return (modSeqs ? Condstore.enable(client.session(), client.responder()) : Mono.<Void>empty())
                // RFC 5267 section 4.5: what is kept answers as a new search would.
                .then(Mono.defer(() -> {
                    contexts.gone(client.folder().expungedUids(), client.responder());
                    return contexts.tell(client.responder());
                }))
                .then(Mono.defer(() -> find(call, client, contexts)))
                .flatMap(results -> tell(call, client, results, plain)
                    .then(Mono.fromRunnable(() -> keep(call, client, contexts, results))));
        });
    }

    private Contexts contexts(Client client) {
        return client.folder().follower() instanceof Contexts contexts ? contexts
            : new Contexts(client.folder(), client.session(), contextSearch, arrivals);
    }

    private static boolean usesModSeq(Call call) {
        return call.program().has(SearchKey.ModSeq.class::isInstance);
    }

    private Mono<UidList> find(Call call, Client client, Contexts contexts) {
        Optional<UidList> kept = contexts.find(call.program(), call.order());
        if (kept.isPresent()) {
            return Mono.just(kept.get());
        }
        if (call.options().hasAny(KEEPING)) {
            // Before the search: what happens while it goes on is looked at again.
            client.folder().follow(contexts);
        }
        return search.search(call.program(), View.of(client.session()), client.source())
            .flatMap(uids -> call.order().sort(UidList.of(uids), client.source()));
    }

    private Mono<Void> tell(Call call, Client client, UidList results, BiFunction<List<Long>, OptionalLong, ImapResponseMessage> plain) {
        Answer answer = new Answer(call.options(), results);
        if (call.options().has(ReturnOption.SAVE)) {
            SavedSearch.save(client.session(), NumberSet.of(answer.meant()));
        }
        if (!call.options().tells()) {
            return Mono.empty();
        }
        View view = View.of(client.session());
        LongUnaryOperator number = call.uids() ? uid -> uid : uid -> view.number(uid).orElseThrow();
        return modSeq(call, client, answer)
            .doOnNext(modSeq -> client.responder().respond(call.options().extended()
                ? new SearchResponse.Extended(call.tag(), call.uids(), answer.items(number, modSeq))
                : plain.apply(Longs.asList(results.stream().map(number).toArray()), modSeq)))
            .then();
    }

    private Mono<OptionalLong> modSeq(Call call, Client client, Answer answer) {
        if (!usesModSeq(call) || answer.results().isEmpty()) {
            return Mono.just(OptionalLong.empty());
        }
        Set<Long> meant = answer.meant().boxed().collect(Collectors.toCollection(TreeSet::new));
        return meant.isEmpty() ? Mono.just(OptionalLong.empty()) : search.highestModSeq(meant, client.source());
    }

    private static void keep(Call call, Client client, Contexts contexts, UidList results) {
        boolean update = call.options().has(ReturnOption.UPDATE);
        if (call.options().hasAny(KEEPING) && (update || !Context.dependsOnTime(call.program()))) {
            contexts.keep(call, results).filter(why -> update)
                .ifPresent(why -> client.responder().respond(new NoUpdate(call.tag(), why)));
        }
    }

    /** Answers for a searching command that has failed. What is nobody's fault but ours stays an error. */
    public static Mono<Void> refuse(ImapRequest request, ReturnOptions options, ImapSession session, Responder responder,
                                    Throwable failure) {
        if (failure instanceof TagInUseException) {
            return Mono.fromRunnable(() -> responder.respond(new StatusLine(request.getTag(), StatusResponse.Type.BAD, "CLIENTBUG",
                request.getCommand(), "Updates are told under that tag already")));
        }
        if (options.has(ReturnOption.SAVE)) {
            // RFC 5182 section 2.1: after a NO, and not after a BAD.
            SavedSearch.clear(session);
        }
        return SearchFailures.refuse(request, responder, failure);
    }
}
