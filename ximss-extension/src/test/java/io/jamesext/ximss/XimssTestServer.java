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
package io.jamesext.ximss;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.james.events.EventBus;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;

import io.jamesext.groupware.MailboxClasses;
import io.jamesext.groupware.OneTimeSecrets;
import io.jamesext.groupware.UserSettings;
import io.jamesext.groupware.file.PersonalFiles;
import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.auth.CredentialStore;
import io.jamesext.kernel.auth.ScramVerifiers;
import io.jamesext.kernel.server.ExtensionServerFactory;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.mailbox.TestKeystore;
import io.jamesext.testing.transcript.TranscriptRunner;
import io.jamesext.testing.transcript.Wire;
import io.jamesext.ximss.account.Accounts;
import io.jamesext.ximss.cli.Commands;
import io.jamesext.ximss.cli.MailboxCommands;
import io.jamesext.ximss.cli.MappingCommands;
import io.jamesext.ximss.cli.QuotaCommands;
import io.jamesext.ximss.cli.UserCommands;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.op.prelogin.Domains;
import io.jamesext.ximss.table.FolderTables;
import io.jamesext.ximss.web.TestWeb;
import io.jamesext.ximss.web.WebClient;

/** A XIMSS server on James's mailbox, on a free port. */
final class XimssTestServer implements AutoCloseable {
    /** Clear passwords are taken without TLS, for the specification's examples do that. */
    static final String PLAIN = "<plainAuthDisallowed>false</plainAuthDisallowed>";

    /** What the operator gives: the skins and dictionaries of the transcripts, and the web. */
    static final String OPERATOR = "<skins>file://" + XimssTestServer.class.getResource("/skins").getPath() + "</skins>"
        + "<dictionaries>file://" + XimssTestServer.class.getResource("/dictionaries").getPath() + "</dictionaries>"
        + "<webPorts>80, 443</webPorts>";

    /** Two servers of one process need two names. */
    private static final AtomicInteger SERVERS = new AtomicInteger();

    final TestJames james;
    final SubmittedMail mail;
    final int port;
    private final TestWeb web;
    private final ExtensionServerFactory factory;

    private XimssTestServer(TestJames james, SubmittedMail mail, TestWeb web, ExtensionServerFactory factory) {
        this.james = james;
        this.mail = mail;
        this.web = web;
        this.factory = factory;
        this.port = factory.getServers().get(0).getPort();
    }

    /** With more configuration, and a folder for a key store when that names one. */
    static XimssTestServer start(Path folder, String more) throws Exception {
        return start(folder, more, bus -> bus);
    }

    /** The same, with something between XIMSS and James's event bus. */
    static XimssTestServer start(Path folder, String more, UnaryOperator<EventBus> between) throws Exception {
        return start(folder, more, between, XimssServerFactory::new);
    }

    /** The same, with another way to make the factory. */
    static XimssTestServer start(Path folder, String more, UnaryOperator<EventBus> between,
                                 Function<XimssServices, XimssServerFactory> factories) throws Exception {
        TestJames james = TestJames.create();
        james.users().addUser(TestJames.ADMINISTRATOR, TestJames.PASSWORD);
        SubmittedMail mail = new SubmittedMail(james);
        TestWeb web = new TestWeb();
        XimssServices services = services(james, between.apply(james.eventBus()), mail, TestJames.fileSystem(folder),
            new WebClient(web.network()));
        ExtensionServerFactory factory = new ExtensionServerFactory(factories.apply(services),
            TestJames.fileSystem(folder), new RecordingMetricFactory(), new NoopGaugeRegistry());
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(new StringReader("<ximssservers><ximssserver enabled=\"true\">"
            + "<bind>127.0.0.1:0</bind><failedLogInDelayMillis>10</failedLogInDelayMillis>"
            + "<gracefulShutdown>false</gracefulShutdown><jmxName>ximss" + SERVERS.incrementAndGet() + "</jmxName>"
            + (more.contains("timeZone") ? "" : "<timeZone>Europe/Paris</timeZone>") + more + "</ximssserver></ximssservers>"));
        factory.configure(configuration);
        factory.init();
        return new XimssTestServer(james, mail, web, factory);
    }

    static String tls(Path folder, String kind) throws Exception {
        return "<tls " + kind + "=\"true\"><keystore>file://" + TestKeystore.create(folder) + "</keystore>"
            + "<keystoreType>PKCS12</keystoreType><secret>" + TestKeystore.PASSWORD + "</secret></tls>";
    }

    static XimssServices services(TestJames james) throws Exception {
        return services(james, james.eventBus(), new SubmittedMail(james), TestJames.fileSystem(Path.of("target")), new WebClient());
    }

    private static XimssServices services(TestJames james, EventBus eventBus, SubmittedMail mail, FileSystem files,
                                          WebClient web) {
        MailboxClasses classes = new MailboxClasses(james.mailboxManager());
        Optional<SideTables> tables = james.cassandra().map(SideTables::create);
        UserSettings settings = UserSettings.on(tables);
        return new XimssServices(james.mailboxManager(), new Mailboxes(james.mailboxManager(), classes, settings), classes,
            james.subscriptionManager(), settings, eventBus,
            new Authentication(james.mailboxManager(), james.users(), ScramVerifiers.on(tables), CredentialStore.on(tables)),
            new Domains(james.domains(), james.users()), mail.submission(), james.users(), james.quotaManager(), james.quotaRootResolver(),
            files, web, commands(james, mail), FolderTables.on(tables),

            new Accounts(james.users(), james.delegations(), settings, OneTimeSecrets.on(tables), mail.submission()),
            tables.map(table -> PersonalFiles.on(table, james.blobs().orElseThrow())).orElseGet(PersonalFiles::inMemory), james.scripts());
    }

    private static Commands commands(TestJames james, SubmittedMail mail) {
        return new Commands(new UserCommands(james.users(), james.domains()), new MappingCommands(mail.rewrites()),
            new MailboxCommands(james.mailboxManager(), james.users()),
            new QuotaCommands(james.quotaManager(), james.maxQuotaManager(), james.quotaRootResolver()), james.users());
    }

    /** Plays transcripts: as anybody, as alice, who may have a private key, or as the administrator. */
    TranscriptRunner runner(Wire wire) throws Exception {
        return new TranscriptRunner(wire, "127.0.0.1", port)
            .with("connected", "# nothing")
            .with("authenticated", """
                C: <login id="login" authData="alice@example.org" password="secret"/>
                S: <session id="login" urlID=".+" userName="alice@example.org"/>
                S: <response id="login"/>
                """)
            .with("administrator", """
                C: <login id="login" authData="admin@example.org" password="secret"/>
                S: <session id="login" urlID=".+" userName="admin@example.org"/>
                S: <response id="login"/>
                """)
            .with("secured", """
                C: <login id="login" authData="alice@example.org" password="secret"/>
                S: <session id="login" urlID=".+" userName="alice@example.org"/>
                S: <response id="login"/>
                C: <SMIMEImport id="import" password="smime-password" filePassword="of the file" replace="yes" \
                accountPassword="secret">${file}</SMIMEImport>
                S: <response id="import"/>
                """)
            .given("file", SecureMailbox.file());
    }

    XimssTestClient client() throws Exception {
        return new XimssTestClient(port);
    }

    @Override
    public void close() {
        mail.close();
        web.close();
        factory.destroy();
    }
}
