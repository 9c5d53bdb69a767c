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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageResult;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.inject.Inject;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.search.MailboxSource;
import reactor.core.publisher.Mono;

/**
 * Sorts messages, and knows what they are sorted by. A message and its copy in a mailbox never change, so what was read once is kept, as
 * far as there is room: of a message what its header says, by James's identifier, of a copy its date and size.
 */
public final class MessageOrder {
    /** Of the heap, for the values and the copies of all mailboxes. */
    private static final int HEAP_SHARE = 8;
    private static final long MAX_OCTETS = 256 << 20;
    /** A header is read so far. Longer ones are made to be a burden. */
    private static final int MAX_HEADER = 256 << 10;
    private static final int COPY_OCTETS = 200;
    private static final int ENTRY_OCTETS = 130;
    private static final int READ_AHEAD = 32;

    private final Cache<Place, MessageCopy> copies;
    private final Cache<MessageId, MessageValues> values;
    private final HashFunction messageIds;

    /** Where a copy is: a UID means one message for ever. */
    private record Place(MailboxId mailbox, long uid) {
    }

    /** Keeps what an eighth of the heap has room for. */
    @Inject
    public MessageOrder() {
        this(Math.min(MAX_OCTETS, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
    }

    MessageOrder(long octets) {
        this.copies = CacheBuilder.newBuilder().maximumSize(octets / 4 / COPY_OCTETS).build();
        this.values = CacheBuilder.newBuilder().maximumWeight(octets / 4 * 3)
            .weigher((MessageId id, MessageValues kept) -> ENTRY_OCTETS + kept.octets()).build();
        SecureRandom random = new SecureRandom();
        // Nobody can make two identifiers with the same number who does not know the key.
        this.messageIds = Hashing.sipHash24(random.nextLong(), random.nextLong());
    }

    /** The UIDs in that order. Messages that have gone meanwhile are not among them. */
    public Mono<List<Long>> sort(SortOrder order, Collection<Long> uids, MailboxSource mailbox) {
        return rows(order, uids, mailbox)
            .map(rows -> rows.stream().sorted(order.comparator()).map(MessageRow::uid).toList());
    }

    /** What these messages are sorted by, by ascending UID; {@link SortOrder#comparator} compares them. Without those that have gone. */
    public Mono<List<MessageRow>> rows(SortOrder order, Collection<Long> uids, MailboxSource mailbox) {
        return order.readsHeader() ? rows(uids, mailbox)
            : copies(uids, mailbox).map(found -> found.stream().map(copy -> new MessageRow(copy, MessageValues.NONE)).toList());
    }

    /** All that can be known of these messages, by ascending UID. Without those that have gone. */
    public Mono<List<MessageRow>> rows(Collection<Long> uids, MailboxSource mailbox) {
        return copies(uids, mailbox).flatMap(found -> values(found, mailbox).map(values -> found.stream()
            .filter(copy -> values.containsKey(copy.id()))
            .map(copy -> new MessageRow(copy, values.getOrDefault(copy.id(), MessageValues.NONE)))
            .toList()));
    }

    private Mono<List<MessageCopy>> copies(Collection<Long> uids, MailboxSource mailbox) {
        return Mono.defer(() -> {
            MailboxId id = mailbox.mailbox().getId();
            List<MessageCopy> found = new ArrayList<>(uids.size());
            Set<Long> unknown = new HashSet<>();
            for (long uid : uids) {
                MessageCopy copy = copies.getIfPresent(new Place(id, uid));
                if (copy == null) {
                    unknown.add(uid);
                } else {
                    found.add(copy);
                }
            }
            return mailbox.measures(unknown)
                .map(MessageCopy::of)
                .doOnNext(copy -> copies.put(new Place(id, copy.uid()), copy))
                .filter(copy -> unknown.contains(copy.uid()))
                .collect(() -> found, List::add);
        }).publishOn(Blocking.SCHEDULER).map(found -> found.stream().sorted(Comparator.comparingLong(MessageCopy::uid)).toList());
    }

    private Mono<Map<MessageId, MessageValues>> values(List<MessageCopy> wanted, MailboxSource mailbox) {
        Map<MessageId, MessageValues> found = new HashMap<>();
        Set<Long> unknown = new HashSet<>();
        for (MessageCopy copy : wanted) {
            MessageValues kept = values.getIfPresent(copy.id());
            if (kept == null) {
                unknown.add(copy.uid());
            } else {
                found.put(copy.id(), kept);
            }
        }
        return mailbox.headers(unknown)
            .publishOn(Blocking.SCHEDULER, READ_AHEAD)
            .concatMap(message -> Mono.fromCallable(() -> Blocking.survive(() -> read(message, unknown::contains, found))), 0)
            .then(Mono.fromSupplier(() -> found));
    }

    /** Keeps what the header says, also that of a message which was read because it lies between others. */
    private long read(MessageResult message, Predicate<Long> wanted, Map<MessageId, MessageValues> found)
            throws MailboxException, IOException {
        MessageValues read;
        try (InputStream header = message.getHeaders().getInputStream()) {
            read = MessageValues.of(header.readNBytes(MAX_HEADER), this::number);
        }
        values.put(message.getMessageId(), read);
        long uid = message.getUid().asLong();
        if (wanted.test(uid)) {
            found.put(message.getMessageId(), read);
        }
        return uid;
    }

    private long number(String messageId) {
        long number = messageIds.hashUnencodedChars(messageId).asLong();
        return number == Links.NO_ID ? 1 : number;
    }
}
