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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.domainlist.lib.DomainListConfiguration;
import org.apache.james.domainlist.memory.MemoryDomainList;
import org.apache.james.events.EventBus;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageIdManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.mailbox.store.StoreSubscriptionManager;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.memory.MemoryUsersRepository;

/**
 * James's real memory mailbox with real users. Alice and Bob of example.org have the password {@code secret} and an INBOX. A new one for
 * each test class or test; nothing is shared.
 */
public final class MemoryJames {
    /** The first user. */
    public static final Username ALICE = Username.of("alice@example.org");
    /** The second user. */
    public static final Username BOB = Username.of("bob@example.org");
    /** Their password. */
    public static final String PASSWORD = "secret";

    private final MemoryUsersRepository users;
    private final InMemoryIntegrationResources resources;
    private final SubscriptionManager subscriptionManager;

    private MemoryJames(MemoryUsersRepository users) {
        this.users = users;
        this.resources = InMemoryIntegrationResources.builder()
            .authenticator((user, password) -> isAuthentic(users, user, password))
            .fakeAuthorizator()
            .inVmEventBus()
            .defaultAnnotationLimits()
            .defaultMessageParser()
            .scanningSearchIndex()
            .noPreDeletionHooks()
            .storeQuotaManager()
            .build();
        this.subscriptionManager = new StoreSubscriptionManager(resources.getMailboxManager().getMapperFactory(),
            resources.getMailboxManager().getMapperFactory(), resources.getEventBus());
    }

    private static boolean isAuthentic(UsersRepository users, Username user, CharSequence password) throws MailboxException {
        try {
            return users.test(user, password.toString());
        } catch (UsersRepositoryException e) {
            throw new MailboxException("users repository", e);
        }
    }

    /** With Alice and Bob. */
    public static MemoryJames create() throws Exception {
        MemoryDomainList domains = new MemoryDomainList(new InMemoryDNSService());
        domains.configure(DomainListConfiguration.builder().autoDetect(false).autoDetectIp(false)
            .defaultDomain(Domain.of("example.org")).build());
        MemoryJames james = new MemoryJames(MemoryUsersRepository.withVirtualHosting(domains));
        for (Username user : Map.of(ALICE, PASSWORD, BOB, PASSWORD).keySet()) {
            james.users.addUser(user, PASSWORD);
            james.mailboxManager().createMailbox(MailboxPath.inbox(user), james.session(user));
        }
        return james;
    }

    /** James's mailboxes. */
    public MailboxManager mailboxManager() {
        return resources.getMailboxManager();
    }

    /** James's messages by their own identifiers. */
    public MessageIdManager messageIdManager() {
        return resources.getMessageIdManager();
    }

    /** James's users. */
    public UsersRepository users() {
        return users;
    }

    /** James's event bus. */
    public EventBus eventBus() {
        return resources.getEventBus();
    }

    /** James's subscriptions. */
    public SubscriptionManager subscriptionManager() {
        return subscriptionManager;
    }

    /** James's quotas. */
    public QuotaManager quotaManager() {
        return resources.getQuotaManager();
    }

    /** Which quota a mailbox falls under. */
    public QuotaRootResolver quotaRootResolver() {
        return resources.getDefaultUserQuotaRootResolver();
    }

    /** To set limits. */
    public MaxQuotaManager maxQuotaManager() {
        return resources.getMaxQuotaManager();
    }

    /** A session of a user's own, as another client of theirs would have. */
    public MailboxSession session(Username user) {
        return mailboxManager().createSystemSession(user);
    }

    /** Appends a message as another client of that user would, and gives its UID. */
    public long append(Username user, String mailbox, String message) throws MailboxException {
        MailboxSession session = session(user);
        MessageManager manager = mailboxManager().getMailbox(MailboxPath.forUser(user, mailbox), session);
        return manager.appendMessage(MessageManager.AppendCommand.builder()
            .build(message.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)), session)
            .getId().getUid().asLong();
    }

    /** James's file system below a folder, for key stores. */
    public static FileSystem fileSystem(Path folder) {
        return new FileSystemImpl(Configuration.builder().workingDirectory(folder.toFile()).configurationFromClasspath().build()
            .directories());
    }
}
