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

package io.jamesext.lemonade.imap;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.events.EventBus;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.imap.api.process.DefaultMailboxTyper;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.cassandra.ids.CassandraId;
import org.apache.james.mailbox.inmemory.InMemoryId;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.reactivestreams.Publisher;

import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.auth.ScramVerifiers;
import io.jamesext.kernel.expunge.ExpungeListener;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.expunge.TombstoneLog;
import io.jamesext.kernel.expunge.Tombstones;
import io.jamesext.kernel.flags.FlagUpdates;
import io.jamesext.kernel.mailbox.GroupListeners;
import io.jamesext.kernel.mailbox.Mailboxes;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.lemonade.imap.metadata.ServerAnnotations;
import io.jamesext.lemonade.imap.notify.Watches;
import io.jamesext.lemonade.imap.select.OpenFolders;
import io.jamesext.lemonade.imap.select.Registrations;
import io.jamesext.lemonade.imap.sort.MessageOrder;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.urlauth.MailboxKeys;
import io.jamesext.urlauth.UrlServers;

/** A Lemonade listener on a free port of the loopback, with James's mailbox behind it. */
public final class ImapTestServer implements AutoCloseable {
    public static final Username ALICE = TestJames.ALICE;
    public static final Username BOB = TestJames.BOB;
    public static final String PASSWORD = TestJames.PASSWORD;

    private final TestJames james;
    private final LemonadeImapServers servers;
    private final ImapServices services;

    private ImapTestServer(TestJames james, LemonadeImapServers servers, ImapServices services) {
        this.james = james;
        this.servers = servers;
        this.services = services;
    }

    /** Starts a listener with these elements in its configuration, besides what a test needs anyway. */
    public static ImapTestServer start(String elements) throws Exception {
        return start(elements, mailboxes -> mailboxes);
    }

    /** The same with other mailboxes before James's, say some that fail. */
    public static ImapTestServer start(String elements, UnaryOperator<MailboxManager> mailboxes) throws Exception {
        return start(elements, mailboxes, events -> events);
    }

    /** And with another event bus for its listeners. */
    public static ImapTestServer start(String elements, UnaryOperator<MailboxManager> mailboxes, UnaryOperator<EventBus> events)
            throws Exception {
        TestJames james = TestJames.create();
        ImapServices services = services(james, mailboxes, events);
        LemonadeImapServers servers = new LemonadeImapServers(
            new LemonadeImapServerFactory(new TestFileSystem(), services, new NoopGaugeRegistry()));
        servers.start(configuration("<lemonadeimapserver enabled=\"true\"><bind>127.0.0.1:0</bind>"
            + "<gracefulShutdown>false</gracefulShutdown>"
            + "<ioWorkerCount>2</ioWorkerCount>"
            + "<provisionDefaultMailboxes>false</provisionDefaultMailboxes>"
            + (elements.contains("<auth>") ? "" : "<auth><requireSSL>false</requireSSL></auth>")
            + elements + "</lemonadeimapserver>"));
        return new ImapTestServer(james, servers, services);
    }

    static ImapServices services(TestJames james) {
        return services(james, mailboxes -> mailboxes, events -> events);
    }

    private static ImapServices services(TestJames james, UnaryOperator<MailboxManager> mailboxes, UnaryOperator<EventBus> events) {
        MailboxSessionMapperFactory mappers = ((StoreMailboxManager) james.mailboxManager()).getMapperFactory();
        Optional<SideTables> tables = james.cassandra().map(SideTables::create);
        ExpungeLog expunges = new TombstoneLog(Tombstones.on(tables), james.mailboxManager(), mappers);
        MailboxId.Factory mailboxIds = tables.isPresent() ? new CassandraId.Factory() : new InMemoryId.Factory();
        Registrations registrations = new Registrations(events.apply(james.eventBus()));
        return new ImapServices(Mailboxes.of(mailboxes.apply(james.mailboxManager())), james.subscriptionManager(), registrations,
            new DefaultMailboxTyper(), james.quotaManager(), james.quotaRootResolver(),
            new Authentication(james.mailboxManager(), james.users(), ScramVerifiers.on(Optional.empty())),
            new SilentMetrics(), Clock.systemUTC(), MailboxKeys.on(tables),
            expunges, new ExpungeListener(expunges), new GroupListeners(james.eventBus()), new FlagUpdates(mappers, james.eventBus()),
            new OpenFolders(), new Watches(james.eventBus(), registrations, mailboxIds), new UrlServers(), new MessageOrder(),
            james.users(), ServerAnnotations.on(tables));
    }

