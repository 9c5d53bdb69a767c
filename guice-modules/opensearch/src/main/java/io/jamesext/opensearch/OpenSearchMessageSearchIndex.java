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
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex;
import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.search.Hit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** James's {@code MessageSearchIndex} on OpenSearch, kept up to date by the events of the mailboxes. */
@Singleton
public final class OpenSearchMessageSearchIndex extends ListeningMessageSearchIndex {
    /** Names our events in James's dead letters; WebAdmin finds it by this class's name, so it must not be renamed. */
    public static final class OpenSearchMessageSearchIndexGroup extends Group {
    }

    static final Group GROUP = new OpenSearchMessageSearchIndexGroup();
    private static final Logger LOGGER = LoggerFactory.getLogger(OpenSearchMessageSearchIndex.class);
    /** A search waits for no more than so many messages to be indexed: a mailbox that never was is for WebAdmin to reindex. */
    private static final long NEWEST = 500;
    private static final int REMEMBERED_MAILBOXES = 20_000;
    /** Hits compared with the mailbox at a time. */
    private static final int COMPARED = 1000;

    private final MailboxIndex index;
    private final IndexUpdates updates;
    private final MailboxReading reading;
    private final MissedEvents missed;
    private final MessageId.Factory messageIds;
    private final Cache<MailboxId, Long> indexedUpTo = CacheBuilder.newBuilder().maximumSize(REMEMBERED_MAILBOXES).build();

    /** The stores that James's own class asks for. */
    record Stores(MailboxSessionMapperFactory mappers, SessionProvider sessions, MessageId.Factory messageIds) {
        @Inject
        Stores {
        }
    }

    @Inject
    OpenSearchMessageSearchIndex(Stores stores, Set<SearchOverride> overrides, MailboxReading reading, MailboxIndex index,
                                 IndexUpdates updates, MissedEvents missed) {
        super(stores.mappers(), overrides, stores.sessions());
        this.messageIds = stores.messageIds();
        this.reading = reading;
        this.index = index;
        this.updates = updates;
        this.missed = missed;
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

    /** What only the mailbox knows at any moment is taken from there: which of the hits are still there, and their flags. */
    @Override
    protected Flux<MessageUid> doSearch(MailboxSession session, Mailbox mailbox, SearchQuery search) throws MailboxException {
        requireSession(session);
        MailboxCriteria parts = MailboxCriteria.of(search);
        List<MailboxId> ids = List.of(mailbox.getMailboxId());
        Query query = Criteria.query(ids, parts.rest());
        Mono<Set<MessageUid>> all = matching(session, mailbox, parts, List.of(MessageRange.all())).cache();
        return indexNewest(session, mailbox)
            .thenMany(index.search(ids, query, Sorts.of(search.getSorts()), List.of()))
            .map(hit -> MessageDocuments.uid(hit.id()))
            .buffer(COMPARED)
            .index()
            .concatMap(hits -> (hits.getT1() > 0 ? all : matching(session, mailbox, parts, MessageRange.toRanges(
                new TreeSet<>(hits.getT2())))).flatMapIterable(matching -> hits.getT2().stream().filter(matching::contains).toList()), 1);
    }

    /** Where there are many hits the mailbox is read once for all of them. */
    private Mono<Set<MessageUid>> matching(MailboxSession session, Mailbox mailbox, MailboxCriteria parts, List<MessageRange> ranges) {
        return reading.present(session, mailbox.getMailboxId(), ranges)
            .filter(parts::match)
            .map(message -> message.getComposedMessageId().getUid())
            .collect(Collectors.toSet());
    }

    @Override
    public Flux<MessageId> search(MailboxSession session, Collection<MailboxId> ids, SearchQuery search, long limit)
            throws MailboxException {
        requireSession(session);
        if (ids.isEmpty()) {
            return Flux.empty();
        }
        return index.search(ids, Criteria.query(ids, search), Sorts.of(search.getSorts()), List.of("messageId"))
            .map(this::messageId)
            .distinct()
            .take(limit);
    }

    /**
     * A bus between nodes brings the event of a message some time after its APPEND was answered, and events may have been missed: the
     * newest messages are compared with the index before the search. How far is remembered, so that this costs one look at the mailbox.
     */
    private Mono<Void> indexNewest(MailboxSession session, Mailbox mailbox) {
        MailboxId id = mailbox.getMailboxId();
        return reading.lastUid(session, mailbox)
            .flatMap(Mono::justOrEmpty)
            .map(MessageUid::asLong)
            .filter(last -> last > known(id))
            .flatMap(last -> updates.agree(session, mailbox,
                    MessageRange.range(MessageUid.of(Math.max(known(id), last - NEWEST) + 1), MessageUid.of(last)))
                .onErrorResume(failure -> !(failure instanceof IndexUnavailableException), failure -> Mono.fromRunnable(
                    () -> LOGGER.error("Some of the newest messages in mailbox {} are not in the index", id.serialize(), failure)))
                .then(Mono.<Void>fromRunnable(() -> indexedUpTo.put(id, last))));
    }

    private long known(MailboxId mailbox) {
        Long last = indexedUpTo.getIfPresent(mailbox);
        return last == null ? 0 : last;
    }

    static void requireSession(MailboxSession session) {
        if (session == null) {
            throw new IllegalArgumentException("A search needs a session");
        }
    }

    private MessageId messageId(Hit<Void> hit) {
        JsonData values = Objects.requireNonNull(hit.fields().get("messageId"));
        return messageIds.fromString(values.toJson().asJsonArray().getString(0));
    }

    /** A change that cannot be indexed now is left to {@link CatchUp}: no delivery is held up or fails for it. */
    @Override
    public Mono<Void> reactiveEvent(Event event) {
        return event instanceof MailboxEvent change ? missed.indexOrKeep(event, change.getMailboxId(), index(change)) : Mono.empty();
    }

    private Mono<Void> index(MailboxEvent event) {
        MailboxId id = event.getMailboxId();
        return event instanceof Added added
            ? reading.withMailbox(id, (session, mailbox) -> updates.write(session, id,
                reading.messages(session, mailbox, MessageRange.toRanges(added.getUids()))))
            : super.reactiveEvent(event);
    }

    @Override
    public Mono<Void> add(MailboxSession session, Mailbox mailbox, MailboxMessage message) {
        return updates.write(session, mailbox.getMailboxId(), Flux.just(message));
    }

    @Override
    public Mono<Void> update(MailboxSession session, MailboxId mailbox, List<UpdatedFlags> changes) {
        return updates.mark(mailbox, changes);
    }

    @Override
    public Mono<Void> delete(MailboxSession session, MailboxId mailbox, Collection<MessageUid> uids) {
        return updates.delete(mailbox, uids);
    }

    @Override
    public Mono<Void> deleteAll(MailboxSession session, MailboxId mailbox) {
        return updates.deleteAll(mailbox);
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
