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
package io.jamesext.agap;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.james.events.EventBus;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.apache.mailet.Mail;

import com.google.common.collect.ImmutableMap;

import io.jamesext.agap.change.AliasTable;
import io.jamesext.agap.change.FolderChanges;
import io.jamesext.agap.change.FolderEvents;
import io.jamesext.agap.change.FolderIndex;
import io.jamesext.agap.change.FolderListener;
import io.jamesext.agap.change.FolderStates;
import io.jamesext.agap.change.FolderTable;
import io.jamesext.agap.change.ItemUids;
import io.jamesext.agap.change.StoredFolders;
import io.jamesext.agap.change.Verification;
import io.jamesext.agap.filter.Matches;
import io.jamesext.agap.folder.FolderPath;
import io.jamesext.agap.folder.FolderTag;
import io.jamesext.agap.folder.FolderTags;
import io.jamesext.agap.folder.FolderTree;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.item.ItemActions;
import io.jamesext.agap.presence.PresenceStore;
import io.jamesext.agap.presence.Presences;
import io.jamesext.agap.storing.Deposits;
import io.jamesext.groupware.MailboxClasses;
import io.jamesext.groupware.UserSettings;
import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.auth.CredentialStore;
import io.jamesext.kernel.auth.ScramVerifiers;
import io.jamesext.kernel.expunge.ExpungeListener;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.expunge.TombstoneLog;
import io.jamesext.kernel.expunge.Tombstones;
import io.jamesext.kernel.mailbox.GroupListeners;
import io.jamesext.kernel.server.ExtensionServerFactory;
import io.jamesext.kernel.submit.MailSpool;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.mailbox.TestKeystore;
import io.jamesext.testing.transcript.Transcript;
import io.jamesext.testing.transcript.TranscriptRunner;
import io.jamesext.testing.transcript.Wire;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An AGAP server on James's mailbox, with the folders and messages that the transcripts speak of. */
final class AgapTestServer implements AutoCloseable {
    static final String CONNECTED = "S: 200 Welcome.*\n";
    static final String PRE_AUTHENTICATION = CONNECTED + "C: AUTH PLAIN\nS: 200 OK Send USER\n";
    static final String AUTHENTICATED = PRE_AUTHENTICATION
        + "C: USER alice@example.org\nS: 200 OK Send PASS\nC: PASS secret\nS: 200 OK Authenticated\n";
    static final String NOT_SELECTED = AUTHENTICATED + "C: SLCT /missing\nS: 511 INVALID folder\n";

    static final String PRE_AUTHENTICATION_HASH = CONNECTED + "C: AUTH MD5\nS: .${first}\nS: 200 OK Send USER\n";
    static final String PRESENCE = CONNECTED + "C: AUTH PRESENCE\nS: 200 OK Send USER\n"
        + "C: USER alice@example.org\nS: 200 OK Send PASS\nC: PASS secret\nS: 200 OK Authenticated\n";
    static final String STORING = CONNECTED + "C: AUTH STORING\nS: 200 OK Send USER\n"
        + "C: USER alice@example.org\nS: 200 OK Send PASS\nC: PASS secret\nS: 200 OK Authenticated\n";

    private static final String SETTINGS = "<bind>127.0.0.1:0</bind><gracefulShutdown>false</gracefulShutdown>"
        + "<failedLogInDelayMillis>10</failedLogInDelayMillis>";
    /** All that the transcripts speak of. */
    private static final String EVERYTHING = "<credentialKey>QUdBUCBBR0FQIEFHQVAgQUdBUCBBR0FQIEFHQVAgQUc=</credentialKey>"
        + "<anonymousPresence>true</anonymousPresence><anonymousStoring>true</anonymousStoring>";
    /** Servers that refuse clients, by the names that transcripts give them. */
    private static final Map<String, String> REFUSING = ImmutableMap.of(
        "full", "<connectionLimit>1</connectionLimit>",
        "few", "<connectionLimitPerIP>1</connectionLimitPerIP>",
        "closed", "<refused>192.0.2.0/24, 127.0.0.0/8</refused>");

    private final TestJames james;
    private final AgapServices services;
    private final ExtensionServerFactory servers;

    private final MemoryMailQueueFactory queues;

    /** What a server is made on. */
    private record Backend(TestJames james, AgapServices services, MemoryMailQueueFactory queues) {
    }