    public static XMLConfiguration configuration(String listeners) throws Exception {
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(new StringReader("<lemonadeimapservers>" + listeners + "</lemonadeimapservers>"));
        return configuration;
    }

    /**
     * Makes a PKCS #12 keystore with a certificate for the loopback; its password is {@link #PASSWORD} twice, for it has a least length.
     */
    public static Path keystore(Path directory) throws Exception {
        Path keystore = directory.resolve("keystore.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
            "-keyalg", "RSA",
            "-alias", "james", "-dname", "CN=localhost", "-storetype", "PKCS12", "-storepass", PASSWORD + PASSWORD, "-keystore",
                keystore.toString())
            .redirectErrorStream(true).start();
        keytool.getInputStream().readAllBytes();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        return keystore;
    }

    public int port() {
        return ((LemonadeImapServer) servers.listeners().findFirst().orElseThrow()).getListenAddresses().get(0).getPort();
    }

    public ImapTestClient connect() throws Exception {
        return new ImapTestClient(port());
    }

    /** A connection behind its greeting and a log-in. */
    public ImapTestClient connectAs(Username user) throws Exception {
        ImapTestClient client = connect();
        client.line();
        client.command("login0 LOGIN " + user.asString() + " " + PASSWORD);
        return client;
    }

    public MailboxKeys mailboxKeys() {
        return services.mailboxKeys();
    }

    /** What its clients watch. */
    public Watches watches() {
        return services.watches();
    }

    public TestJames james() {
        return james;
    }

    public MailboxManager mailboxManager() {
        return james.mailboxManager();
    }

    /** To set limits. */
    public MaxQuotaManager maxQuotas() {
        return james.maxQuotaManager();
    }

    public MailboxSession session(Username user) {
        return james.session(user);
    }

    /** Runs this while the user may have so many messages more than now: stores that tests share count those of earlier tests too. */
    void withRoomFor(long messages, Username user, Conversation conversation) throws Exception {
        QuotaRoot root = james.quotaRootResolver().getQuotaRoot(MailboxPath.inbox(user));
        long used = james.quotaManager().getMessageQuota(root).getUsed().asLong();
        james.maxQuotaManager().setMaxMessage(root, QuotaCountLimit.count(used + messages));
        try {
            conversation.run();
        } finally {
            james.maxQuotaManager().removeMaxMessage(root);
        }
    }

    /** Part of a test. */
    interface Conversation {
        void run() throws Exception;
    }

    @Override
    public void close() {
        servers.stop();
    }

    /** Times nothing: the recording one keeps every time it took, and grows with every command. */
    private static final class SilentMetrics extends RecordingMetricFactory {
        @Override
        public <T> Publisher<T> decoratePublisherWithTimerMetric(String name, Publisher<T> publisher) {
            return publisher;
        }
    }

    /** Absolute {@code file://} names only. */
    static final class TestFileSystem implements FileSystem {
        @Override
        public InputStream getResource(String url) throws IOException {
            return new FileInputStream(getFile(url));
        }

        @Override
        public File getFile(String fileUrl) {
            return new File(fileUrl.replaceFirst("^file://", ""));
        }

        @Override
        public File getBasedir() {
            return new File("target");
        }
    }
}
