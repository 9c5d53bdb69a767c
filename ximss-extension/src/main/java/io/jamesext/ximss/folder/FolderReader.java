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
package io.jamesext.ximss.folder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.folder.FolderView.Item;
import io.jamesext.ximss.folder.ViewerField.Cost;
import io.jamesext.ximss.folder.ViewerField.Details;
import io.jamesext.ximss.mail.MailHeader;
import io.jamesext.ximss.mail.MessageFlags;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads from one mailbox what a folder needs, and no more: a body only where a filter looks into it, and headers only where a field or the
 * order needs them.
 */
final class FolderReader {
    private static final SortKey UNSORTED = SortKey.of(0);
    private static final Details NOTHING = new Details(0, Instant.EPOCH, Optional.empty(), Optional.empty());
    /** So few messages are read whether the index of words knows them or not: it may learn of a new message a moment late. */
    private static final int READ_UNASKED = 100;
    /** So few ranges are named in a search; of more, those that were not asked for are left out of what it finds. */
    private static final int MAX_RANGES = 100;
    /** Messages that wait for a filter to look into them. */
    private static final int READ_AHEAD = 8;

    private final MessageManager mailbox;
    private final MailboxSession session;
    private final FolderQuery query;
    private final boolean isIndexed;

    /**
     * @param isIndexed whether James's search knows the words of messages without reading them
     */
    FolderReader(MessageManager mailbox, MailboxSession session, FolderQuery query, boolean isIndexed) {
        this.mailbox = mailbox;
        this.session = session;
        this.query = query;
        this.isIndexed = isIndexed;
    }

    boolean isIndexed() {
        return isIndexed;
    }

    /** The messages that belong into the view, from a UID on. */
    Mono<Map<Long, Item>> all(long uidMin) {
        return items(List.of(MessageRange.from(MessageUid.of(Math.max(uidMin, 1)))));
    }

    /** Those of some messages that are there and belong into the view. */
    Mono<Map<Long, Item>> some(Collection<Long> uids) {
        return uids.size() <= READ_UNASKED ? itemsIn(ranges(uids)).collectMap(Item::uid) : items(ranges(uids));
    }

    /** What the viewer fields need to know of some messages; nothing for those that are gone. */
    Mono<Map<Long, Details>> details(Collection<Long> uids) {
        return query.browseCost() == Cost.VIEW ? Mono.just(Map.of())
            : read(ranges(uids), query.browseCost())
                .collectMap(result -> result.getUid().asLong(), result -> details(result, query.browseCost()));
    }

    private Mono<Map<Long, Item>> items(List<MessageRange> asked) {
        Mono<List<MessageRange>> ranges = query.narrowing().filter(criterion -> isIndexed && !asked.isEmpty())
            .map(criterion -> search(criterion, asked)).orElseGet(() -> Mono.just(asked));
        return ranges.flatMapMany(this::itemsIn).collectMap(Item::uid);
    }

    private Flux<Item> itemsIn(List<MessageRange> ranges) {
        Cost cost = query.cost();
        return cost == Cost.VIEW
            ? Flux.fromIterable(ranges).concatMap(range -> mailbox.listMessagesMetadata(range, session))
                .map(message -> new Item(message.getComposedMessageId().getUid().asLong(), UNSORTED, MessageFlags.of(message.getFlags())))
                .flatMapIterable(item -> sorted(item, NOTHING))
            : read(ranges, cost)
                .flatMapIterable(result -> sorted(new Item(result.getUid().asLong(), UNSORTED, MessageFlags.of(result.getFlags())),
                    details(result, cost)));
    }

    private Flux<MessageResult> read(List<MessageRange> ranges, Cost cost) {
        Flux<MessageResult> results = Flux.fromIterable(ranges)
            .concatMap(range -> mailbox.getMessagesReactive(range, fetchGroup(cost), session));
        return cost == Cost.CONTENT ? results.publishOn(Blocking.SCHEDULER, READ_AHEAD) : results;
    }

    /**
     * What James's search finds among some messages, to be read and checked. It sees each message whose APPEND was answered, and finds all
     * that have the words; which is more than the text, or less where the text begins or ends within a word.
     */
    private Mono<List<MessageRange>> search(Criterion criterion, List<MessageRange> asked) {
        SearchQuery.Builder search = SearchQuery.builder().andCriterion(criterion);
        if (asked.size() <= MAX_RANGES) {
            search.andCriterion(SearchQuery.uid(asked.stream()
                .map(range -> new SearchQuery.UidRange(range.getUidFrom(), range.getUidTo())).toArray(SearchQuery.UidRange[]::new)));
        }
        return Flux.defer(() -> {
            try {
                return mailbox.search(search.build(), session);
            } catch (MailboxException e) {
                return Flux.error(e);
            }
        }).filter(uid -> asked.size() <= MAX_RANGES || asked.stream().anyMatch(range -> range.includes(uid)))
            .collectList()
            .map(MessageRange::toRanges);
    }

    /** The message in its place; none when it does not belong into the view. */
    private List<Item> sorted(Item unsorted, Details details) {
        return query.includes(unsorted, details)
            ? List.of(new Item(unsorted.uid(), query.sortField().sortKey(unsorted, details), unsorted.flags())) : List.of();
    }

    private static List<MessageRange> ranges(Collection<Long> uids) {
        return MessageRange.toRanges(uids.stream().map(MessageUid::of).toList());
    }

    private static FetchGroup fetchGroup(Cost cost) {
        return switch (cost) {
            case VIEW, METADATA -> FetchGroup.MINIMAL;
            case HEADER -> FetchGroup.HEADERS;
            case CONTENT -> FetchGroup.FULL_CONTENT;
        };
    }

    private static Details details(MessageResult result, Cost cost) {
        return new Details(result.getSize(), result.getInternalDate().toInstant(),
            cost.compareTo(Cost.HEADER) >= 0 ? Optional.of(header(result, cost)) : Optional.empty(),
            cost == Cost.CONTENT ? Optional.of(StoredMessages.octets(result)) : Optional.empty());
    }

    private static MailHeader header(MessageResult result, Cost cost) {
        try (InputStream header = (cost == Cost.CONTENT ? result.getFullContent() : result.getHeaders()).getInputStream()) {
            return MailHeader.read(header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MailboxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
