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
package io.jamesext.dmap;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;

import javax.mail.Flags;

import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;

import io.jamesext.dmap.auth.DmapAuthentication;
import io.jamesext.dmap.auth.StacieVerifiers;
import io.jamesext.dmap.meta.MetaListener;
import io.jamesext.dmap.meta.MetaTable;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.dmap.ring.TestKeys;
import io.jamesext.dmap.submit.SubmissionTable;
import io.jamesext.dmap.submit.Submissions;
import io.jamesext.dmap.submit.TestQueue;
import io.jamesext.dmap.sync.MailboxPoints;
import io.jamesext.dmap.sync.SyncEvents;
import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.auth.ScramVerifiers;
import io.jamesext.kernel.expunge.ExpungeListener;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.expunge.TombstoneLog;
import io.jamesext.kernel.expunge.Tombstones;
import io.jamesext.kernel.flags.FlagUpdates;
import io.jamesext.kernel.mailbox.GroupListeners;
import io.jamesext.kernel.server.ExtensionServerFactory;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.mailbox.TestKeystore;
import io.jamesext.testing.transcript.TranscriptRunner;
import io.jamesext.testing.transcript.Wire;

/** A DMAP server on James's mailbox, with four messages in Alice's INBOX and some mailboxes of hers. */
final class DmapTestServer implements AutoCloseable {
    static final String GREETED = "S: \\* OK \\[CAPABILITY DMAP=TRUSTFUL .*\\] DMAP server ready\n";
    static final String AUTHENTICATED = GREETED
        + "C: P1 AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUub3JnAHNlY3JldA==\n"
        + "S: P1 OK \\[CAPABILITY .*\\] AUTHENTICATE completed\n";
    static final String SELECTED = AUTHENTICATED
        + "C: P2 SELECT INBOX\n"
        + "S*: \\* .*\n"
        + "S: P2 OK [READ-WRITE] SELECT completed\n";

    private final TestJames james;
    private final DmapServices services;
    private final ExtensionServerFactory servers;
    private final StacieVerifiers verifiers;
    private final TestQueue queue;

    private DmapTestServer(TestJames james, DmapServices services, ExtensionServerFactory servers, StacieVerifiers verifiers,
                           TestQueue queue) {
        this.queue = queue;
        this.james = james;
        this.services = services;
        this.servers = servers;
        this.verifiers = verifiers;
    }

    static DmapTestServer start(Path folder) throws Exception {
        return start(folder, "<plainAuthDisallowed>false</plainAuthDisallowed>");
    }

    /** Alice's account is in this mode, and the others in TRUSTFUL, which is the default. */
    static DmapTestServer start(Path folder, Mode mode) throws Exception {
        DmapTestServer server = start(folder);
        server.services.dime().modes().set(TestJames.ALICE, mode).block();
        return server;
    }

    static DmapTestServer start(Path folder, String settings) throws Exception {
        return start(folder, settings, "");
    }

    /** The same, with more in the element {@code tls}. */
    static DmapTestServer start(Path folder, String settings, String tls) throws Exception {
        Path keystore = Files.exists(folder.resolve("keystore")) ? folder.resolve("keystore") : TestKeystore.create(folder);
        TestJames james = TestJames.create();
        fill(james);
        StacieVerifiers verifiers = StacieVerifiers.on(james.cassandra().map(SideTables::create));
        TestQueue queue = new TestQueue(james);
        DmapServices services = services(james, verifiers, queue);
        ExtensionServerFactory servers = new ExtensionServerFactory(
            new DmapServerFactory(services), TestJames.fileSystem(folder), new RecordingMetricFactory(), new NoopGaugeRegistry());
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(new StringReader("<dmapservers><dmapserver enabled=\"true\"><bind>127.0.0.1:0</bind>"
            + "<gracefulShutdown>false</gracefulShutdown><failedLogInDelayMillis>10</failedLogInDelayMillis>"
            + "<tls socketTLS=\"true\" startTLS=\"false\"><keystore>file://" + keystore + "</keystore><keystoreType>PKCS12</keystoreType>"
            + "<secret>" + TestKeystore.PASSWORD + "</secret>" + tls + "</tls>" + settings + "</dmapserver></dmapservers>"));
        servers.configure(configuration);
        servers.init();
        return new DmapTestServer(james, services, servers, verifiers, queue);
    }

