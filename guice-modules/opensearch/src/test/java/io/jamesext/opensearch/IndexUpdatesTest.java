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

import java.util.List;
import java.util.Set;

import javax.mail.Flags;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opensearch.client.opensearch.core.bulk.BulkOperation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import reactor.core.publisher.Flux;

/** Events that come late, twice or in another order: as two nodes and a bus between them make them. */
@SuppressWarnings("NullAway.Init")
class IndexUpdatesTest {
    private TestIndex index;
    private InMemoryMailboxManager mailboxes;
    private IndexUpdates updates;
    private MailboxSession session;
    private MessageManager inbox;
    private Mailbox mailbox;

    @BeforeEach
    void setUp() throws Exception {
        index = TestIndex.create();
        InMemoryIntegrationResources james = index.james();
        mailboxes = james.getMailboxManager();
        updates = index.updates(mailboxes);
        session = mailboxes.createSystemSession(Username.of("alice"));
        mailboxes.createMailbox(MailboxPath.inbox(session), session);
        inbox = mailboxes.getMailbox(MailboxPath.inbox(session), session);
        mailbox = inbox.getMailboxEntity();
    }

    @AfterEach
    void tearDown() throws Exception {
        index.close();
    }

    /** The message was read for indexing, then its flags changed while it had no document, then the document is written. */
    @Test
    void flagsThatChangedBeforeTheMessageWasWrittenShouldCount() throws Exception {
        append("x");
        MailboxMessage read = read(1);
        index.index().deleteAll(id()).block();
        inbox.setFlags(new Flags(Flags.Flag.SEEN), MessageManager.FlagsUpdateMode.REPLACE, MessageRange.all(), session);
        updates.write(session, id(), Flux.just(read)).block();
        assertThat(index.count(List.of(id()), SearchQuery.of(SearchQuery.flagIsSet(Flags.Flag.SEEN)))).isEqualTo(1);
    }

    @Test
    void messageThatWasExpungedBeforeItWasWrittenShouldNotStay() throws Exception {
        append("x");
        MailboxMessage read = read(1);
        inbox.delete(List.of(MessageUid.of(1)), session);
        updates.write(session, id(), Flux.just(read)).block();
        assertThat(index.count(List.of(id()), SearchQuery.matchAll())).isZero();
    }

    @Test
    void messageOfMailboxThatWasDeletedBeforeItWasWrittenShouldNotStay() throws Exception {
        append("x");
        MailboxMessage read = read(1);
        mailboxes.deleteMailbox(MailboxPath.inbox(session), session);
        updates.write(session, id(), Flux.just(read)).block();
        assertThat(index.count(List.of(id()), SearchQuery.matchAll())).isZero();
    }

    /** The event of the first message is still on its way when that of the second has come. */
    @Test
    void searchShouldSeeMessagesOfEventsThatWereOvertaken() throws Exception {
        append("x one");
        append("x two");
        updates.delete(id(), List.of(MessageUid.of(1))).block();
        assertThat(search(onOtherNode(), SearchQuery.subject("x"))).containsExactly(1L, 2L);
    }

    @Test
    void searchShouldNotSeeExpungedMessagesWhoseEventIsStillOnItsWay() throws Exception {
        append("x one");
        append("x two");
        ListeningMessageSearchIndex node = onOtherNode();
        assertThat(search(node, SearchQuery.subject("x"))).containsExactly(1L, 2L);
        MailboxMessage read = read(1);
        inbox.delete(List.of(MessageUid.of(1)), session);
        putBack(read);
        assertThat(search(node, SearchQuery.subject("x"))).containsExactly(2L);
    }

