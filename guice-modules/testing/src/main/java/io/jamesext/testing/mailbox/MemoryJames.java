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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.adapter.mailbox.DelegationStoreAuthorizator;
import org.apache.james.blob.api.BlobStoreDAO;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.lib.DomainListConfiguration;
import org.apache.james.domainlist.memory.MemoryDomainList;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageIdManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.mailbox.store.StoreSubscriptionManager;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.apache.james.sieverepository.api.SieveRepository;
import org.apache.james.sieverepository.file.SieveFileRepository;
import org.apache.james.user.api.DelegationStore;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.memory.MemoryDelegationStore;
import org.apache.james.user.memory.MemoryUsersRepository;

import com.datastax.oss.driver.api.core.CqlSession;

/** James's memory mailbox, by James's own test harness. */
final class MemoryJames implements TestJames {
    private final MemoryDomainList domains;
    private final MemoryUsersRepository users;
    private final MemoryDelegationStore delegations = new MemoryDelegationStore();
    private final InMemoryIntegrationResources resources;
    private final SubscriptionManager subscriptionManager;
    /** James has none in memory: the memory application keeps them in files too. */
    private final SieveRepository scripts;

    MemoryJames() throws Exception {
        this.domains = new MemoryDomainList(new InMemoryDNSService());
        domains.configure(DomainListConfiguration.builder().autoDetect(false).autoDetectIp(false)
            .defaultDomain(Domain.of("example.org")).build());
        this.users = MemoryUsersRepository.withVirtualHosting(domains);
        // James's default takes ten milliseconds for each log-in, as it should: tests log in thousands of times.
        BaseHierarchicalConfiguration hashing = new BaseHierarchicalConfiguration();
        hashing.addProperty("algorithm", "SHA-512");
        hashing.addProperty("enableVirtualHosting", true);
        hashing.addProperty("administratorId", ADMINISTRATOR.asString());
        users.configure(hashing);
        this.resources = InMemoryIntegrationResources.builder()
            .authenticator(this::isAuthentic)
            .authorizator(new DelegationStoreAuthorizator(delegations, users))
            .eventBus(new SteadyEventBus())
            .defaultAnnotationLimits()
            .defaultMessageParser()
            .scanningSearchIndex()
            .noPreDeletionHooks()
            .storeQuotaManager()
            .build();
        this.scripts = new SieveFileRepository(TestJames.fileSystem(
            Files.createTempDirectory(Files.createDirectories(Path.of("target")), "memory-james")));
        this.subscriptionManager = new StoreSubscriptionManager(resources.getMailboxManager().getMapperFactory(),
            resources.getMailboxManager().getMapperFactory(), resources.getEventBus());
    }

    private boolean isAuthentic(Username user, CharSequence password) throws MailboxException {
        try {
            return users.test(user, password.toString());
        } catch (UsersRepositoryException e) {
            throw new MailboxException("users repository", e);
        }
    }

    @Override
    public MailboxManager mailboxManager() {
        return resources.getMailboxManager();
    }

    @Override
    public MessageIdManager messageIdManager() {
        return resources.getMessageIdManager();
    }

    @Override
    public UsersRepository users() {
        return users;
    }

    @Override
    public DelegationStore delegations() {
        return delegations;
    }

    @Override
    public DomainList domains() {
        return domains;
    }

    @Override
    public EventBus eventBus() {
        return resources.getEventBus();
    }

    @Override
    public MessageSearchIndex search() {
        return resources.getSearchIndex();
    }

    @Override
    public SubscriptionManager subscriptionManager() {
        return subscriptionManager;
    }

    @Override
    public QuotaManager quotaManager() {
        return resources.getQuotaManager();
    }

    @Override
    public QuotaRootResolver quotaRootResolver() {
        return resources.getDefaultUserQuotaRootResolver();
    }

    @Override
    public MaxQuotaManager maxQuotaManager() {
        return resources.getMaxQuotaManager();
    }

    @Override
    public SieveRepository scripts() {
        return scripts;
    }

    @Override
    public Optional<CqlSession> cassandra() {
        return Optional.empty();
    }

    @Override
    public Optional<BlobStoreDAO> blobs() {
        return Optional.empty();
    }
}