    static DmapServices services(TestJames james) throws Exception {
        return services(james, StacieVerifiers.on(james.cassandra().map(SideTables::create)), new TestQueue(james));
    }

    private static DmapServices services(TestJames james, StacieVerifiers verifiers, TestQueue queue) {
        Clock clock = Clock.systemUTC();
        Optional<SideTables> tables = james.cassandra().map(SideTables::create);
        DmapAuthentication authentication = new DmapAuthentication(new Authentication(james.mailboxManager(), james.users(),
            ScramVerifiers.on(tables)), james.users(), verifiers);
        MailboxSessionMapperFactory mappers = ((StoreMailboxManager) james.mailboxManager()).getMapperFactory();
        ExpungeLog expunges = new TombstoneLog(Tombstones.on(tables), james.mailboxManager(), mappers);
        MetaTable meta = MetaTable.on(tables);
        Dime dime = TestDime.on(tables, TestDime.settings(Mode.TRUSTFUL));
        return new DmapServices(james.mailboxManager(), james.subscriptionManager(), james.eventBus(), authentication, expunges,
            new SyncEvents(new GroupListeners(james.eventBus()), new ExpungeListener(expunges),
                new MetaListener(meta)), new MailboxPoints(james.mailboxManager(), mappers),
            new FlagUpdates(mappers, james.eventBus()), meta,
            new DmapServices.Quotas(james.quotaRootResolver(), james.quotaManager()), dime,
            new Submissions(queue.claims(SubmissionTable.on(tables, clock)), queue.spool(), queue.addresses(), dime, clock));
    }

    private static void fill(TestJames james) throws Exception {
        MailboxSession session = james.session(TestJames.ALICE);
        for (String name : new String[] {"Sent", "Projects", "Projects.2015", "Projects.2015.May", "blurdybloop"}) {
            james.mailboxManager().createMailbox(MailboxPath.forUser(TestJames.ALICE, name), session);
        }
        james.subscriptionManager().subscribe(session, MailboxPath.forUser(TestJames.ALICE, "Projects"));
        james.subscriptionManager().subscribe(session, MailboxPath.forUser(TestJames.ALICE, "Gone"));
        append(james, "1-plain.eml", "2015-02-01T23:30:00Z", new Flags());
        append(james, "2-multipart.eml", "2015-02-02T12:00:00Z", new Flags(Flags.Flag.SEEN));
        append(james, "3-reply.eml", "2015-02-03T00:30:00Z", new Flags());
        Flags flags = new Flags(Flags.Flag.SEEN);
        flags.add(Flags.Flag.FLAGGED);
        append(james, "4-short.eml", "2015-02-04T12:00:00Z", flags);
    }

    private static void append(TestJames james, String file, String internalDate, Flags flags) throws Exception {
        inbox(james).appendMessage(MessageManager.AppendCommand.builder()
            .withInternalDate(Date.from(Instant.parse(internalDate)))
            .withFlags(flags)
            .build(mail(file).getBytes(StandardCharsets.UTF_8)), james.session(TestJames.ALICE));
    }

    static String mail(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(DmapTestServer.class.getResourceAsStream("/mail/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "\r\n");
        }
    }

    private static MessageManager inbox(TestJames james) throws Exception {
        return james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), james.session(TestJames.ALICE));
    }

    MessageManager inbox() throws Exception {
        return inbox(james);
    }

    MailboxSession alice() {
        return james.session(TestJames.ALICE);
    }

    TestJames james() {
        return james;
    }

    /** Where STACIE verifiers are kept. */
    StacieVerifiers verifiers() {
        return verifiers;
    }

    /** What was submitted. */
    TestQueue queue() {
        return queue;
    }

    DmapServices services() {
        return services;
    }

    int port() {
        return servers.getServers().get(0).getPort();
    }

    TranscriptRunner runner() {
        return TestKeys.giveSignets(TestKeys.give(new TranscriptRunner(Wire.TLS_LINES, "127.0.0.1", port())))
            .with("greeted", GREETED)
            .with("authenticated", AUTHENTICATED)
            .with("selected", SELECTED)
            .given("dime", Letters.inAscii())
            .function("cut", text -> text.substring(0, text.length() - 1));
    }

    @Override
    public void close() {
        servers.destroy();
        queue.close();
    }
}
