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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import javax.mail.Flags;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MailboxSessionUtil;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.inmemory.InMemoryId;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opensearch.client.opensearch.core.bulk.BulkOperation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Answers of any length, and writes that the next search sees. */
@SuppressWarnings("NullAway.Init")
class MailboxIndexTest {
    private static final int MANY = 12_000;
    private static final MailboxId MAILBOX = InMemoryId.of(1);

    private TestIndex index;

    @BeforeEach
    void setUp() throws Exception {
        index = TestIndex.create();
    }

    @AfterEach
    void tearDown() throws Exception {
        index.close();
    }

    @Test
    void answersShouldNotEndAtTenThousand() throws Exception {
        Flux.fromStream(LongStream.rangeClosed(1, MANY).boxed()).map(MailboxIndexTest::operation).buffer(2000)
            .concatMap(index.index()::write).blockLast(Duration.ofMinutes(1));
        SearchQuery search = SearchQuery.builder().andCriteria(SearchQuery.sizeGreaterThan(0))
            .sorts(new SearchQuery.Sort(SearchQuery.Sort.SortClause.Size)).build();
        List<Long> uids = index.index().search(List.of(MAILBOX), Criteria.query(List.of(MAILBOX), search), Sorts.of(search.getSorts()),
            List.of()).map(hit -> MessageDocuments.uid(hit.id()).asLong()).collectList().block();
        assertThat(uids).isEqualTo(LongStream.rangeClosed(1, MANY).boxed().toList());

        List<Long> few = index.index().search(List.of(MAILBOX), Queries.everything(), Sorts.of(List.of()), List.of())
            .map(hit -> MessageDocuments.uid(hit.id()).asLong()).take(3).collectList().block();
        assertThat(few).containsExactly(1L, 2L, 3L);
        index.index().deleteAll(MAILBOX).block();
        assertThat(index.count(List.of(), SearchQuery.matchAll())).isZero();
    }

    /** RFC 3501 section 2.3.1.1: UIDs have 32 bits without a sign. */
    /** Its documents say other things: dates of before were read otherwise. */
    @Test
    void indexOfAnEarlierSchemaShouldBeRefused() throws Exception {
        index.becomeOf("jamesext-3");
        assertThatThrownBy(() -> index.creation().create()).hasMessageContaining("reindex by WebAdmin");
    }

    @Test
    void uidsAboveTheSignedRangeShouldBeFoundAndSorted() throws Exception {
        List<Long> uids = List.of(1L, Integer.MAX_VALUE + 1L, 4_294_967_295L);
        index.index().write(uids.stream().map(MailboxIndexTest::operation).toList()).block();
        SearchQuery search = SearchQuery.of(SearchQuery.uid(new SearchQuery.UidRange(MessageUid.of(2), MessageUid.of(4_294_967_295L))));
        assertThat(index.index().search(List.of(MAILBOX), Criteria.query(List.of(MAILBOX), search), Sorts.of(List.of()), List.of())
            .map(hit -> MessageDocuments.uid(hit.id()).asLong()).collectList().block()).isEqualTo(uids.subList(1, 3));
        assertThat(index.index().modSeqs(MAILBOX, MessageRange.all()).block()).hasSize(3).containsEntry(MessageUid.of(4_294_967_295L), 10L);
    }

    @Test
    void searchShouldSeeWhatWasAppendedAndChangedBeforeIt() throws Exception {
        InMemoryIntegrationResources james = index.james();
        MailboxSession session = james.getMailboxManager().createSystemSession(Username.of("alice"));
        james.getMailboxManager().createMailbox(MailboxPath.inbox(session), session);
        MessageManager inbox = james.getMailboxManager().getMailbox(MailboxPath.inbox(session), session);
        List<MessageUid> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(inbox.appendMessage(MessageManager.AppendCommand.builder().build("Subject: x\r\n\r\nx\r\n"), session).getId().getUid());
            assertThat(Flux.from(inbox.search(SearchQuery.of(SearchQuery.subject("x")), session)).collectList().block()).isEqualTo(all);
        }
    }

    /** As on a node that has not got the event yet: RabbitMQ brings it later. */
    @Test
    void searchShouldSeeMessagesWhoseEventIsStillOnItsWay() throws Exception {
        InMemoryIntegrationResources james = index.james();
        MailboxSession session = james.getMailboxManager().createSystemSession(Username.of("alice"));
        james.getMailboxManager().createMailbox(MailboxPath.inbox(session), session);
        MessageManager inbox = james.getMailboxManager().getMailbox(MailboxPath.inbox(session), session);
        inbox.appendMessage(MessageManager.AppendCommand.builder().build("Subject: x\r\n\r\nx\r\n"), session);
        index.index().deleteAll(inbox.getId()).block();
        assertThat(Flux.from(inbox.search(SearchQuery.of(SearchQuery.subject("x")), session)).collectList().block()).hasSize(1);
    }

    /** Events can overtake each other: the marks with the highest MODSEQ stay. */
    @Test
    void olderMarksShouldNotReplaceNewerOnes() {
        OpenSearchMessageSearchIndex searchIndex = (OpenSearchMessageSearchIndex) index.james().getSearchIndex();
        index.index().write(List.of(operation(1))).block();
        for (UpdatedFlags update : List.of(marks(12, "newest"), marks(11, "older"), marks(9, "oldest"))) {
            searchIndex.update(MailboxSessionUtil.create(Username.of("alice")), MAILBOX, List.of(update)).block();
        }
        Mailbox mailbox = new Mailbox(MailboxPath.forUser(Username.of("alice"), "x"), UidValidity.of(1), MAILBOX);
        assertThat(searchIndex.retrieveIndexedFlags(mailbox, MessageUid.of(1)).block()).isEqualTo(new Flags("newest"));
        assertThat(searchIndex.retrieveIndexedFlags(mailbox, MessageUid.of(2)).blockOptional()).isEmpty();
    }

    /** A search waits for a refresh that began after it came, and many share one. */
    @Test
    void refreshesShouldBeShared() {
        AtomicInteger begun = new AtomicInteger();
        List<Sinks.Empty<Void>> ends = new ArrayList<>();
        Refreshes refreshes = new Refreshes(Mono.defer(() -> {
            begun.incrementAndGet();
            ends.add(Sinks.empty());
            return ends.get(ends.size() - 1).asMono();
        }));
        AtomicInteger ended = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            refreshes.refreshed().doOnTerminate(ended::incrementAndGet).onErrorComplete().subscribe();
        }
        assertThat(begun).hasValue(1);
        ends.get(0).tryEmitError(new IllegalStateException("down"));
        assertThat(ended).hasValue(1);
        assertThat(begun).hasValue(2);
        refreshes.refreshed().doOnTerminate(ended::incrementAndGet).subscribe();
        ends.get(1).tryEmitEmpty();
        assertThat(ended).hasValue(10);
        assertThat(begun).hasValue(3);
        ends.get(2).tryEmitEmpty();
        assertThat(ended).hasValue(11);
    }

    private static UpdatedFlags marks(long modSeq, String flag) {
        return UpdatedFlags.builder().uid(MessageUid.of(1)).modSeq(ModSeq.of(modSeq)).oldFlags(new Flags()).newFlags(new Flags(flag))
            .build();
    }

    private static BulkOperation operation(long uid) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("mailboxId", MAILBOX.serialize()).put("uid", uid)
            .put("size", uid / 3 + 1).put("modSeq", 10);
        return BulkOperation.of(operation -> operation.index(indexing -> indexing.id(MessageDocuments.id(document))
            .routing(MAILBOX.serialize()).document(document)));
    }
}
