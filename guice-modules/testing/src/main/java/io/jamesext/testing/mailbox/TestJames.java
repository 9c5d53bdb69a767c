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
import java.util.Optional;

import org.apache.james.blob.api.BlobStoreDAO;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.events.EventBus;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageIdManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.apache.james.sieverepository.api.SieveRepository;
import org.apache.james.user.api.DelegationStore;
import org.apache.james.user.api.UsersRepository;

import com.datastax.oss.driver.api.core.CqlSession;

/**
 * James's real mailbox with real users, in this process: in memory, or on the build's Cassandra and OpenSearch with the system property
 * {@code jamesext.backend=cassandra}. Alice and Bob of example.org have the password {@code secret} and an INBOX.
 * A new one for each test class or test: nothing of an earlier one is left in it.
 */
public interface TestJames {
    /** The first user. */
    Username ALICE = Username.of("alice@example.org");
    /** The second user. */
    Username BOB = Username.of("bob@example.org");
    /** Whom James's configuration says to be the administrator. There is no such user until a test adds it. */
    Username ADMINISTRATOR = Username.of("admin@example.org");
    /** Their password. */
    String PASSWORD = "secret";

    /** With Alice and Bob. */
    static TestJames create() throws Exception {
        TestJames james = switch (System.getProperty("jamesext.backend", "memory")) {
            case "memory" -> new MemoryJames();
            case "cassandra" -> CassandraJames.empty();
            default -> throw new IllegalArgumentException("jamesext.backend must be memory or cassandra");
        };
        for (Username user : new Username[] {ALICE, BOB}) {
            james.users().addUser(user, PASSWORD);
            james.mailboxManager().createMailbox(MailboxPath.inbox(user), james.session(user));
        }
        return james;
    }

    /** James's mailboxes. */
    MailboxManager mailboxManager();

    /** James's messages by their own identifiers. */
    MessageIdManager messageIdManager();

    /** James's users. */
    UsersRepository users();

    /** Who may log in as whom. */
    DelegationStore delegations();

    /** James's domains: example.org, which is the default too. */
    DomainList domains();

    /** James's event bus. */
    EventBus eventBus();

    /** James's search. */
    MessageSearchIndex search();

    /** James's subscriptions. */
    SubscriptionManager subscriptionManager();

    /** James's quotas. */
    QuotaManager quotaManager();

    /** Which quota a mailbox falls under. */
    QuotaRootResolver quotaRootResolver();

    /** To set limits. */
    MaxQuotaManager maxQuotaManager();

    /** James's Sieve scripts. */
    SieveRepository scripts();

    /** The session with Cassandra when James's stores are there. */
    Optional<CqlSession> cassandra();

    /** Where James keeps the contents of messages when its stores are in Cassandra. */
    Optional<BlobStoreDAO> blobs();

    /** A session of a user's own, as another client of theirs would have. */
    default MailboxSession session(Username user) {
        return mailboxManager().createSystemSession(user);
    }

    /** Appends a message as another client of that user would, and gives its UID. */
    default long append(Username user, String mailbox, String message) throws MailboxException {
        MailboxSession session = session(user);
        MessageManager manager = mailboxManager().getMailbox(MailboxPath.forUser(user, mailbox), session);
        return manager.appendMessage(MessageManager.AppendCommand.builder()
            .build(message.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)), session)
            .getId().getUid().asLong();
    }

    /** James's file system below a folder, for key stores. */
    static FileSystem fileSystem(Path folder) {
        return new FileSystemImpl(Configuration.builder().workingDirectory(folder.toFile()).configurationFromClasspath().build()
            .directories());
    }
}
