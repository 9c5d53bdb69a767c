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


package io.jamesext.lemonade.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.mail.MessagingException;

import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.james.UserEntityValidator;
import org.apache.james.core.Username;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailbox.Authorizator;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.apache.james.rrt.api.CanSendFrom;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.api.RecipientRewriteTableConfiguration;
import org.apache.james.rrt.lib.AliasReverseResolverImpl;
import org.apache.james.rrt.lib.CanSendFromImpl;
import org.apache.james.rrt.memory.MemoryRecipientRewriteTable;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SmtpMetricsImpl;
import org.apache.james.user.api.UsersRepository;
import org.apache.mailet.Mail;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.TypeLiteral;

import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.auth.ScramVerifiers;
import io.jamesext.kernel.mailbox.Mailboxes;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.lemonade.smtp.burl.BurlCommand;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.mailbox.TestKeystore;
import io.jamesext.urlauth.AuthorizedUrls;
import io.jamesext.urlauth.MailboxKeys;
import io.jamesext.urlauth.UrlContents;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** James's SMTP server with our handlers on a free port of the loopback, with James's mailboxes and a queue behind it. */
final class SmtpTestServer implements AutoCloseable {
    static final Username ALICE = TestJames.ALICE;
    static final Username BOB = TestJames.BOB;
    static final String PASSWORD = TestJames.PASSWORD;
    /** BURL, with a name for this server. */
    static final String BURL = "<handler class=\"" + BurlCommand.class.getName() + "\"><hosts>example.com</hosts></handler>";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestJames james = TestJames.create();
    private final Injector injector;
    private final SMTPServer server;
    private final BlockingQueue<Accepted> accepted = new LinkedBlockingQueue<>();
    private final Disposable queue;

    /** A message that the server has accepted, with the octets behind its trace header. */
    record Accepted(Mail mail, byte[] octets) {
        /** One character an octet. */
        String text() {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    /** Elements of the server's configuration, and of its handlerchain. */
    SmtpTestServer(String elements, String handlers) throws Exception {
        MemoryMailQueueFactory queues = new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory());
        this.injector = Guice.createInjector(new Bindings(queues));
        this.queue = Flux.from(queues.createQueue(MailQueueName.of("spool"), MailQueueFactory.defaultPrefetchCount()).deQueue())
            .subscribe(item -> accepted.add(copy(item.getMail())));
        this.server = new SMTPServer(new SmtpMetricsImpl(new RecordingMetricFactory()));
        server.setDnsService(new InMemoryDNSService());
        server.setFileSystem(TestJames.fileSystem(Path.of("target")));
        server.setProtocolHandlerLoader((name, configuration) -> {
            try {
                ProtocolHandler handler = (ProtocolHandler) injector.getInstance(Class.forName(name));
                handler.init(configuration);
                return handler;
            } catch (Exception e) {
                throw new IllegalStateException(name, e);
            }
        });
        server.configure(configuration("<jmxName>smtp-" + UUID.randomUUID() + "</jmxName><bind>127.0.0.1:0</bind>"
            + "<gracefulShutdown>false</gracefulShutdown><ioWorkerCount>2</ioWorkerCount>"
            + (elements.contains("<auth>") ? "" : "<auth><announce>always</announce><requireSSL>false</requireSSL></auth>"
                + "<verifyIdentity>true</verifyIdentity>")
            + "<handlerchain coreHandlersPackage=\"" + LemonadeHandlers.class.getName() + "\">"
            + handlers + "</handlerchain>" + elements));
        server.init();
    }

    static SmtpTestServer start() throws Exception {
        return new SmtpTestServer("", "");
    }

    private static Accepted copy(Mail mail) {
        try {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            mail.getMessage().writeTo(octets);
            // The caller gets its addresses and attributes.
            LifecycleUtil.dispose(mail);
            return new Accepted(mail, octets.toByteArray());
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static XMLConfiguration configuration(String elements) throws Exception {
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(new StringReader("<smtpserver enabled=\"true\">" + elements + "</smtpserver>"));
        return configuration;
    }

    /** A server's element for a key store of {@link TestKeystore}. */
    static String tls(Path keystore) {
        return "<tls socketTLS=\"false\" startTLS=\"true\"><keystore>" + keystore.toUri() + "</keystore><keystoreType>PKCS12</keystoreType>"
            + "<secret>" + TestKeystore.PASSWORD + "</secret></tls>";
    }

    int port() {
        return server.getListenAddresses().get(0).getPort();
    }

    TestJames james() {
        return james;
    }

    <T> T service(Class<T> type) {
        return injector.getInstance(type);
    }

    /** The authorised URLs of its mailboxes, as an IMAP server makes them. */
    AuthorizedUrls urls() {
        return new AuthorizedUrls(james.mailboxManager(), service(UrlContents.class), service(MailboxKeys.class), Clock.systemUTC());
    }

    /** The next message that the server accepts. */
    Accepted accepted() throws Exception {
        Accepted next = accepted.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("no message within " + PATIENCE);
        }
        return next;
    }

    /** Whether it has accepted none that nobody has asked for. */
    boolean acceptedNothing() {
        return accepted.isEmpty();
    }

    @Override
    public void close() {
        server.destroy();
        queue.dispose();
    }

    private final class Bindings extends AbstractModule {
        private final MemoryMailQueueFactory queues;

        Bindings(MemoryMailQueueFactory queues) {
            this.queues = queues;
        }

        @Override
        protected void configure() {
            MemoryRecipientRewriteTable rewrites = new MemoryRecipientRewriteTable();
            rewrites.setConfiguration(RecipientRewriteTableConfiguration.DEFAULT_ENABLED);
            bind(new TypeLiteral<MailQueueFactory<?>>() { }).toInstance(queues);
            bind(RecipientRewriteTable.class).toInstance(rewrites);
            bind(CanSendFrom.class).toInstance(new CanSendFromImpl(rewrites, new AliasReverseResolverImpl(rewrites)));
            bind(UserEntityValidator.class).toInstance(UserEntityValidator.NOOP);
            bind(DomainList.class).toInstance(james.domains());
            bind(UsersRepository.class).toInstance(james.users());
            bind(DNSService.class).toInstance(new InMemoryDNSService());
            bind(MetricFactory.class).toInstance(new RecordingMetricFactory());
            bind(Authorizator.class).toInstance((user, other) -> Authorizator.AuthorizationState.FORBIDDEN);
            bind(Clock.class).toInstance(Clock.systemUTC());
            bind(MailboxManager.class).toInstance(james.mailboxManager());
            bind(Mailboxes.class).toInstance(Mailboxes.of(james.mailboxManager()));
            bind(MailboxKeys.class).toInstance(MailboxKeys.on(james.cassandra().map(SideTables::create)));
            bind(Authentication.class).toInstance(
                new Authentication(james.mailboxManager(), james.users(), ScramVerifiers.on(Optional.empty())));
        }
    }
}
