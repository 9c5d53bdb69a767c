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
import java.util.stream.Collectors;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;

import com.google.common.io.ByteSource;

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
    /** So few messages are read with all that the viewer fields need, whether it turns out that they have to be shown or not. */
    private static final int READ_AT_ONCE = 64;
    /** So few messages are read whether the index of words knows them or not: it may learn of a new message a moment late. */
    private static final int READ_UNASKED = 100;
    /** So few ranges are named in a search; of more, those that were not asked for are left out of what it finds. */
    private static final int MAX_RANGES = 100;
    /** Messages that wait for a filter to look into them. */
    private static final int READ_AHEAD = 8;

    private final MessageManager mailbox;
    private final MailboxSession session;
    private final FolderQuery query;
    private final Folder.Shared shared;

    FolderReader(MessageManager mailbox, MailboxSession session, FolderQuery query, Folder.Shared shared) {
        this.mailbox = mailbox;
        this.session = session;
        this.query = query;
        this.shared = shared;
    }

    /**
     * Messages of the view.
     *
     * @param items the messages
     * @param details what the viewer fields need to know of them, by UID; empty when that has to be read
     */
    record Found(List<Item> items, Optional<Map<Long, Details>> details) {
    }

    /** The messages that belong into the view, from a UID on. */
    Mono<List<Item>> all(long uidMin) {
        return items(List.of(MessageRange.from(MessageUid.of(Math.max(uidMin, 1)))));
    }

    /** The messages of the mailbox, from a UID on, that this filter includes. */
    Mono<List<Item>> matching(MessageFilter filter, long uidMin) {
        FolderQuery found = new FolderQuery(query.sortField(), false, Optional.of(filter), Optional.empty(), List.of());
        return new FolderReader(mailbox, session, found, shared).all(uidMin);
    }

    /** Those of some messages that are there and belong into the view. */
    Mono<Found> some(Collection<Long> uids) {
        if (uids.size() <= READ_AT_ONCE && query.cost() != Cost.CONTENT) {
            return atOnce(uids, query.cost().compareTo(query.browseCost()) > 0 ? query.cost() : query.browseCost());
        }
        Mono<List<Item>> items = uids.size() <= READ_UNASKED ? itemsIn(ranges(uids)).collectList() : items(ranges(uids));
        return items.map(found -> new Found(found, Optional.empty()));
    }

    private Mono<Found> atOnce(Collection<Long> uids, Cost cost) {
        return shown(uids, cost).collectList().map(shown -> new Found(
            shown.stream().flatMap(message -> sorted(message.item, message.details).stream()).toList(),
            Optional.of(shown.stream().collect(Collectors.toMap(message -> message.item.uid(), Shown::details)))));
    }

    /** What the viewer fields need to know of some messages; nothing for those that are gone. */
    Mono<Map<Long, Details>> details(Collection<Long> uids) {
        return query.browseCost() == Cost.VIEW ? Mono.just(Map.of())
            : shown(uids, query.browseCost()).collectMap(message -> message.item.uid(), Shown::details);
    }

    /** A message that is there, before anybody asks where it belongs in the view. */
    private record Shown(Item item, Details details) {
    }

    /**
     * Those of a few messages that are there, read in one go, for a store may need as long for one of them as for all. Only flags are read
     * of such as were shown lately.
     */
    private Flux<Shown> shown(Collection<Long> uids, Cost cost) {
        Optional<Map<Long, Details>> known = cost == Cost.VIEW ? Optional.of(Map.of()) : shared.recent().of(mailbox.getId(), uids);
        return known.map(details -> flags(ranges(uids)).map(item -> new Shown(item, details.getOrDefault(item.uid(), NOTHING))))
            .orElseGet(() -> read(ranges(uids), cost).map(result -> new Shown(unsorted(result),
                cost == Cost.HEADER ? shared.recent().keep(mailbox.getId(), result) : details(result, cost))));
    }

    private Mono<List<Item>> items(List<MessageRange> asked) {
        Mono<List<MessageRange>> ranges = query.narrowing().filter(criterion -> shared.isIndexed() && !asked.isEmpty())
            .map(criterion -> search(criterion, asked)).orElseGet(() -> Mono.just(asked));
        return ranges.flatMapMany(this::itemsIn).collectList();
    }

    private Flux<Item> itemsIn(List<MessageRange> ranges) {
        Cost cost = query.cost();
        return cost == Cost.VIEW
            ? flags(ranges).handle((item, sink) -> sorted(item, NOTHING).ifPresent(sink::next))
            : read(ranges, cost)
                .handle((result, sink) -> sorted(unsorted(result), details(result, cost)).ifPresent(sink::next));
    }

    private Flux<Item> flags(List<MessageRange> ranges) {
        return Flux.fromIterable(ranges).concatMap(range -> mailbox.listMessagesMetadata(range, session))
            .map(message -> new Item(message.getComposedMessageId().getUid().asLong(), UNSORTED, MessageFlags.of(message.getFlags())));
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

    private static Item unsorted(MessageResult result) {
        return new Item(result.getUid().asLong(), UNSORTED, MessageFlags.of(result.getFlags()));
    }

    /** The message in its place; none when it does not belong into the view. */
    private Optional<Item> sorted(Item unsorted, Details details) {
        if (!query.includes(unsorted, details)) {
            return Optional.empty();
        }
        SortKey key = query.sortField().sortKey(unsorted, details);
        return Optional.of(key == unsorted.key() ? unsorted : new Item(unsorted.uid(), key, unsorted.flags()));
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
        Optional<ByteSource> content = cost == Cost.CONTENT ? Optional.of(StoredMessages.octets(result)) : Optional.empty();
        Optional<ByteSource> read = cost == Cost.HEADER ? Optional.of(StoredMessages.header(result)) : content;
        return new Details(result.getSize(), result.getInternalDate().toInstant(), read.map(FolderReader::header), content);
    }

    /** A header, of which this is the beginning or all. */
    static MailHeader header(ByteSource octets) {
        try (InputStream in = octets.openStream()) {
            return MailHeader.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
