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

package io.jamesext.lemonade.imap.sort;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageResult;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Longs;
import com.google.inject.Inject;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.search.MailboxSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sorts messages, and knows what they are sorted by: what was read once is kept, as far as there is room, for the mailboxes that were
 * sorted last. Of messages that have gone it is kept too.
 */
public final class MessageOrder {
    /** Of the heap, for all mailboxes. */
    private static final int HEAP_SHARE = 8;
    private static final long MAX_OCTETS = 256 << 20;
    /** A header is read so far. Longer ones are made to be a burden. */
    private static final int MAX_HEADER = 256 << 10;
    private static final int READ_AHEAD = 32;

    private final Cache<MailboxId, KnownRows> mailboxes;
    private final HashFunction messageIds;

    /** Keeps what an eighth of the heap has room for. */
    @Inject
    public MessageOrder() {
        this(Math.min(MAX_OCTETS, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
    }

    MessageOrder(long octets) {
        // In one segment: of several, each would have room for its share only.
        this.mailboxes = CacheBuilder.newBuilder().concurrencyLevel(1).maximumWeight(octets)
            .weigher((MailboxId id, KnownRows rows) -> rows.octets()).build();
        SecureRandom random = new SecureRandom();
        // Nobody can make two identifiers with the same number who does not know the key.
        this.messageIds = Hashing.sipHash24(random.nextLong(), random.nextLong());
    }

    /** The UIDs in that order. Messages that have gone meanwhile may be left out. */
    public Mono<long[]> sort(SortOrder order, Collection<Long> uids, MailboxSource mailbox) {
        long[] ascending = ascending(uids);
        return known(order.readsHeader(), ascending, mailbox).map(known -> known.sort(order, ascending));
    }

    /** What these messages are sorted by, by ascending UID; {@link SortOrder#comparator} compares them. Without those that have gone. */
    public Mono<List<MessageRow>> rows(SortOrder order, Collection<Long> uids, MailboxSource mailbox) {
        return rows(order.readsHeader(), ascending(uids), mailbox);
    }

    /** All that can be known of these messages, by ascending UID. Without those that have gone. */
    public Mono<List<MessageRow>> rows(Collection<Long> uids, MailboxSource mailbox) {
        return rows(true, ascending(uids), mailbox);
    }

    private Mono<List<MessageRow>> rows(boolean header, long[] ascending, MailboxSource mailbox) {
        return known(header, ascending, mailbox).map(known -> known.those(ascending));
    }

    private static long[] ascending(Collection<Long> uids) {
        return uids.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** Enough of those messages that are there, and what else is known of the mailbox. */
    private Mono<KnownRows> known(boolean header, long[] ascending, MailboxSource mailbox) {
        return Mono.defer(() -> {
            MailboxId id = mailbox.mailbox().getId();
            KnownRows known = Objects.requireNonNullElseGet(mailboxes.getIfPresent(id), KnownRows::none);
            long[] lacking = known.lacking(ascending, header);
            return lacking.length == 0 ? Mono.just(known)
                : read(header, lacking, mailbox)
                    .collectSortedList(Comparator.comparingLong(MessageRow::uid))
                    .map(read -> keep(id, known, read));
        }).publishOn(Blocking.SCHEDULER);
    }

    private KnownRows keep(MailboxId id, KnownRows before, List<MessageRow> read) {
        KnownRows now = before.with(read);
        // Another client may have read others of the same mailbox meanwhile.
        mailboxes.asMap().merge(id, now, (kept, mine) -> kept == before ? mine : kept.with(mine));
        return now;
    }

    /** Those messages that are there, and such as were read because they lie between others. */
    private Flux<MessageRow> read(boolean header, long[] uids, MailboxSource mailbox) {
        List<Long> wanted = Longs.asList(uids);
        return header
            ? mailbox.headers(wanted).publishOn(Blocking.SCHEDULER, READ_AHEAD)
                .concatMap(message -> Mono.fromCallable(() -> Blocking.survive(() -> row(message, mailbox))), 0)
            : mailbox.measures(wanted).map(message -> MessageRow.of(message, MessageValues.NONE));
    }

    private MessageRow row(MessageResult message, MailboxSource mailbox) throws MailboxException, IOException {
        Content content = mailbox.header(message);
        try (InputStream header = content.getInputStream()) {
            return MessageRow.of(message, MessageValues.of(header.readNBytes((int) Math.min(content.size(), MAX_HEADER)), this::number));
        }
    }

    private long number(String messageId) {
        long number = messageIds.hashUnencodedChars(messageId).asLong();
        return number == Links.NO_ID ? 1 : number;
    }
}
