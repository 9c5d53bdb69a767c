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

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.store.search.AbstractMessageSearchIndexTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** James's own contract of a message search index, on a real OpenSearch: every search goes there. */
@SuppressWarnings("NullAway.Init")
final class MessageSearchIndexContractTest extends AbstractMessageSearchIndexTest {
    private TestIndex index;

    @Override
    protected void initializeMailboxManager() throws Exception {
        index = TestIndex.create();
        messageIdFactory = new InMemoryMessageId.Factory();
        InMemoryIntegrationResources james = index.james();
        storeMailboxManager = james.getMailboxManager();
        messageIdManager = james.getMessageIdManager();
        messageSearchIndex = james.getSearchIndex();
        eventBus = james.getEventBus();
    }

    @AfterEach
    void dropIndex() throws Exception {
        index.close();
    }

    @Override
    protected void awaitMessageCount(List<MailboxId> mailboxIds, SearchQuery query, long messageCount) {
        await().atMost(Duration.ofSeconds(10)).until(() -> index.count(mailboxIds, query) == messageCount);
    }

    @Override
    protected MessageId initNewBasedMessageId() {
        return InMemoryMessageId.of(100);
    }

    @Override
    protected MessageId initOtherBasedMessageId() {
        return InMemoryMessageId.of(1000);
    }

    @Test
    @Disabled("MAILBOX-403, disabled upstream for its OpenSearch index too: the words of text are searched one by one, so that an address"
        + " also finds the other addresses of its domain")
    public void textShouldNotMatchOtherAddressesOfTheSameDomain() {
    }
}
