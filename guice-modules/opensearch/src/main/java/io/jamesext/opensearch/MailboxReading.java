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

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads mailboxes for the index: what is in them now, and messages to make documents of, a few at a time. */
@Singleton
final class MailboxReading {
    private static final Username READER = Username.of("opensearch-index");
    /** Messages are read whole: so many can be in memory for one event. */
    private static final int READ_AT_ONCE = 4;
    private static final int PARSED_AT_ONCE = 2;
    private static final int UNLIMITED = -1;
    /** OpenSearch refuses requests above 100 MB, and both sides hold a request in memory. */
    private static final long MAX_BATCH_CHARS = 2 * 1024 * 1024;
    private static final int MAX_BATCH = 200;
    /** Scattered messages are asked for one by one up to this number, and with all between them above it. */
    private static final int MAX_RANGES = 200;
    private static final int RANGES_AT_ONCE = 16;

    private final MailboxSessionMapperFactory mappers;
    private final SessionProvider sessions;
    private final MessageDocuments documents;

    @Inject
    MailboxReading(MailboxSessionMapperFactory mappers, SessionProvider sessions, MessageDocuments documents) {
        this.mappers = mappers;
        this.sessions = sessions;
        this.documents = documents;
    }

    /** Does the work with a session of its own; empty where the mailbox is gone. */
    <T> Mono<T> withMailbox(MailboxId id, BiFunction<MailboxSession, Mailbox, Mono<T>> work) {
        return Mono.using(() -> sessions.createSystemSession(READER),
            session -> mailbox(session, id).flatMap(mailbox -> work.apply(session, mailbox)),
            mappers::endProcessingRequest);
    }

    private Mono<Mailbox> mailbox(MailboxSession session, MailboxId id) {
        return Mono.defer(() -> mappers.getMailboxMapper(session).findMailboxById(id))
            .onErrorResume(MailboxNotFoundException.class, e -> Mono.empty());
    }

    Mono<Optional<MessageUid>> lastUid(MailboxSession session, Mailbox mailbox) {
        return mappers.getMessageMapper(session).getLastUidReactive(mailbox);
    }

    /** In ascending order. */
    Flux<MessageUid> uids(MailboxSession session, Mailbox mailbox, MessageUid from) {
        return mappers.getMessageMapper(session).listMessagesMetadata(mailbox, MessageRange.from(from))
            .map(message -> message.getComposedMessageId().getUid());
    }

    /** Of the messages in the ranges those that are there now, as they are now. */
    Flux<ComposedMessageIdWithMetaData> present(MailboxSession session, MailboxId id, List<MessageRange> ranges) {
        List<MessageRange> asked = ranges.size() <= MAX_RANGES ? ranges
            : List.of(MessageRange.range(ranges.get(0).getUidFrom(), ranges.get(ranges.size() - 1).getUidTo()));
        return mailbox(session, id)
            .flatMapMany(mailbox -> Flux.fromIterable(asked)
                .flatMap(range -> mappers.getMessageMapper(session).listMessagesMetadata(mailbox, range), RANGES_AT_ONCE));
    }

    Flux<MailboxMessage> messages(MailboxSession session, Mailbox mailbox, List<MessageRange> ranges) {
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
