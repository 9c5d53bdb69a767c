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

import io.jamesext.ximss.folder.FolderView.Item;
import io.jamesext.ximss.folder.ViewerField.Cost;
import io.jamesext.ximss.folder.ViewerField.Details;
import io.jamesext.ximss.mail.MailHeader;
import io.jamesext.ximss.mail.MessageFlags;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads from one mailbox what a folder needs, and no more: never a body, and headers only where a field or the order needs them. */
final class FolderReader {
    private static final SortKey UNSORTED = SortKey.of(0);
    private static final Details NOTHING = new Details(0, Instant.EPOCH, Optional.empty());

    private final MessageManager mailbox;
    private final MailboxSession session;
    private final FolderQuery query;

    FolderReader(MessageManager mailbox, MailboxSession session, FolderQuery query) {
        this.mailbox = mailbox;
        this.session = session;
        this.query = query;
    }

    /** The messages that belong into the view, from a UID on. */
    Mono<Map<Long, Item>> all(long uidMin) {
        return items(Flux.just(MessageRange.from(MessageUid.of(Math.max(uidMin, 1)))));
    }

    /** Those of some messages that are there and belong into the view. */
    Mono<Map<Long, Item>> some(Collection<Long> uids) {
        return items(ranges(uids));
    }

    /** What the viewer fields need to know of some messages; nothing for those that are gone. */
    Mono<Map<Long, Details>> details(Collection<Long> uids) {
        return query.browseCost() == Cost.VIEW ? Mono.just(Map.of())
            : ranges(uids).concatMap(range -> mailbox.getMessagesReactive(range, fetchGroup(query.browseCost()), session))
                .collectMap(result -> result.getUid().asLong(), result -> details(result, query.browseCost()));
    }

    private Mono<Map<Long, Item>> items(Flux<MessageRange> ranges) {
        Flux<Item> items = query.cost() == Cost.VIEW
            ? ranges.concatMap(range -> mailbox.listMessagesMetadata(range, session))
                .map(message -> new Item(message.getComposedMessageId().getUid().asLong(), UNSORTED, MessageFlags.of(message.getFlags())))
                .flatMapIterable(item -> sorted(item, NOTHING))
            : ranges.concatMap(range -> mailbox.getMessagesReactive(range, fetchGroup(query.cost()), session))
                .flatMapIterable(result -> sorted(new Item(result.getUid().asLong(), UNSORTED, MessageFlags.of(result.getFlags())),
                    details(result, query.cost())));
        return items.collectMap(Item::uid);
    }

    /** The message in its place; none when it does not belong into the view. */
    private List<Item> sorted(Item unsorted, Details details) {
        return query.includes(unsorted, details)
            ? List.of(new Item(unsorted.uid(), query.sortField().sortKey(unsorted, details), unsorted.flags())) : List.of();
    }

    private static Flux<MessageRange> ranges(Collection<Long> uids) {
        List<MessageUid> messageUids = uids.stream().map(MessageUid::of).toList();
        return Flux.fromIterable(MessageRange.toRanges(messageUids));
    }

    private static FetchGroup fetchGroup(Cost cost) {
        return cost == Cost.HEADER ? FetchGroup.HEADERS : FetchGroup.MINIMAL;
    }

    private static Details details(MessageResult result, Cost cost) {
        return new Details(result.getSize(), result.getInternalDate().toInstant(),
            cost == Cost.HEADER ? Optional.of(header(result)) : Optional.empty());
    }

    private static MailHeader header(MessageResult result) {
        try (InputStream header = result.getHeaders().getInputStream()) {
            return MailHeader.read(header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MailboxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
