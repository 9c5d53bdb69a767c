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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import javax.mail.Flags;

import org.apache.james.events.Event;
import org.apache.james.events.Group;
import org.apache.james.mailbox.MailboxManager.MessageCapabilities;
import org.apache.james.mailbox.MailboxManager.SearchCapabilities;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex;
import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch._types.Script;
import org.opensearch.client.opensearch.core.bulk.BulkOperation;
import org.opensearch.client.opensearch.core.search.Hit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Streams;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** James's {@code MessageSearchIndex} on OpenSearch, kept up to date by the events of the mailboxes. */
@Singleton
public final class OpenSearchMessageSearchIndex extends ListeningMessageSearchIndex {
    /** Names our events in James's dead letters; WebAdmin finds it by this class's name, so it must not be renamed. */
    public static final class OpenSearchMessageSearchIndexGroup extends Group {
    }

    static final Group GROUP = new OpenSearchMessageSearchIndexGroup();
    /** Changes sent in one request. */
    private static final int BATCH = 500;
    /** Marks of one message can come in any order, from other nodes or out of dead letters: only newer ones count. */
    private static final String NEWER_MARKS = """
        if (params.modSeq >= ctx._source.modSeq) {
          ctx._source.modSeq = params.modSeq; ctx._source.flags = params.flags; ctx._source.userFlags = params.userFlags;
        } else {
          ctx.op = 'none';
        }
        """;

    private final MailboxIndex index;
    private final MessageDocuments documents;
    private final MessageId.Factory messageIds;

    @Inject
    public OpenSearchMessageSearchIndex(MailboxSessionMapperFactory mappers, Set<SearchOverride> overrides, SessionProvider sessions,
                                        MailboxIndex index, MessageDocuments documents, MessageId.Factory messageIds) {
        super(mappers, overrides, sessions);
        this.index = index;
        this.documents = documents;
        this.messageIds = messageIds;
    }

    @Override
    public Group getDefaultGroup() {
        return GROUP;
    }

    @Override
    public EnumSet<SearchCapabilities> getSupportedCapabilities(EnumSet<MessageCapabilities> messageCapabilities) {
        return EnumSet.of(SearchCapabilities.MultimailboxSearch, SearchCapabilities.Text, SearchCapabilities.FullText,
            SearchCapabilities.Attachment, SearchCapabilities.AttachmentFileName, SearchCapabilities.PartialEmailMatch);
    }

    @Override
    protected Flux<MessageUid> doSearch(MailboxSession session, Mailbox mailbox, SearchQuery search) throws MailboxException {
        requireSession(session);
        List<MailboxId> mailboxes = List.of(mailbox.getMailboxId());
        return index.search(mailboxes, Criteria.query(mailboxes, search), Sorts.of(search.getSorts()), List.of())
            .map(hit -> MessageDocuments.uid(hit.id()));
    }

    @Override
    public Flux<MessageId> search(MailboxSession session, Collection<MailboxId> mailboxes, SearchQuery search, long limit)
            throws MailboxException {
        requireSession(session);
        if (mailboxes.isEmpty()) {
            return Flux.empty();
        }
        return index.search(mailboxes, Criteria.query(mailboxes, search), Sorts.of(search.getSorts()), List.of("messageId"))
            .map(this::messageId)
            .distinct()
            .take(limit);
    }

    private static void requireSession(MailboxSession session) {
        if (session == null) {
            throw new IllegalArgumentException("A search needs a session");
        }
    }

    private MessageId messageId(Hit<Void> hit) {
        JsonData values = Objects.requireNonNull(hit.fields().get("messageId"));
        return messageIds.fromString(values.toJson().asJsonArray().getString(0));
    }

    @Override
    public Mono<Void> add(MailboxSession session, Mailbox mailbox, MailboxMessage message) {
        return Mono.fromCallable(() -> documents.of(message))
            .subscribeOn(Schedulers.boundedElastic())
            .flatMap(document -> index.write(List.of(indexing(document))));
    }

    private static BulkOperation indexing(ObjectNode document) {
        return BulkOperation.of(operation -> operation.index(indexing -> indexing.id(MessageDocuments.id(document))
            .routing(document.get("mailboxId").textValue()).document(document)));
    }

    @Override
    public Mono<Void> update(MailboxSession session, MailboxId mailbox, List<UpdatedFlags> updates) {
        return inBatches(updates.stream().map(update -> marking(mailbox, update)).toList());
    }

    private static BulkOperation marking(MailboxId mailbox, UpdatedFlags update) {
        ObjectNode marks = MessageDocuments.marks(update.getNewFlags(), update.getModSeq().asLong());
        return BulkOperation.of(operation -> operation.update(updating -> updating
            .id(MessageDocuments.id(mailbox, update.getUid())).routing(mailbox.serialize()).retryOnConflict(3)
            .script(Script.of(script -> script.inline(inline -> inline.lang("painless").source(NEWER_MARKS).params(parameters(marks)))))));
    }

    private static Map<String, JsonData> parameters(ObjectNode marks) {
        return Streams.stream(marks.fields()).collect(Collectors.toMap(Map.Entry::getKey, entry -> JsonData.of(entry.getValue())));
    }

    @Override
    public Mono<Void> delete(MailboxSession session, MailboxId mailbox, Collection<MessageUid> uids) {
        return inBatches(uids.stream().map(uid -> BulkOperation.of(operation -> operation.delete(delete -> delete
            .id(MessageDocuments.id(mailbox, uid)).routing(mailbox.serialize())))).toList());
    }

    private Mono<Void> inBatches(List<BulkOperation> operations) {
        return Flux.fromIterable(operations).buffer(BATCH).concatMap(index::write).then();
    }

    @Override
    public Mono<Void> deleteAll(MailboxSession session, MailboxId mailbox) {
        return index.deleteAll(mailbox);
    }

    @Override
    public Mono<Flags> retrieveIndexedFlags(Mailbox mailbox, MessageUid uid) {
        return index.get(mailbox.getMailboxId(), MessageDocuments.id(mailbox.getMailboxId(), uid))
            .map(source -> SystemFlags.flags(strings(source.withArray("flags")), strings(source.withArray("userFlags"))));
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::textValue).toList();
    }

    @Override
    public void event(Event event) {
        reactiveEvent(event).block();
    }
}
