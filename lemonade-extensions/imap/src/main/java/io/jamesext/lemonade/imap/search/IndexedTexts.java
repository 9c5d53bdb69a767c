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

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.AddressType;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.DateResolution;

import io.jamesext.lemonade.imap.search.SearchKey.And;
import io.jamesext.lemonade.imap.search.SearchKey.Body;
import io.jamesext.lemonade.imap.search.SearchKey.Header;
import io.jamesext.lemonade.imap.search.SearchKey.Not;
import io.jamesext.lemonade.imap.search.SearchKey.Or;
import io.jamesext.lemonade.imap.search.SearchKey.Sent;
import io.jamesext.lemonade.imap.search.SearchKey.Text;
import reactor.core.publisher.Flux;

/** Asks James's search for messages by their text: the one place where our keys become its {@code SearchQuery}. */
final class IndexedTexts implements TextSearch {
    /** Flags that stand under the same OR as texts leave different texts open for different messages, and each way is a query. */
    private static final int MAX_QUERIES = 32;
    /** So few messages are named in the query; of more, those that were not asked for are left out of the answer. */
    private static final int NAMED_RANGES = 100;
    private static final String DATE = "Date";
    private static final Map<String, AddressType> ADDRESSES = Map.of("from", AddressType.From, "to", AddressType.To, "cc", AddressType.Cc,
        "bcc", AddressType.Bcc);

    @Override
    public Flux<Long> matching(Map<SearchKey, List<Long>> open, MailboxSource mailbox) {
        if (open.size() > MAX_QUERIES) {
            return Flux.error(new TooManyQueriesException());
        }
        return Flux.fromIterable(open.entrySet()).concatMap(entry -> matching(entry.getKey(), entry.getValue(), mailbox));
    }

    private static Flux<Long> matching(SearchKey program, List<Long> uids, MailboxSource mailbox) {
        Set<Long> wanted = new HashSet<>(uids);
        return Flux.defer(() -> {
            try {
                return mailbox.mailbox().search(query(program, uids), mailbox.session());
            } catch (MailboxException e) {
                return Flux.error(e);
            }
        }).map(MessageUid::asLong).filter(wanted::contains);
    }

    private static SearchQuery query(SearchKey program, List<Long> uids) {
        SearchQuery.Builder query = SearchQuery.builder().andCriterion(criterion(program));
        List<NumberSet.Range> ranges = NumberSet.of(uids.stream().mapToLong(Long::longValue)).ranges();
        if (ranges.size() <= NAMED_RANGES) {
            query.andCriterion(SearchQuery.uid(ranges.stream()
                .map(range -> new SearchQuery.UidRange(MessageUid.of(range.low()), MessageUid.of(range.high())))
                .toArray(SearchQuery.UidRange[]::new)));
        }
        return query.build();
    }

    private static Criterion criterion(SearchKey key) {
        if (key instanceof And and) {
            return SearchQuery.and(and.keys().stream().map(IndexedTexts::criterion).toList());
        }
        if (key instanceof Or or) {
            return SearchQuery.or(or.keys().stream().map(IndexedTexts::criterion).toList());
        }
        if (key instanceof Not not) {
            return SearchQuery.not(criterion(not.key()));
        }
        if (key instanceof Header header) {
            return header(header);
        }
        if (key instanceof Sent sent) {
            // The index counts a message without a Date as sent when it arrived; for RFC 3501 it was not sent on any day.
            return SearchQuery.and(SearchQuery.headerExists(DATE), sent(sent));
        }
        if (key instanceof Body body) {
            return SearchQuery.bodyContains(body.value());
        }
        if (key instanceof Text text) {
            return SearchQuery.mailContains(text.value());
        }
        throw new IllegalArgumentException("the mailbox decides this key");
    }

    private static Criterion header(Header header) {
        if (header.value().isEmpty()) {
            return SearchQuery.headerExists(header.name());
        }
        AddressType addresses = ADDRESSES.get(header.name().toLowerCase(Locale.ROOT));
        return addresses == null ? SearchQuery.headerContains(header.name(), header.value())
            : SearchQuery.address(addresses, header.value());
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
