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

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.DateResolution;

import io.jamesext.lemonade.imap.search.SearchKey.Body;
import io.jamesext.lemonade.imap.search.SearchKey.Header;
import io.jamesext.lemonade.imap.search.SearchKey.Sent;
import io.jamesext.lemonade.imap.search.SearchKey.Text;
import io.jamesext.lemonade.imap.search.SearchKey.TextKey;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Has James's index name the messages in which a string may be, and reads these: no index folds letters as RFC 5051 has it, and other ones
 * than ours look for words. The one place where our keys become James's {@code SearchQuery}.
 *
 * <p>Our index has header fields that no message can have: {@link #TEXTS}, all that BODY searches, {@link #ANYWHERE}, all that TEXT
 * searches, {@link #UNDATED}, which is there where no Date names a day, {@link #SIGNS}, which names the fields with more than ASCII, and
 * {@link #WHOLE}, where nothing of the message was too much for the index. Messages without it are read, whatever the index says: those of
 * an index that is not ours as well.
 */
final class IndexedTexts implements TextSearch {
    /** Agreed with the module opensearch, {@code Criteria} and {@code MessageDocuments}. */
    static final String TEXTS = " texts";
    static final String ANYWHERE = " anywhere";
    static final String WHOLE = " whole";
    static final String UNDATED = " undated";
    static final String SIGNS = " signs";

    /** Above that many keys several share a question: then a message in which one of them may be is read for all of these. */
    private static final int MAX_QUERIES = 8;
    /** OpenSearch takes 1,024 clauses in a question; some are the question's own. Each letter of a string is about one, in each field. */
    private static final int MAX_CLAUSES = 800;
    private static final int MAX_PATTERN = 200;
    /** So few messages are named in the query; of more, those that were not asked for are left out of the answer. */
    private static final int NAMED_RANGES = 100;
    private static final Criterion NOT_WHOLE = SearchQuery.not(SearchQuery.headerExists(WHOLE));
    private static final String DATE = "Date";
    /** In these the index itself finds a string of ASCII, where the field has nothing else: folding is no more than that of case then. */
    private static final Set<String> PLAIN_FIELDS = Set.of("subject", "from", "to", "cc", "bcc");
    private static final Pattern PLAIN = Pattern.compile("[!-~&&[^\\\\]](?:[ -~&&[^\\\\]]{0,48}[!-~&&[^\\\\]])?");
    /** RFC 5322 section 3.6.8; but for names that our index takes for several: see the module opensearch, {@code Queries.literal}. */
    private static final Pattern FIELD_NAME = Pattern.compile("[!-9;-~&&[^\\\\]]{1,200}");

    private final TextSearch texts = ReadTexts.scattered();

    /**
     * What the index says of some keys: of messages that are not in it, none of them is true.
     *
     * @param exact whether it is true of all that are in it
     */
    private record Answer(List<TextKey> keys, boolean exact, Set<Long> uids) {
    }

    @Override
    public Flux<Long> matching(Map<SearchKey, List<Long>> open, MailboxSource mailbox) {
        List<TextKey> keys = open.keySet().stream().flatMap(SearchKey::leaves).map(TextKey.class::cast).distinct().toList();
        Set<Long> uids = open.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
        boolean alone = keys.size() <= MAX_QUERIES;
        Mono<Set<Long>> unsure = alone && keys.stream().anyMatch(IndexedTexts::isOfHeader)
            ? ask(unsure(keys), uids, mailbox) : Mono.just(Set.of());
        return Flux.fromIterable(questions(keys))
            .concatMap(some -> ask(some, alone && isDecided(some.get(0)), uids, mailbox))
            .collectList()
            .zipWith(unsure)
            .flatMapMany(known -> decide(open, known.getT1(), known.getT2(), mailbox));
    }

    private static List<List<TextKey>> questions(List<TextKey> keys) {
        int together = (keys.size() + MAX_QUERIES - 1) / MAX_QUERIES;
        List<List<TextKey>> questions = new ArrayList<>();
        List<TextKey> question = List.of();
        int clauses = 0;
        for (TextKey key : keys) {
            if (question.isEmpty() || question.size() == together || clauses + clauses(key) > MAX_CLAUSES) {
                question = new ArrayList<>();
                questions.add(question);
                clauses = 0;
            }
            question.add(key);
            clauses += clauses(key);
        }
        return questions;
    }

    private static int clauses(TextKey key) {
        if (key instanceof Header header) {
            return letters(header.name()) + letters(header.value());
        }
        if (key instanceof Body body) {
            return letters(body.value());
        }
        return key instanceof Text text ? 2 * letters(text.value()) : 2;
    }

    /** In the index a letter may be several: about as many as it has octets. */
    private static int letters(String value) {
        String pattern = value.substring(0, Math.min(MAX_PATTERN, value.length()));
        return 1 + Math.min(MAX_PATTERN, pattern.getBytes(StandardCharsets.UTF_8).length);
    }

    private static Mono<Answer> ask(List<TextKey> keys, boolean exact, Set<Long> uids, MailboxSource mailbox) {
        List<Criterion> criteria = new ArrayList<>(keys.stream().map(IndexedTexts::criterion).toList());
        if (!exact) {
            criteria.add(NOT_WHOLE);
        }
        return ask(any(criteria), uids, mailbox).map(found -> new Answer(keys, exact, found));
    }

    private static Criterion any(List<Criterion> criteria) {
        return criteria.size() == 1 ? criteria.get(0) : SearchQuery.or(criteria);
    }

    private static Mono<Set<Long>> ask(Criterion criterion, Set<Long> uids, MailboxSource mailbox) {
        return Flux.defer(() -> {
            try {
                return mailbox.mailbox().search(query(criterion, uids), mailbox.session());
            } catch (MailboxException e) {
                return Flux.error(e);
            }
        }).map(MessageUid::asLong).filter(uids::contains).collect(HashSet<Long>::new, Set::add).map(found -> found);
    }

    /** {@code unsure} are messages of whose fields the index does not know enough. */
    private Flux<Long> decide(Map<SearchKey, List<Long>> open, List<Answer> answers, Set<Long> unsure, MailboxSource mailbox) {
        Map<TextKey, Answer> byKey = new HashMap<>();
        answers.forEach(answer -> answer.keys().forEach(key -> byKey.put(key, answer)));
        Sieve sieve = new Sieve();
        open.forEach((program, uids) -> uids.forEach(uid -> sieve.put(uid, program, leaf -> {
            if (isOfHeader((TextKey) leaf) && unsure.contains(uid)) {
                return Optional.empty();
            }
            Answer answer = Objects.requireNonNull(byKey.get(leaf));
            if (!answer.uids().contains(uid)) {
                return Optional.of(false);
            }
            return answer.exact() ? Optional.of(true) : Optional.empty();
        })));
        Map<SearchKey, List<Long>> rest = sieve.byRest();
        return Flux.concat(Flux.fromIterable(sieve.matching()), rest.isEmpty() ? Flux.empty() : texts.matching(rest, mailbox));
    }

    /** The index knows days, which fields there are, and strings where nothing has to be folded but ASCII. */
    private static boolean isDecided(TextKey key) {
        return key instanceof Sent || isOfHeader(key);
    }

    /** Those of which the index does not know a whole message enough. */
    private static boolean isOfHeader(TextKey key) {
        return isExistence(key) || isPlain(key);
    }

    private static boolean isPlain(TextKey key) {
        return key instanceof Header header && PLAIN_FIELDS.contains(header.name().toLowerCase(Locale.ROOT))
            && PLAIN.matcher(header.value()).matches();
    }

    private static Criterion unsure(List<TextKey> keys) {
        List<Criterion> criteria = new ArrayList<>(List.of(NOT_WHOLE));
        keys.stream().filter(IndexedTexts::isPlain).map(Header.class::cast).forEach(key -> criteria.add(
            SearchQuery.and(criterion(key), SearchQuery.headerContains(SIGNS, "<" + key.name().toLowerCase(Locale.ROOT) + ">"))));
        return any(criteria);
    }

    private static boolean isExistence(TextKey key) {
        return key instanceof Header header && header.value().isEmpty() && FIELD_NAME.matcher(header.name()).matches();
    }

    private static SearchQuery query(Criterion criterion, Set<Long> uids) {
        SearchQuery.Builder query = SearchQuery.builder().andCriterion(criterion);
        List<NumberSet.Range> ranges = NumberSet.of(uids.stream().mapToLong(Long::longValue)).ranges();
        if (ranges.size() <= NAMED_RANGES) {
            query.andCriterion(SearchQuery.uid(ranges.stream()
                .map(range -> new SearchQuery.UidRange(MessageUid.of(range.low()), MessageUid.of(range.high())))
                .toArray(SearchQuery.UidRange[]::new)));
        }
        return query.build();
    }

    private static Criterion criterion(TextKey key) {
        if (key instanceof Header header) {
            return isExistence(header) ? SearchQuery.headerExists(header.name())
                : SearchQuery.headerContains(header.name(), header.value());
        }
        if (key instanceof Sent sent) {
            // The index counts a message without a usable Date as sent when it arrived; for RFC 3501 it was not sent on any day.
            return SearchQuery.and(List.of(SearchQuery.headerExists(DATE), SearchQuery.not(SearchQuery.headerExists(UNDATED)), sent(sent)));
        }
        if (key instanceof Body body) {
            return SearchQuery.headerContains(TEXTS, body.value());
        }
        return SearchQuery.headerContains(ANYWHERE, ((Text) key).value());
    }

    private static Criterion sent(Sent sent) {
        Date day = day(sent.day());
        return switch (sent.when()) {
            case BEFORE -> SearchQuery.headerDateBefore(DATE, day, DateResolution.Day);
            case ON -> SearchQuery.headerDateOn(DATE, day, DateResolution.Day);
            case SINCE -> SearchQuery.not(SearchQuery.headerDateBefore(DATE, day, DateResolution.Day));
        };
    }

    private static Date day(LocalDate day) {
        return Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
