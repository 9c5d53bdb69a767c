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

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.apache.commons.configuration2.BaseConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.SearchQuery;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.transport.OpenSearchTransport;

/** An index of its own on the build's OpenSearch, and a James in memory that searches in it. */
final class TestIndex implements AutoCloseable {
    private final OpenSearchSettings settings;
    private final OpenSearchTransport transport;
    private final MailboxIndex index;

    private TestIndex(OpenSearchSettings settings) {
        this.settings = settings;
        this.transport = OpenSearchTransports.open(settings);
        this.index = new MailboxIndex(transport, settings);
    }

    static TestIndex create() throws ConfigurationException {
        return create(URI.create(System.getProperty("jamesext.test.opensearch")));
    }

    static TestIndex create(URI server) throws ConfigurationException {
        BaseConfiguration configuration = new BaseConfiguration();
        configuration.setProperty("opensearch.masterHost", server.getHost());
        configuration.setProperty("opensearch.port", server.getPort());
        configuration.setProperty("opensearch.nb.shards", 2);
        configuration.setProperty("opensearch.nb.replica", 0);
        configuration.setProperty("opensearch.index.mailbox.name", "test_" + UUID.randomUUID());
        TestIndex created = new TestIndex(OpenSearchSettings.from(configuration));
        new IndexCreation(created.transport, created.settings).create();
        return created;
    }

    InMemoryIntegrationResources james() {
        return InMemoryIntegrationResources.builder().preProvisionnedFakeAuthenticator().fakeAuthorizator().inVmEventBus()
            .defaultAnnotationLimits().defaultMessageParser()
            .listeningSearchIndex(stage -> new OpenSearchMessageSearchIndex(stage.getMapperFactory(), Set.of(), stage.getSessionProvider(),
                index, new MessageDocuments(new TikaTextExtractor(), settings), new InMemoryMessageId.Factory()))
            .noPreDeletionHooks().storeQuotaManager().build();
    }

    long count(List<MailboxId> mailboxes, SearchQuery search) throws IOException, MailboxException {
        Query query = mailboxes.isEmpty() ? Queries.everything() : Criteria.query(mailboxes, search);
        OpenSearchClient client = new OpenSearchClient(transport);
        client.indices().refresh(refresh -> refresh.index(settings.index().name()));
        return client.count(count -> count.index(settings.index().name()).query(query)).count();
    }

    @Override
    public void close() throws IOException {
        new OpenSearchClient(transport).indices().delete(delete -> delete.index(settings.index().name()));
        transport.close();
    }
}
