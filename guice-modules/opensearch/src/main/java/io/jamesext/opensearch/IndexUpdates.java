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

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch._types.Script;
import org.opensearch.client.opensearch.core.bulk.BulkOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Sets;
import com.google.common.collect.Streams;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes the index agree with the mailboxes. Events come in any order, twice, late, and on several nodes at once. So what was written is
 * compared with the mailbox after the writing: a change before that is seen by us, a change after that finds the document.
 */
@Singleton
final class IndexUpdates {
    private static final Logger LOGGER = LoggerFactory.getLogger(IndexUpdates.class);
    /** Small changes sent in one request. */
    private static final int BATCH = 500;
    /** Messages of a mailbox compared at a time. */
    static final int STEP = 5000;
    /** Marks of one message can come in any order: only newer ones count. */
    private static final String NEWER_MARKS = """
        if (params.modSeq > ctx._source.modSeq) {
          ctx._source.modSeq = params.modSeq; ctx._source.flags = params.flags; ctx._source.userFlags = params.userFlags;
        } else {
          ctx.op = 'none';
        }
        """;

    private final MailboxReading reading;
    private final MailboxIndex index;

    @Inject
    IndexUpdates(MailboxReading reading, MailboxIndex index) {
        this.reading = reading;
        this.index = index;
    }

    /** What OpenSearch refuses of it does not keep the rest out, but fails in the end. */
    Mono<Void> write(MailboxSession session, MailboxId mailbox, Flux<MailboxMessage> messages) {
        return reading.documents(messages)
            .concatMap(batch -> write(session, mailbox, batch), 1)
            .reduce(true, Boolean::logicalAnd)
            .flatMap(accepted -> accepted ? Mono.empty() : Mono.error(new MailboxException("The search index refused messages")));
    }

    private Mono<Boolean> write(MailboxSession session, MailboxId mailbox, List<ObjectNode> batch) {
        Map<MessageUid, Long> written = new HashMap<>();
        batch.forEach(document -> written.put(MessageUid.of(document.get("uid").longValue()), document.get("modSeq").longValue()));
        return index.write(batch.stream().map(IndexUpdates::indexing).toList())
            .thenReturn(true)
            .onErrorResume(failure -> !(failure instanceof IndexUnavailableException), failure -> {
                LOGGER.error("Messages among {} of mailbox {} were refused", written.keySet(), mailbox.serialize(), failure);
                return Mono.just(false);
            })
            .flatMap(accepted -> present(session, mailbox, ranges(written.keySet()))
                .flatMap(present -> inBatches(corrections(mailbox, written, present)))
                .thenReturn(accepted));
    }

    Mono<Void> mark(MailboxId mailbox, List<UpdatedFlags> updates) {
        return inBatches(updates.stream().map(update -> marking(mailbox, update.getUid(), update.getNewFlags(), update.getModSeq()))
            .toList());
    }

    Mono<Void> delete(MailboxId mailbox, Collection<MessageUid> uids) {
        return inBatches(uids.stream().map(uid -> deleting(mailbox, uid)).toList());
    }

    Mono<Void> deleteAll(MailboxId mailbox) {
        return index.deleteAll(mailbox);
    }

    /** After this nothing of the mailbox is missing, outdated or left over in the index. Reads only the messages that are missing. */
    Mono<Void> agree(MailboxId id) {
        return reading.withMailbox(id, (session, mailbox) -> step(session, mailbox, MessageUid.MIN_VALUE)
            .expand(last -> last.equals(MessageUid.MAX_VALUE) ? Mono.empty() : step(session, mailbox, last.next())).then(Mono.just(id)))
            .switchIfEmpty(Mono.defer(() -> deleteAll(id).then(Mono.empty())))
            .then();
    }

    private Mono<MessageUid> step(MailboxSession session, Mailbox mailbox, MessageUid from) {
        return reading.uids(session, mailbox, from).take(STEP).collectList()
            .map(uids -> uids.size() < STEP ? MessageUid.MAX_VALUE : uids.get(STEP - 1))
            .flatMap(last -> agree(session, mailbox, MessageRange.range(from, last)).thenReturn(last));
    }

    /** The index is read before the mailbox: of a message that is only in the index it is sure that it is gone. */
    Mono<Void> agree(MailboxSession session, Mailbox mailbox, MessageRange range) {
        MailboxId id = mailbox.getMailboxId();
        return index.modSeqs(id, range).flatMap(indexed -> present(session, id, List.of(range))
            .flatMap(present -> inBatches(corrections(id, indexed, present))
                .then(write(session, id, reading.messages(session, mailbox,
                    ranges(Sets.difference(present.keySet(), indexed.keySet())))))));
    }

    private Mono<Map<MessageUid, ComposedMessageIdWithMetaData>> present(MailboxSession session, MailboxId mailbox,
                                                                         List<MessageRange> ranges) {
        return reading.present(session, mailbox, ranges).collectMap(message -> message.getComposedMessageId().getUid());
    }

    private static List<MessageRange> ranges(Set<MessageUid> uids) {
        return MessageRange.toRanges(new TreeSet<>(uids));
    }

    private static List<BulkOperation> corrections(MailboxId mailbox, Map<MessageUid, Long> indexed,
                                                   Map<MessageUid, ComposedMessageIdWithMetaData> present) {
        List<BulkOperation> corrections = new ArrayList<>();
        indexed.forEach((uid, modSeq) -> {
            ComposedMessageIdWithMetaData now = present.get(uid);
            if (now == null) {
                corrections.add(deleting(mailbox, uid));
            } else if (now.getModSeq().asLong() != modSeq) {
                corrections.add(marking(mailbox, uid, now.getFlags(), now.getModSeq()));
            }
        });
        return corrections;
    }

    private Mono<Void> inBatches(List<BulkOperation> operations) {
        return Flux.fromIterable(operations).buffer(BATCH).concatMap(index::write).then();
    }

    private static BulkOperation indexing(ObjectNode document) {
        return BulkOperation.of(operation -> operation.index(indexing -> indexing
            .id(MessageDocuments.id(document)).routing(document.get("mailboxId").textValue()).document(document)));
    }

    private static BulkOperation marking(MailboxId mailbox, MessageUid uid, Flags flags, ModSeq modSeq) {
        Map<String, JsonData> marks = Streams.stream(MessageDocuments.marks(flags, modSeq.asLong()).fields())
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> JsonData.of(entry.getValue())));
        return BulkOperation.of(operation -> operation.update(updating -> updating
            .id(MessageDocuments.id(mailbox, uid)).routing(mailbox.serialize()).retryOnConflict(3)
            .script(Script.of(script -> script.inline(inline -> inline.lang("painless").source(NEWER_MARKS).params(marks))))));
    }

    private static BulkOperation deleting(MailboxId mailbox, MessageUid uid) {
        return BulkOperation.of(operation -> operation.delete(delete -> delete
            .id(MessageDocuments.id(mailbox, uid)).routing(mailbox.serialize())));
    }
}
