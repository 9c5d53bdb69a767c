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
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import javax.mail.Flags;

import org.apache.james.core.Username;
import org.apache.james.core.healthcheck.ResultStatus;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.stores.FreePorts;
import io.jamesext.stores.OpenSearchServer;
import io.jamesext.stores.Project;
import io.jamesext.stores.Purpose;
import io.jamesext.stores.StoreProcess;
import io.jamesext.stores.StoreProcesses;
import reactor.core.publisher.Flux;

/** An OpenSearch of its own is stopped while mail arrives, and started again with James and without. */
@SuppressWarnings("NullAway.Init")
class CatchUpTest {
    /** In-process delivery without an index takes milliseconds; James's own retries on the bus would take half a minute. */
    private static final Duration NOT_HELD_UP = Duration.ofSeconds(3);

    @TempDir
    private Path folder;
    private final int port = FreePorts.take(1).get(0);
    private MailboxSession session;
    private MessageManager inbox;

    @Test
    @Timeout(240)
    void whatOpenSearchMissedShouldBeCaughtUpWith() throws Exception {
        StoreProcess server = openSearch();
        TestIndex index = TestIndex.create(URI.create("http://127.0.0.1:" + port));
        InMemoryIntegrationResources james = index.jamesAnsweringByItself();
        session = james.getMailboxManager().createSystemSession(Username.of("alice"));
        james.getMailboxManager().createMailbox(MailboxPath.inbox(session), session);
        inbox = james.getMailboxManager().getMailbox(MailboxPath.inbox(session), session);
        append("before one");
        append("before two");
        assertThat(search("before")).containsExactly(1L, 2L);

        server.close();
        mailShouldArriveAndBeReadWithout();
        assertThat(new OpenSearchHealthCheck(index.index(), index.missed()).check().block().getStatus())
            .isEqualTo(ResultStatus.UNHEALTHY);
        assertThat(index.missed().ids().count().block()).as("events kept for one mailbox").isEqualTo(1);

        try (StoreProcess again = openSearch()) {
            TestIndex restarted = index.restarted();
            restarted.creation().create();
            CatchUp catchUp = restarted.catchUp(james.getMailboxManager());
            catchUp.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> Boolean.FALSE.equals(restarted.missed().ids().hasElements().block()));
            catchUp.stop();
            assertThat(search("meanwhile")).containsExactly(3L, 5L);
            assertThat(search("before")).containsExactly(2L);
            assertThat(search(SearchQuery.flagIsSet(Flags.Flag.FLAGGED), SearchQuery.subject("e"))).containsExactly(2L, 3L);
            assertThat(new OpenSearchHealthCheck(restarted.index(), restarted.missed()).check().block().getStatus())
                .isEqualTo(ResultStatus.HEALTHY);
            restarted.index().close();
            index.close();
        }
    }

    /** Seen from the node that was there all the time; what it does not know it is about is for WebAdmin to reindex. */
    @Test
    @Timeout(60)
    void indexThatWasDeletedShouldBeMadeAgain() throws Exception {
        TestIndex index = TestIndex.create();
        InMemoryIntegrationResources james = index.jamesAnsweringByItself();
        session = james.getMailboxManager().createSystemSession(Username.of("alice"));
        james.getMailboxManager().createMailbox(MailboxPath.inbox(session), session);
        inbox = james.getMailboxManager().getMailbox(MailboxPath.inbox(session), session);
        append("x one");
        append("x two");
        index.drop();
        append("x three");
        inbox.delete(List.of(MessageUid.of(1)), session);
        assertThat(index.missed().ids().count().block()).isEqualTo(1);
        CatchUp catchUp = index.catchUp(james.getMailboxManager());
        catchUp.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> Boolean.FALSE.equals(index.missed().ids().hasElements().block()));
        catchUp.stop();
        assertThat(index.count(List.of(inbox.getId()), SearchQuery.matchAll())).isEqualTo(2);
        assertThat(search("x")).containsExactly(2L, 3L);
        append("x four");
        assertThat(index.missed().ids().count().block()).isZero();
        assertThat(search("x")).containsExactly(2L, 3L, 4L);
        index.close();
    }

    private void mailShouldArriveAndBeReadWithout() throws Exception {
        long begin = System.nanoTime();
        append("meanwhile one");
        append("meanwhile gone");
        append("meanwhile two");
        inbox.setFlags(new Flags(Flags.Flag.FLAGGED), MessageManager.FlagsUpdateMode.ADD, MessageRange.range(MessageUid.of(2),
            MessageUid.of(3)), session);
        inbox.delete(List.of(MessageUid.of(1), MessageUid.of(4)), session);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(NOT_HELD_UP);
        assertThat(search(SearchQuery.all())).containsExactly(2L, 3L, 5L);
        assertThat(search(SearchQuery.flagIsSet(Flags.Flag.FLAGGED))).containsExactly(2L, 3L);
        assertThatThrownBy(() -> search("meanwhile")).hasCauseInstanceOf(IndexUnavailableException.class);
    }

    private StoreProcess openSearch() {
        StoreProcess server = OpenSearchServer.start(Project.find(), folder, port, Purpose.TESTING);
        StoreProcesses.await(List.of(server), line -> { });
        return server;
    }

    private void append(String subject) throws Exception {
        inbox.appendMessage(MessageManager.AppendCommand.builder().build("Subject: " + subject + "\r\n\r\nx\r\n"), session);
    }

    private List<Long> search(String subject) throws Exception {
        return search(SearchQuery.subject(subject));
    }

    private List<Long> search(SearchQuery.Criterion... criteria) throws Exception {
        return Flux.from(inbox.search(SearchQuery.of(criteria), session)).map(MessageUid::asLong).collectList().block();
    }
}
