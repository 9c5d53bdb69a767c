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
package io.jamesext.dmap.dmtp;

import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.james.UserEntityValidator;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.apache.james.rrt.api.RecipientRewriteTableConfiguration;
import org.apache.james.rrt.memory.MemoryRecipientRewriteTable;
import org.apache.james.transport.mailets.LocalDelivery;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;

import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.Content;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.MessageComposer;
import io.jamesext.dmap.dime.message.OriginSigner;
import io.jamesext.dmap.dime.message.Parties;
import io.jamesext.dmap.dime.message.Party;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.dmtp.client.DmtpClient;
import io.jamesext.dmap.dmtp.client.DmtpServers;
import io.jamesext.dmap.dmtp.client.DmtpSettings;
import io.jamesext.dmap.dmtp.client.DmtpSignets;
import io.jamesext.dmap.dmtp.client.DmtpTls;
import io.jamesext.dmap.mailet.DimeDelivery;
import io.jamesext.dmap.mailet.LocalRecipients;
import io.jamesext.dmap.ring.DimeSettings;
import io.jamesext.dmap.ring.KeyRing;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.Organisations;
import io.jamesext.dmap.ring.RemoteSignets;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.dmap.ring.Signets;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.kernel.server.ExtensionServerFactory;
import io.jamesext.kernel.submit.MailSpool;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.mailbox.TestKeystore;
import io.jamesext.testing.transcript.TranscriptRunner;
import io.jamesext.testing.transcript.Wire;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One side of DMTP: a domain with keys and users on James, a DMTP server for it on a free port, a client that knows the ways it is told,
 * James's spool queue, and the mailets that a mail from there goes through.
 */
