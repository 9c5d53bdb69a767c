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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import org.apache.commons.configuration2.BaseConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.events.EventBusTestFixture;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex.SearchOverride;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.transport.OpenSearchTransport;

import io.jamesext.stores.BuildStores;

/** An index of its own on a real OpenSearch, and James's mailboxes in memory that are searched in it. */
final class TestIndex implements AutoCloseable {
    /** Its processes end when they have nothing to do, and with the tests. */
    private static final TikaTextExtractor EXTRACTOR = new TikaTextExtractor();

    private final OpenSearchSettings settings;
    private final OpenSearchTransport transport;
    private final MailboxIndex index;
    private final Outage outage = new Outage();
    private final MemoryEventDeadLetters deadLetters;
    private final MissedEvents missed;

    private TestIndex(OpenSearchSettings settings, MemoryEventDeadLetters deadLetters) {
        this.settings = settings;
        this.transport = OpenSearchTransports.open(settings);
        this.index = new MailboxIndex(transport, settings);
        this.deadLetters = deadLetters;
        this.missed = new MissedEvents(deadLetters, outage);
    }

    /** On the OpenSearch of the build. */
    static TestIndex create() throws ConfigurationException {
        return create(Optional.ofNullable(System.getProperty("jamesext.test.opensearch")).map(URI::create)
            .orElseGet(BuildStores::openSearch));
    }

    static TestIndex create(URI server) throws ConfigurationException {
        TestIndex created = new TestIndex(settings(server, "test_" + UUID.randomUUID()), new MemoryEventDeadLetters());
        created.creation().create();
        return created;
    }

    static OpenSearchSettings settings(URI server, String index) throws ConfigurationException {
        BaseConfiguration configuration = new BaseConfiguration();
        configuration.setProperty("opensearch.masterHost", server.getHost());
        configuration.setProperty("opensearch.port", server.getPort());
        configuration.setProperty("opensearch.nb.shards", 2);
        configuration.setProperty("opensearch.nb.replica", 0);
        configuration.setProperty("opensearch.index.mailbox.name", index);
        return OpenSearchSettings.from(configuration);
    }

    /** The same index as a James sees it that was started again: with what is durable and nothing else. */
    TestIndex restarted() {
        return new TestIndex(settings, deadLetters);
    }

    IndexCreation creation() {
        return new IndexCreation(transport, settings);
    }

    MailboxIndex index() {
        return index;
    }

    MissedEvents missed() {
        return missed;
    }

    /** Every search goes to OpenSearch. */
    InMemoryIntegrationResources james() {
        return james(mappers -> Set.of());
    }

    /** As {@link OpenSearchModule} has it: the mailbox answers what it can. */
    InMemoryIntegrationResources jamesAnsweringByItself() {
        return james(mappers -> Set.of(new MailboxAnswers(mappers)));
    }

    private InMemoryIntegrationResources james(Function<MailboxSessionMapperFactory, Set<SearchOverride>> overrides) {
        return InMemoryIntegrationResources.builder().preProvisionnedFakeAuthenticator().fakeAuthorizator()
            .eventBus(new InVMEventBus(new InVmEventDelivery(new RecordingMetricFactory()), EventBusTestFixture.RETRY_BACKOFF_CONFIGURATION,
                deadLetters))
            .defaultAnnotationLimits().defaultMessageParser()
            .listeningSearchIndex(stage -> searchIndex(stage.getMapperFactory(), stage.getSessionProvider(),
                overrides.apply(stage.getMapperFactory())))
            .noPreDeletionHooks().storeQuotaManager().build();
    }

    OpenSearchMessageSearchIndex searchIndex(MailboxSessionMapperFactory mappers, SessionProvider sessions, Set<SearchOverride> overrides) {
        MailboxReading reading = reading(mappers, sessions);
        return new OpenSearchMessageSearchIndex(
            new OpenSearchMessageSearchIndex.Stores(mappers, sessions, new InMemoryMessageId.Factory()), overrides, reading, index,
            new IndexUpdates(reading, index), missed);
    }

    private MailboxReading reading(MailboxSessionMapperFactory mappers, SessionProvider sessions) {
        return new MailboxReading(mappers, sessions, documents());
    }

    MessageDocuments documents() {
        return new MessageDocuments(EXTRACTOR, settings);
    }

    IndexUpdates updates(StoreMailboxManager mailboxes) {
        return new IndexUpdates(reading(mailboxes.getMapperFactory(), mailboxes.getSessionProvider()), index);
    }

    CatchUp catchUp(StoreMailboxManager mailboxes) {
        return new CatchUp(missed, outage, creation(), index, updates(mailboxes));
    }

    long count(List<MailboxId> mailboxes, SearchQuery search) throws IOException, MailboxException {
        Query query = mailboxes.isEmpty() ? Queries.everything() : Criteria.query(mailboxes, search);
        OpenSearchClient client = new OpenSearchClient(transport);
        client.indices().refresh(refresh -> refresh.index(settings.index().name()));
        return client.count(count -> count.index(settings.index().name()).query(query)).count();
    }

    void drop() throws IOException {
        new OpenSearchClient(transport).indices().delete(delete -> delete.index(settings.index().name()));
    }

    /** Replaced by an empty one that says to be of this schema. */
    void becomeOf(String schema) throws IOException {
        drop();
        new OpenSearchClient(transport).indices().create(index -> index.index(settings.index().name())
            .mappings(mapping -> mapping.meta("schema", JsonData.of(schema))));
    }

    @Override
    public void close() throws IOException {
        drop();
        index.close();
    }
}