    private AgapTestServer(Backend backend, String settings, Path folder) throws Exception {
        this.james = backend.james;
        this.services = backend.services;
        this.queues = backend.queues;
        AgapServerFactory protocol = new AgapServerFactory(services);
        servers = new ExtensionServerFactory(protocol, TestJames.fileSystem(folder), new RecordingMetricFactory(),
            new NoopGaugeRegistry());
        XMLConfiguration configuration = new XMLConfiguration();
        StringBuilder xml = new StringBuilder("<agapservers><agapserver>" + SETTINGS + settings + "</agapserver>");
        REFUSING.forEach((name, refusal) -> xml.append("<agapserver>" + SETTINGS + "<jmxName>").append(name).append("</jmxName>")
            .append(refusal).append("</agapserver>"));
        new FileHandler(configuration).load(new StringReader(xml + "</agapservers>"));
        servers.configure(configuration);
        servers.init();
    }

    static AgapServices services(TestJames james) {
        return backend(james).services;
    }

    private static Backend backend(TestJames james) {
        return backend(james, james.eventBus(), FolderTable.on(james.cassandra().map(SideTables::create)));
    }

    private static Backend backend(TestJames james, EventBus news, FolderTable table) {
        MailboxManager mailboxManager = james.mailboxManager();
        MailboxClasses classes = new MailboxClasses(mailboxManager);
        Folders folders = new Folders(mailboxManager, classes);
        MemoryMailQueueFactory queues = new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory());
        Optional<SideTables> tables = james.cassandra().map(SideTables::create);
        MailboxSessionMapperFactory mappers = ((StoreMailboxManager) mailboxManager).getMapperFactory();
        ExpungeLog expunges = new TombstoneLog(Tombstones.on(tables), mailboxManager, mappers);
        FolderIndex index = new FolderIndex(table, new StoredFolders(mailboxManager, mappers), expunges,
            Clock.systemUTC());
        AliasTable aliases = AliasTable.on(tables);
        ItemUids uids = new ItemUids(aliases, expunges);
        Matches matches = new Matches(james.search());
        FolderTags tags = new FolderTags(mailboxManager, folders, UserSettings.on(tables));
        AgapServices services = new AgapServices(folders, new FolderStates(index, new Verification(index)),
            new FolderChanges(expunges, uids), uids, matches,
            new FolderEvents(new GroupListeners(news), new ExpungeListener(expunges), new FolderListener(index, aliases)),
            tags, new FolderTree(mailboxManager, folders, tags, classes),
            new ItemActions(mailboxManager, folders, tags, uids, matches),
            new Authentication(mailboxManager, james.users(), ScramVerifiers.on(tables), CredentialStore.on(tables)),
            new Presences(PresenceStore.on(tables), Clock.systemUTC()), james.eventBus(),
            new Deposits(folders, tags, james.users(), new MailSpool(queues), Clock.systemUTC()));
        return new Backend(james, services, queues);
    }

    /** Takes passwords in the clear, and offers TLS with the key store of the folder, which is made when there is none. */
    static AgapTestServer open(Path folder) throws Exception {
        return open(folder, "");
    }

    /** The same with further settings. */
    static AgapTestServer open(Path folder, String settings) throws Exception {
        return open(backend(mail()), settings, folder);
    }

    /** The same where no news of James are ever heard, as if all came too late; and on this index of folders, made from the usual one. */
    static AgapTestServer deaf(Path folder, UnaryOperator<FolderTable> table) throws Exception {
        TestJames james = mail();
        EventBus silent = (EventBus) Proxy.newProxyInstance(AgapTestServer.class.getClassLoader(), new Class<?>[] {EventBus.class},
            (bus, method, arguments) -> (Registration) Mono::empty);
        return open(backend(james, silent, table.apply(FolderTable.on(james.cassandra().map(SideTables::create)))), "", folder);
    }

    private static AgapTestServer open(Backend backend, String settings, Path folder) throws Exception {
        Path keystore = Files.exists(folder.resolve("keystore")) ? folder.resolve("keystore") : TestKeystore.create(folder);
        return new AgapTestServer(backend, EVERYTHING + "<plainAuthDisallowed>false</plainAuthDisallowed>"
            + "<tls startTLS=\"true\"><keystore>file://" + keystore + "</keystore><keystoreType>PKCS12</keystoreType>"
            + "<secret>" + TestKeystore.PASSWORD + "</secret></tls>" + settings, folder);
    }

    /** With James's defaults: no TLS, and so no password. */
    static AgapTestServer withDefaults(Path folder) throws Exception {
        return new AgapTestServer(backend(mail()), "", folder);
    }

    /** As {@link #open}, with other settings in the place of those that open everything. */
    static AgapTestServer with(String settings, Path folder) throws Exception {
        return new AgapTestServer(backend(mail()), "<plainAuthDisallowed>false</plainAuthDisallowed>" + settings, folder);
    }

    private static TestJames mail() throws Exception {
        TestJames james = TestJames.create();
        for (String mailbox : new String[] {"ARCHIVE", "ARCHIVE.2000", "ARCHIVE.2010", "WORK", "WORK.YEAR-2010", "WORK.YEAR-2010.JUN",
            "WORK.YEAR-2010.JUL"}) {
            james.mailboxManager().createMailbox(MailboxPath.forUser(TestJames.ALICE, mailbox), james.session(TestJames.ALICE));
        }
        james.append(TestJames.ALICE, "INBOX", newsletter(1));
        james.append(TestJames.ALICE, "INBOX", message("figure-17.eml"));
        james.append(TestJames.ALICE, "INBOX", newsletter(3));
        james.append(TestJames.ALICE, "INBOX", newsletter(4));
        MailboxPath calendar = MailboxPath.forUser(TestJames.BOB, "CALENDAR");
        MailboxPath contact = MailboxPath.forUser(TestJames.BOB, "CONTACT");
        for (MailboxPath mailbox : new MailboxPath[] {calendar, contact}) {
            james.mailboxManager().createMailbox(mailbox, james.session(TestJames.BOB));
        }
        MailboxClasses classes = new MailboxClasses(james.mailboxManager());
        classes.set(calendar, "IPF.Appointment", james.session(TestJames.BOB)).block();
        classes.set(contact, "IPF.Contact", james.session(TestJames.BOB)).block();
        james.mailboxManager().applyRightsCommand(calendar,
            MailboxACL.command().key(MailboxACL.ANYBODY_KEY).rights(MailboxACL.Right.Lookup, MailboxACL.Right.Read).asAddition(),
            james.session(TestJames.BOB));
        return james;
    }

    static String newsletter(int number) {
        return "From: news@example.com\nTo: alice@example.org\nSubject: Newsletter " + number + "\n\nThis is your newsletter.\n";
    }

    static String message(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(AgapTestServer.class.getResourceAsStream("/messages/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    TestJames james() {
        return james;
    }

    /** The next mail in James's queue; fails when there is none. */
    Mail nextMail() {
        return Flux.from(queues.createQueue(MailQueueFactory.SPOOL).deQueue()).map(MailQueue.MailQueueItem::getMail)
            .blockFirst(Duration.ofSeconds(10));
    }

    /** How many mails are in it. */
    long mailsInQueue() throws Exception {
        return queues.createQueue(MailQueueFactory.SPOOL).getSize();
    }

    AgapServices services() {
        return services;
    }

    /** An operator sets a tag of a folder of Alice's. */
    void set(FolderTag tag, String path) {
        MailboxSession alice = james.session(TestJames.ALICE);
        services.folders().find(FolderPath.parse(path, Optional.empty()), alice)
            .flatMap(folder -> services.tags().set(tag, folder, alice)).block();
    }

    int port() {
        return servers.getServers().get(0).getPort();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    void play(Transcript transcript) {
        TranscriptRunner runner = new TranscriptRunner(Wire.LINES, "127.0.0.1", port())
            .function("md5", prefix -> hash("MD5", prefix))
            .function("sha1", prefix -> hash("SHA-1", prefix));
        int number = 1;
        for (String name : REFUSING.keySet()) {
            runner = runner.endpoint(name, Wire.LINES, "127.0.0.1", servers.getServers().get(number++).getPort());
        }
        runner.with("connected", CONNECTED)
            .with("pre-authentication", PRE_AUTHENTICATION)
            .with("authenticated", AUTHENTICATED)
            .with("not-selected", NOT_SELECTED)
            .with("presence", PRESENCE)
            .with("storing", STORING)
            .run(transcript);
    }

    /** What proves that the client knows the password. */
    static String hash(String algorithm, String prefix) {
        try {
            byte[] octets = MessageDigest.getInstance(algorithm).digest((prefix + TestJames.PASSWORD).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void play(String transcript) {
        play(Transcript.parse("test", transcript));
    }

    @Override
    public void close() {
        servers.destroy();
    }
}