final class Installation implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Organisation organisation;
    final FakeMailContext context = FakeMailContext.defaultContext();
    final MemoryMailQueueFactory queues = new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory());
    final MemoryRecipientRewriteTable rewrites = new MemoryRecipientRewriteTable();
    final KeyRing keys;
    final DmtpServerFactory factory;
    final Directory directory;
    /** Whom the server asks for signets of others. */
    volatile RemoteSignets remote = RemoteSignets.NONE;
    private final TestJames james;
    private final Path folder;
    private final Signets signets;
    final Organisations organisations;
    final Recipients recipients;
    private final ExtensionServerFactory servers;
    private final BlockingQueue<MailQueue.MailQueueItem> spooled = new LinkedBlockingQueue<>();
    private final Disposable spool;
    /** Disposed of at the end. */
    final List<Mail> used = new ArrayList<>();

    /** A domain on this James, with more elements of {@code dmtpserver.xml}. */
    Installation(TestJames james, String domain, Path folder, String settings) throws Exception {
        this.james = james;
        this.folder = folder;
        this.organisation = TestDime.organisation(domain);
        this.organisations = new Organisations(List.of(organisation));
        this.keys = keys(james);
        this.signets = new Signets(keys, organisations);
        if (!james.domains().containsDomain(Domain.of(domain))) {
            james.domains().addDomain(Domain.of(domain));
        }
        rewrites.setConfiguration(RecipientRewriteTableConfiguration.DEFAULT_ENABLED);
        rewrites.setDomainList(james.domains());
        rewrites.setUsersRepository(james.users());
        rewrites.setUserEntityValidator(UserEntityValidator.NOOP);
        this.recipients = new Recipients(organisations, james.users(), rewrites);
        this.directory = new Directory(signets, organisations, recipients);
        Acceptance acceptance = new Acceptance(organisations, directory, recipients,
            asked(), new MailSpool(queues), Clock.systemUTC());
        this.spool = Flux.from(queues.createQueue(MailQueueFactory.SPOOL).deQueue()).subscribe(spooled::add);
        this.factory = new DmtpServerFactory(new DmtpServices(directory, acceptance));
        this.servers = new ExtensionServerFactory(factory,
            TestJames.fileSystem(folder), new RecordingMetricFactory(), new NoopGaugeRegistry());
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(new StringReader("<dmtpservers><dmtpserver enabled=\"true\"><bind>127.0.0.1:0</bind>"
            + "<jmxName>dmtp-" + domain + "</jmxName><helloName autodetect=\"false\">dx." + domain + "</helloName>"
            + "<gracefulShutdown>false</gracefulShutdown>"
            + "<tls socketTLS=\"true\" startTLS=\"false\"><keystore>file://" + keystore(folder) + "</keystore>"
            + "<keystoreType>PKCS12</keystoreType><secret>" + TestKeystore.PASSWORD + "</secret></tls>" + settings
            + "</dmtpserver></dmtpservers>"));
        servers.configure(configuration);
        servers.init();
    }

    private RemoteSignets asked() {
        return new RemoteSignets() {
            @Override
            public Mono<Signet> find(String address, Optional<Fingerprint> fingerprint) {
                return remote.find(address, fingerprint);
            }

            @Override
            public Optional<Signet> known(String address, Optional<Fingerprint> fingerprint) {
                return remote.known(address, fingerprint);
            }
        };
    }

    private static KeyRing keys(TestJames james) {
        return TestDime.on(james.cassandra().map(SideTables::create), DimeSettings.NONE).keys();
    }

    /** A certificate for localhost, made once. */
    static synchronized Path keystore(Path folder) throws Exception {
        Path file = folder.resolve("dmtp-keystore");
        if (!Files.exists(file)) {
            TestKeystore.create(file, "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        }
        return file;
    }

    /** A store that trusts the certificate. */
    static DmtpSettings.TrustStore trustStore(Path keystore) throws Exception {
        return new DmtpSettings.TrustStore("file://" + TestKeystore.trusting(keystore), "PKCS12", TestKeystore.PASSWORD);
    }

    /** New keys of a user's, whose private half the user keeps. */
    PrivateKeys enrol(Username user) {
        PrivateKeys own = PrivateKeys.generateUser(RANDOM);
        add(user, SignetIssuer.request(own));
        return own;
    }

    /** The user's next keys, signed by the ones before. */
    PrivateKeys renew(Username user, PrivateKeys before) {
        PrivateKeys own = PrivateKeys.generateUser(RANDOM);
        add(user, SignetIssuer.renewal(own, before.signingKey()));
        return own;
    }

    private void add(Username user, Signet request) {
        Signet crypto = SignetIssuer.user(request, organisation.keys().signingKey());
        Signet full = SignetIssuer.full(crypto, List.of(), organisation.keys().signingKey());
        Signet signet = SignetIssuer.identified(full, user.asString(), organisation.keys().signingKey());
        keys.add(user, new RingKey(signet, Optional.empty(), Instant.now(), Optional.empty())).block();
    }

    Signet signet(Username user) {
        return signets.current(user).block();
    }

    int port() {
        return servers.getServers().get(0).getPort();
    }

    TranscriptRunner runner() {
        return new TranscriptRunner(Wire.TLS_LINES, "127.0.0.1", port());
    }

    /** A client that asks this side for its domain. */
    DmtpClient client(Installation other) throws Exception {
        return client(new DmtpSettings(ImmutableMap.of(other.organisation.domain(), new DmtpSettings.Route(
            HostAndPort.fromParts("localhost", other.port()), Optional.of(other.organisation.signet().signingKey()))),
            Optional.of(trustStore(keystore(folder)))));
    }

    /** The signets of that side. */
    RemoteSignets remote(Installation other) throws Exception {
        return new DmtpSignets(organisations, client(other));
    }

    DmtpClient client(DmtpSettings settings) throws Exception {
        DNSService dns = new InMemoryDNSService();
        return new DmtpClient(new DmtpServers(settings, dns), new DmtpTls(settings, TestJames.fileSystem(folder)), dns);
    }

    /** The mailet, which sends by this client. */
    DimeDelivery mailet(DmtpClient client, String delays) throws Exception {
        DimeDelivery mailet = new DimeDelivery(organisations,
            new LocalRecipients(organisations, recipients, signets, james.users(), Clock.systemUTC()), client, queues, Clock.systemUTC());
        mailet.init(FakeMailetConfig.builder().mailetName("DimeDelivery").mailetContext(context).setProperty("delays", delays).build());
        return mailet;
    }

    /** What James does with the next mail of the spool: the mailet, then delivery if it goes on. */
    Mail deliverNext(DimeDelivery mailet) throws Exception {
        Mail mail = next();
        mailet.service(mail);
        if (!mail.getState().equals(Mail.GHOST)) {
            LocalDelivery delivery = new LocalDelivery(james.users(), james.mailboxManager(), new RecordingMetricFactory());
            delivery.init(FakeMailetConfig.builder().mailetName("LocalDelivery").mailetContext(context).build());
            delivery.service(mail);
        }
        return mail;
    }

    /** The next mail in the spool. */
    Mail next() throws InterruptedException {
        MailQueue.MailQueueItem item = spooled.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (item == null) {
            throw new AssertionError("no mail within " + PATIENCE);
        }
        used.add(item.getMail());
        return item.getMail();
    }

    boolean hasSpooledNothing() {
        return spooled.isEmpty();
    }

    /** The messages in a user's INBOX, as they are stored. */
    List<byte[]> inbox(Username user) throws Exception {
        MailboxSession session = james.session(user);
        Iterator<MessageResult> messages = james.mailboxManager().getMailbox(MailboxPath.inbox(user), session)
            .getMessages(MessageRange.all(), FetchGroup.FULL_CONTENT, session);
        List<byte[]> contents = new ArrayList<>();
        while (messages.hasNext()) {
            try (InputStream in = messages.next().getFullContent().getInputStream()) {
                contents.add(in.readAllBytes());
            }
        }
        return contents;
    }

    /** A message between users of two sides, signed by its author and its origin. */
    static Message message(Installation from, Username author, PrivateKeys authorKeys, Installation to, Username recipient) {
        return message(from, author, authorKeys, new Party(to.organisation.domain(), to.organisation.signet()),
            new Party(recipient.asString(), to.signet(recipient)));
    }

    static Message message(Installation from, Username author, PrivateKeys authorKeys, Party destination, Party recipient) {
        Parties parties = new Parties(new Party(author.asString(), from.signet(author)),
            new Party(from.organisation.domain(), from.organisation.signet()), destination, recipient);
        Message composed = new MessageComposer(RANDOM).compose(parties, List.of(
            new Content(ChunkKind.COMMON_HEADERS,
                "Date: now\r\nTo: you\r\nFrom: me\r\nSubject: Hello\r\n".getBytes(StandardCharsets.US_ASCII)),
            new Content(ChunkKind.OTHER_HEADERS, new byte[0]),
            new Content(ChunkKind.DISPLAY_CONTENT, "Content-Type: text/plain\r\n\r\nHi Bob".getBytes(StandardCharsets.US_ASCII))),
            authorKeys.signingKey());
        return new OriginSigner(from.organisation.keys().decryptionKey(), from.organisation.keys().signingKey()).sign(composed, Set.of());
    }

    @Override
    public void close() {
        servers.destroy();
        spool.dispose();
        used.forEach(LifecycleUtil::dispose);
        spooled.forEach(item -> LifecycleUtil.dispose(item.getMail()));
    }
}
