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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.indexer.ReIndexer;
import org.apache.james.mailbox.indexer.ReIndexer.RunningOptions;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex;
import org.apache.james.task.Task;
import org.apache.james.util.ClassLoaderUtils;
import org.apache.mailbox.tools.indexer.ReIndexerImpl;
import org.apache.mailbox.tools.indexer.ReIndexerPerformer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;

/** What WebAdmin's {@code POST /mailboxes?task=reIndex} runs, on an index that is gone and on one that is wrong. */
@SuppressWarnings("NullAway.Init")
class ReIndexTest {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReIndexTest.class);
    private static final int MESSAGES = 500;

    private TestIndex index;
    private InMemoryMailboxManager mailboxes;
    private ReIndexer reIndexer;
    private MailboxSession session;
    private MessageManager inbox;

    @BeforeEach
    void setUp() throws Exception {
        index = TestIndex.create();
        InMemoryIntegrationResources james = index.james();
        mailboxes = james.getMailboxManager();
        reIndexer = new ReIndexerImpl(new ReIndexerPerformer(mailboxes, (ListeningMessageSearchIndex) james.getSearchIndex(),
            mailboxes.getMapperFactory()), mailboxes, mailboxes.getMapperFactory());
        session = mailboxes.createSystemSession(Username.of("alice"));
        mailboxes.createMailbox(MailboxPath.inbox(session), session);
        inbox = mailboxes.getMailbox(MailboxPath.inbox(session), session);
    }

    @AfterEach
    void tearDown() throws Exception {
        index.close();
    }

    @Test
    void indexThatWasDeletedShouldBeWholeAgain() throws Exception {
        for (int i = 1; i < MESSAGES; i++) {
            append(("From: sender" + i % 17 + "@example.org\r\nSubject: message " + i + "\r\n\r\n" + "some words ".repeat(200) + i)
                .getBytes(StandardCharsets.US_ASCII));
        }
        append(("Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=fruit.pdf\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n"
            + Base64.getMimeEncoder().encodeToString(ClassLoaderUtils.getSystemResourceAsByteArray("eml/attachment.pdf")))
            .getBytes(StandardCharsets.US_ASCII));
        inbox.setFlags(new Flags(Flags.Flag.FLAGGED), MessageManager.FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(3)), session);
        List<Long> words = search(SearchQuery.bodyContains("words"));
        List<Long> attachment = search(SearchQuery.mailContains("beautiful banana"));
        assertThat(words).hasSize(MESSAGES - 1);
        assertThat(attachment).containsExactly((long) MESSAGES);

        index.drop();
        index.creation().create();
        assertThat(index.count(List.of(inbox.getId()), SearchQuery.matchAll())).isZero();
        long begin = System.nanoTime();
        reIndex(RunningOptions.Mode.REBUILD_ALL);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        LOGGER.error("Reindexed {} messages in {}: {} a second", MESSAGES, took, MESSAGES * 1000L / took.toMillis());

        assertThat(index.count(List.of(inbox.getId()), SearchQuery.matchAll())).isEqualTo(MESSAGES);
        assertThat(search(SearchQuery.bodyContains("words"))).isEqualTo(words);
        assertThat(search(SearchQuery.mailContains("beautiful banana"))).isEqualTo(attachment);
        assertThat(index.count(List.of(inbox.getId()), SearchQuery.of(SearchQuery.flagIsSet(Flags.Flag.FLAGGED)))).isEqualTo(1);
    }

    @Test
    void onlyWhatIsOutdatedShouldBeFixed() throws Exception {
        append("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
        append("Subject: y\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
        index.updates(mailboxes).delete(inbox.getId(), List.of(MessageUid.of(2))).block();
        assertThat(index.count(List.of(inbox.getId()), SearchQuery.matchAll())).isEqualTo(1);
        reIndex(RunningOptions.Mode.FIX_OUTDATED);
        assertThat(index.count(List.of(inbox.getId()), SearchQuery.matchAll())).isEqualTo(2);
    }

    private void reIndex(RunningOptions.Mode mode) throws Exception {
        Task task = reIndexer.reIndex(RunningOptions.builder().mode(mode).messagesPerSeconds(Optional.of(10_000)).build());
        assertThat(task.run()).isEqualTo(Task.Result.COMPLETED);
    }

    private void append(byte[] message) throws Exception {
        inbox.appendMessage(MessageManager.AppendCommand.builder().build(message), session);
    }

    private List<Long> search(SearchQuery.Criterion... criteria) throws Exception {
        return Flux.from(inbox.search(SearchQuery.of(criteria), session)).map(MessageUid::asLong).collectList().block();
    }
}
