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
package io.jamesext.testing.mailbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.apache.james.blob.api.BlobStoreDAO;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageIdManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.sieverepository.api.SieveRepository;
import org.apache.james.user.api.DelegationStore;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.utils.InitializationOperations;

import com.datastax.oss.driver.api.core.CqlSession;
import com.google.inject.Guice;
import com.google.inject.Injector;

import io.jamesext.cassandra.StorageModules;
import io.jamesext.stores.BuildStores;

/** James's mailbox layer on the build's Cassandra and OpenSearch: one for this process. */
final class CassandraJames implements TestJames {
    /**
     * Keyspace and index. Those of a module are the next one's: to make the tables takes longer than most modules' tests. So no two
     * modules may be tested at once, and of the processes that test one module each has its own.
     */
    private static final String TESTS = System.getProperty("jamesext.keyspace", "jamesext_tests");

    private final Injector injector;
    private final UserRows userRows;

    private static final class Holder {
        static final CassandraJames SHARED = new CassandraJames();
    }

    private CassandraJames() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "cassandra-james");
            configure(Files.createDirectory(folder.resolve("conf")), BuildStores.cassandra(), BuildStores.openSearch());
            Configuration configuration = Configuration.builder().workingDirectory(folder.toFile())
                .configurationPath(new Configuration.ConfigurationPath("file://conf/")).build();
            injector = Guice.createInjector(new TestServicesModule(configuration), StorageModules.mailbox(configuration));
            injector.getInstance(InitializationOperations.class).initModules();
            userRows = new UserRows(injector.getInstance(CqlSession.class));
        } catch (Exception e) {
            throw new IllegalStateException("no James on Cassandra", e);
        }
    }

    private static void configure(Path conf, InetSocketAddress cassandra, URI openSearch) throws IOException {
        Files.writeString(conf.resolve("cassandra.properties"), """
            cassandra.nodes=%s:%d
            cassandra.keyspace.create=true
            cassandra.keyspace=%s
            cassandra.replication.factor=1
            """.formatted(cassandra.getHostString(), cassandra.getPort(), TESTS));
        Files.writeString(conf.resolve("opensearch.properties"), """
            opensearch.hosts=%s:%d
            opensearch.nb.shards=1
            opensearch.nb.replica=0
            opensearch.index.mailbox.name=%s
            opensearch.alias.read.mailbox.name=%s_read
            opensearch.alias.write.mailbox.name=%s_write
            """.formatted(openSearch.getHost(), openSearch.getPort(), TESTS, TESTS, TESTS));
        Files.writeString(conf.resolve("domainlist.xml"), """
            <domainlist>
              <autodetect>false</autodetect>
              <autodetectIP>false</autodetectIP>
              <defaultDomain>example.org</defaultDomain>
            </domainlist>
            """);
        Files.writeString(conf.resolve("usersrepository.xml"), """
            <usersrepository>
              <enableVirtualHosting>true</enableVirtualHosting>
              <algorithm>SHA-512</algorithm>
              <administratorId>%s</administratorId>
            </usersrepository>
            """.formatted(ADMINISTRATOR.asString()));
    }

    /** This process's, with no users. */
    static CassandraJames empty() throws DomainListException {
        Holder.SHARED.userRows.delete();
        Holder.SHARED.domains().addDomain(Domain.of("example.org"));
        return Holder.SHARED;
    }

    @Override
    public Optional<CqlSession> cassandra() {
        return Optional.of(injector.getInstance(CqlSession.class));
    }

    @Override
    public Optional<BlobStoreDAO> blobs() {
        return Optional.of(injector.getInstance(BlobStoreDAO.class));
    }

    @Override
    public MailboxManager mailboxManager() {
        return injector.getInstance(MailboxManager.class);
    }

    @Override
    public MessageIdManager messageIdManager() {
        return injector.getInstance(MessageIdManager.class);
    }

    @Override
    public UsersRepository users() {
        return injector.getInstance(UsersRepository.class);
    }

    @Override
    public DelegationStore delegations() {
        return injector.getInstance(DelegationStore.class);
    }

    @Override
    public DomainList domains() {
        return injector.getInstance(DomainList.class);
    }

    @Override
    public EventBus eventBus() {
        return injector.getInstance(EventBus.class);
    }

    @Override
    public MessageSearchIndex search() {
        return injector.getInstance(MessageSearchIndex.class);
    }

    @Override
    public SubscriptionManager subscriptionManager() {
        return injector.getInstance(SubscriptionManager.class);
    }

    @Override
    public QuotaManager quotaManager() {
        return injector.getInstance(QuotaManager.class);
    }

    @Override
    public QuotaRootResolver quotaRootResolver() {
        return injector.getInstance(QuotaRootResolver.class);
    }

    @Override
    public MaxQuotaManager maxQuotaManager() {
        return injector.getInstance(MaxQuotaManager.class);
    }

    @Override
    public SieveRepository scripts() {
        return injector.getInstance(SieveRepository.class);
    }
}