    @Test
    void searchShouldSeeFlagsWhoseEventIsStillOnItsWay() throws Exception {
        append("x one");
        append("x two");
        ListeningMessageSearchIndex node = onOtherNode();
        assertThat(search(node, SearchQuery.subject("x"), SearchQuery.flagIsUnSet(Flags.Flag.SEEN))).containsExactly(1L, 2L);
        MailboxMessage read = read(1);
        inbox.setFlags(new Flags(Flags.Flag.SEEN), MessageManager.FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(1)), session);
        putBack(read);
        assertThat(search(node, SearchQuery.subject("x"), SearchQuery.flagIsUnSet(Flags.Flag.SEEN))).containsExactly(2L);
        assertThat(search(node, SearchQuery.subject("x"), SearchQuery.flagIsSet(Flags.Flag.SEEN))).containsExactly(1L);
        assertThat(search(node, SearchQuery.and(SearchQuery.subject("x"),
            SearchQuery.or(SearchQuery.flagIsSet(Flags.Flag.SEEN), SearchQuery.flagIsSet("none"))))).containsExactly(1L);
    }

    /** More than are compared in one step, with everything that can be wrong with an index. */
    @Test
    void mailboxShouldAgreeWithItsIndex() throws Exception {
        for (int i = 1; i <= 40; i++) {
            append("x" + i);
        }
        MailboxMessage seen = read(7);
        MailboxMessage expunged = read(9);
        inbox.setFlags(new Flags(Flags.Flag.SEEN), MessageManager.FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(7)), session);
        inbox.delete(List.of(MessageUid.of(9)), session);
        updates.delete(id(), List.of(MessageUid.of(3), MessageUid.of(40))).block();
        putBack(seen);
        putBack(expunged);
        putBack(leftOver(4_000_000_000L));
        updates.agree(id()).block();
        updates.agree(id()).block();
        assertThat(index.count(List.of(id()), SearchQuery.matchAll())).isEqualTo(39);
        assertThat(index.index().search(List.of(id()), Criteria.query(List.of(id()),
            SearchQuery.of(SearchQuery.flagIsSet(Flags.Flag.SEEN))), Sorts.of(List.of()), List.of())
            .map(hit -> MessageDocuments.uid(hit.id()).asLong()).collectList().block()).containsExactly(7L);
    }

    @Test
    void mailboxThatIsGoneShouldLeaveNothingInTheIndex() throws Exception {
        append("x");
        MailboxMessage read = read(1);
        mailboxes.deleteMailbox(MailboxPath.inbox(session), session);
        putBack(read);
        updates.agree(id()).block();
        assertThat(index.count(List.of(id()), SearchQuery.matchAll())).isZero();
    }

    /** Nothing is lost silently in an index that is not there any more. */
    @Test
    void writingToAnIndexThatWasDeletedShouldFailAsUnavailable() throws Exception {
        append("x");
        MailboxMessage read = read(1);
        index.drop();
        assertThatThrownBy(() -> updates.write(session, id(), Flux.just(read)).block()).hasCauseInstanceOf(IndexUnavailableException.class);
        assertThatThrownBy(() -> updates.delete(id(), List.of(MessageUid.of(1))).block())
            .hasCauseInstanceOf(IndexUnavailableException.class);
        assertThatThrownBy(() -> updates.deleteAll(id()).block()).hasCauseInstanceOf(IndexUnavailableException.class);
        assertThatThrownBy(() -> search(onOtherNode(), SearchQuery.subject("x"))).hasCauseInstanceOf(IndexUnavailableException.class);
        index.creation().create();
    }

    private ListeningMessageSearchIndex onOtherNode() {
        return index.searchIndex(mailboxes.getMapperFactory(), mailboxes.getSessionProvider(), Set.of());
    }

    private MailboxId id() {
        return mailbox.getMailboxId();
    }

    private void append(String subject) throws Exception {
        inbox.appendMessage(MessageManager.AppendCommand.builder().build("Subject: " + subject + "\r\n\r\nx\r\n"), session);
    }

    private MailboxMessage read(long uid) throws Exception {
        return mailboxes.getMapperFactory().getMessageMapper(session)
            .findInMailbox(mailbox, MessageRange.one(MessageUid.of(uid)), FetchType.FULL, 1).next();
    }

    private void putBack(MailboxMessage message) throws Exception {
        putBack(index.documents().of(message));
    }

    private void putBack(ObjectNode document) {
        index.index().write(List.of(BulkOperation.of(operation -> operation.index(indexing -> indexing
            .id(MessageDocuments.id(document)).routing(id().serialize()).document(document))))).block();
    }

    private ObjectNode leftOver(long uid) {
        return JsonNodeFactory.instance.objectNode().put("mailboxId", id().serialize()).put("uid", uid).put("modSeq", 1);
    }

    private List<Long> search(ListeningMessageSearchIndex node, SearchQuery.Criterion... criteria) throws Exception {
        return node.search(session, mailbox, SearchQuery.of(criteria)).map(MessageUid::asLong).collectList().block();
    }
}
