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
package io.jamesext.opensearch;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads messages for the index, a few at a time, and makes documents of them. */
@Singleton
final class MailboxReading {
    /** Messages are read whole: so many can be in memory for one event. */
    private static final int READ_AT_ONCE = 16;
    private static final int PARSED_AT_ONCE = 2;
    private static final int UNLIMITED = -1;
    /** OpenSearch refuses requests above 100 MB, and both sides hold a request in memory. */
    private static final long MAX_BATCH_CHARS = 2 * 1024 * 1024;
    private static final int MAX_BATCH = 200;
    /** A search waits for no more than so many messages to be indexed: a mailbox that never was is a matter of WebAdmin's reindexing. */
    private static final long MAX_UNSEEN = 500;
    private static final int REMEMBERED_MAILBOXES = 20_000;

    private final MailboxSessionMapperFactory mappers;
    private final SessionProvider sessions;
    private final MessageDocuments documents;
    private final Cache<MailboxId, Long> seen = CacheBuilder.newBuilder().maximumSize(REMEMBERED_MAILBOXES).build();

    /** Messages that the index has not seen; {@code remember} when it has. */
    record Unseen(Flux<MailboxMessage> messages, Runnable remembering) {
        void remember() {
            remembering.run();
        }
    }

    @Inject
    MailboxReading(MailboxSessionMapperFactory mappers, SessionProvider sessions, MessageDocuments documents) {
        this.mappers = mappers;
        this.sessions = sessions;
        this.documents = documents;
    }

    MailboxSessionMapperFactory mappers() {
        return mappers;
    }

    SessionProvider sessions() {
        return sessions;
    }

    /** What is there now of the messages that the event names; nothing where the mailbox itself is gone. */
    Flux<MailboxMessage> messages(Added added) {
        return Flux.using(() -> sessions.createSystemSession(added.getUsername()),
            session -> mappers.getMailboxMapper(session).findMailboxById(added.getMailboxId())
                .onErrorResume(MailboxNotFoundException.class, e -> Mono.empty())
                .flatMapMany(mailbox -> read(session, mailbox, MessageRange.toRanges(added.getUids()))),
            mappers::endProcessingRequest);
    }

    /** The messages of the event that are no longer there. */
    Mono<Collection<MessageUid>> gone(Added added) {
        return messageUids(added).collectList().map(present -> {
            Set<MessageUid> gone = new HashSet<>(added.getUids());
            present.forEach(gone::remove);
            return gone;
        });
    }

    private Flux<MessageUid> messageUids(Added added) {
        return Flux.using(() -> sessions.createSystemSession(added.getUsername()),
            session -> mappers.getMailboxMapper(session).findMailboxById(added.getMailboxId())
                .onErrorResume(MailboxNotFoundException.class, e -> Mono.empty())
                .flatMapMany(mailbox -> Flux.fromIterable(MessageRange.toRanges(added.getUids()))
                    .concatMap(range -> mappers.getMessageMapper(session).listMessagesMetadata(mailbox, range)))
                .map(message -> message.getComposedMessageId().getUid()),
            mappers::endProcessingRequest);
    }

    /** The messages above those that the index is known to have; empty where there are none. */
    Mono<Unseen> unseen(MailboxSession session, Mailbox mailbox, Mono<Long> lastIndexed) {
        MailboxId id = mailbox.getMailboxId();
        return mappers.getMessageMapper(session).getLastUidReactive(mailbox)
            .flatMap(Mono::justOrEmpty)
            .map(MessageUid::asLong)
            .filter(last -> last > seenUpTo(id))
            .flatMap(last -> lastIndexed.map(indexed -> new Unseen(
                read(session, mailbox, ranges(Math.max(indexed, last - MAX_UNSEEN) + 1, last)), () -> seen.put(id, last))));
    }

    private long seenUpTo(MailboxId mailbox) {
        Long known = seen.getIfPresent(mailbox);
        return known == null ? 0 : known;
    }

    private static List<MessageRange> ranges(long from, long to) {
        return from > to ? List.of() : List.of(MessageRange.range(MessageUid.of(from), MessageUid.of(to)));
    }

    private Flux<MailboxMessage> read(MailboxSession session, Mailbox mailbox, List<MessageRange> ranges) {
        return Flux.fromIterable(ranges)
            .concatMapIterable(range -> range.split(READ_AT_ONCE))
            .concatMap(range -> mappers.getMessageMapper(session).findInMailboxReactive(mailbox, range, FetchType.FULL, UNLIMITED), 1);
    }

    /** The documents of the messages, in batches that one request can carry. */
    Flux<List<ObjectNode>> documents(Flux<MailboxMessage> messages) {
        return Flux.defer(() -> messages
            .flatMapSequential(message -> Mono.fromCallable(() -> documents.of(message)).subscribeOn(Schedulers.boundedElastic()),
                PARSED_AT_ONCE, 1)
            .bufferUntil(new Full()));
    }

    /** Says when a batch has enough. */
    private static final class Full implements Predicate<ObjectNode> {
        private long chars;
        private int count;

        @Override
        public boolean test(ObjectNode document) {
            chars += chars(document);
            count++;
            boolean full = chars >= MAX_BATCH_CHARS || count >= MAX_BATCH;
            if (full) {
                chars = 0;
                count = 0;
            }
            return full;
        }

        private static long chars(JsonNode node) {
            long chars = node.isTextual() ? node.textValue().length() : 0;
            for (JsonNode part : node) {
                chars += chars(part);
            }
            return chars;
        }
    }
}
