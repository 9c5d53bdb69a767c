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

package io.jamesext.lemonade.imap.search;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.SearchCapabilities;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.lemonade.imap.select.Condstore;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** Runs SEARCH and UID SEARCH. RFC 3501 section 6.4.4. */
public final class SearchProcessor extends AbstractMailboxProcessor<SearchRequest> implements CapabilityImplementingProcessor {
    private static final List<Capability> CAPABILITIES = List.of(Capability.of("ESEARCH"), Capability.of("SEARCHRES"),
        Capability.of("WITHIN"));

    private final MailboxSearch search;

    public SearchProcessor(MailboxManager mailboxManager, StatusResponseFactory statusResponseFactory, MetricFactory metricFactory,
                           Clock clock) {
        super(SearchRequest.class, mailboxManager, statusResponseFactory, metricFactory);
        boolean indexed = mailboxManager.getSupportedSearchCapabilities().contains(SearchCapabilities.FullText);
        this.search = new MailboxSearch(indexed ? new IndexedTexts() : new ReadTexts(), clock);
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Void> processRequestReactive(SearchRequest request, ImapSession session, Responder responder) {
        return getSelectedMailboxReactive(session)
            .map(mailbox -> new MailboxSource(mailbox, session.getMailboxSession()))
            .flatMap(mailbox -> enableCondstore(request, session, responder)
                .then(search.search(request.program(), View.of(session), mailbox))
                .flatMap(uids -> answer(request, session, responder, mailbox, uids)))
            // RFC 3501 section 7.4.1: no EXPUNGE while SEARCH is in progress, but while UID SEARCH is.
            .then(Unsolicited.tell(session, responder, Unsolicited.During.reading(request.uids())))
            .then(Mono.<Void>fromRunnable(() -> okComplete(request, responder)))
            .onErrorResume(failure -> {
                if (request.saves()) {
                    SavedSearch.clear(session);
                }
                return refuse(request, responder, failure);
            });
    }

    /** RFC 7162 section 3.1: a SEARCH with MODSEQ is a CONDSTORE enabling command. */
    private static Mono<Void> enableCondstore(SearchRequest request, ImapSession session, Responder responder) {
        return usesModSeq(request) ? Condstore.enable(session, responder) : Mono.empty();
    }

    private static boolean usesModSeq(SearchRequest request) {
        return request.program().has(SearchKey.ModSeq.class::isInstance);
    }

    private Mono<Void> answer(SearchRequest request, ImapSession session, Responder responder, MailboxSource mailbox, List<Long> uids) {
        List<Long> meant = meant(request.options(), uids);
        if (request.saves()) {
            SavedSearch.save(session, NumberSet.of(meant.stream().mapToLong(Long::longValue)));
            if (request.options().size() == 1) {
                // RFC 5182 section 2.1: the result is kept, not told.
                return Mono.empty();
            }
        }
        Mono<OptionalLong> modSeq = usesModSeq(request) && !meant.isEmpty()
            ? search.highestModSeq(new TreeSet<>(meant), mailbox) : Mono.just(OptionalLong.empty());
        return modSeq.doOnNext(highest -> responder.respond(response(request, numbers(request, session, uids), highest))).then();
    }

    /**
     * The messages that a result is about: those of MIN and MAX, if nothing else is asked for. RFC 4731 section 3.2 takes the MODSEQ of
     * these, and RFC 5182 section 2.4 saves these.
     */
    private static List<Long> meant(Set<ReturnOption> options, List<Long> uids) {
        boolean min = options.contains(ReturnOption.MIN);
        boolean max = options.contains(ReturnOption.MAX);
        if (uids.isEmpty() || (!min && !max) || options.contains(ReturnOption.ALL) || options.contains(ReturnOption.COUNT)) {
            return uids;
        }
        List<Long> ends = new ArrayList<>();
        if (min) {
            ends.add(uids.get(0));
        }
        if (max) {
            ends.add(uids.get(uids.size() - 1));
        }
        return ends;
    }

    private static List<Long> numbers(SearchRequest request, ImapSession session, List<Long> uids) {
        if (request.uids()) {
            return uids;
        }
        View view = new View(Objects.requireNonNull(session.getSelected()), NumberSet.EMPTY);
        return uids.stream().map(view::number).flatMap(Optional::stream).map(Integer::longValue).toList();
    }

    private static SearchResponse response(SearchRequest request, List<Long> numbers, OptionalLong modSeq) {
        Set<ReturnOption> options = request.options();
        if (options.isEmpty()) {
            return new SearchResponse.Plain(numbers, modSeq);
        }
        List<SearchResponse.Item> items = new ArrayList<>();
        if (!numbers.isEmpty() && options.contains(ReturnOption.MIN)) {
            items.add(new SearchResponse.Item("MIN", numbers.get(0).toString()));
        }
        if (!numbers.isEmpty() && options.contains(ReturnOption.MAX)) {
            items.add(new SearchResponse.Item("MAX", numbers.get(numbers.size() - 1).toString()));
        }
        if (options.contains(ReturnOption.COUNT)) {
            items.add(new SearchResponse.Item("COUNT", Integer.toString(numbers.size())));
        }
        if (!numbers.isEmpty() && options.contains(ReturnOption.ALL)) {
            items.add(new SearchResponse.Item("ALL", NumberSet.of(numbers.stream().mapToLong(Long::longValue)).toString()));
        }
        modSeq.ifPresent(highest -> items.add(new SearchResponse.Item("MODSEQ", Long.toString(highest))));
        return new SearchResponse.Extended(request.getTag(), request.uids(), items);
    }

    private Mono<Void> refuse(SearchRequest request, Responder responder, Throwable failure) {
        if (Exceptions.unwrap(failure) instanceof TooManyQueriesException) {
            return no(request, responder, "LIMIT", "The search mixes flags and texts in too many ways");
        }
        if (MailboxFailures.of(failure).failure() == Failure.BUSY) {
            // RFC 5530 section 3, UNAVAILABLE: the index of texts is down. Everything else is found without it.
            return no(request, responder, "UNAVAILABLE", "The search index does not answer, try again later");
        }
        // James logs it and says NO.
        return Mono.error(failure);
    }

    private static Mono<Void> no(SearchRequest request, Responder responder, String code, String text) {
        return Mono.fromRunnable(
            () -> responder.respond(new StatusLine(request.getTag(), StatusResponse.Type.NO, code, request.getCommand(), text)));
    }

    @Override
    protected MDCBuilder mdc(SearchRequest request) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, "SEARCH")
            .addToContext("useUid", Boolean.toString(request.uids()));
    }
}
