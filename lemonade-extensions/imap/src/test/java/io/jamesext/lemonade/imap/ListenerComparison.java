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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.imap.api.process.DefaultMailboxTyper;
import org.apache.james.imap.encode.main.DefaultImapEncoderFactory;
import org.apache.james.imap.main.DefaultImapDecoderFactory;
import org.apache.james.imap.processor.main.DefaultImapProcessorFactory;
import org.apache.james.imapserver.netty.IMAPServer;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.metrics.api.NoopGaugeRegistry;

import io.jamesext.testing.mailbox.TestJames;

/**
 * Measures the stock listener and ours over the same mailboxes in one run, turn by turn, and prints operations a second and the ratio
 * ours/stock.
 * Not a test: run its main. Each number is the best of several rounds, after a round that is not counted.
 */
public final class ListenerComparison {
    private static final int ROUNDS = 25;
    private static final int NOOPS = 10_000;
    private static final int SEQUENTIAL_NOOPS = 2_000;
    private static final int APPENDS = 100;
    private static final int FETCHES = 40;
    private static final int SMALL_FETCHES = 500;
    private static final String MESSAGE = "Subject: measured\r\nFrom: a@example.org\r\n\r\n" + "All work and no play.\r\n".repeat(100);
    private static final String LARGE_MESSAGE = "Subject: large\r\n\r\n" + "All work and no play.\r\n".repeat(45_000);

    /** One thing a client does, so many times; the connection is logged in. */
    @FunctionalInterface
    private interface Work {
        void run(ImapTestClient client) throws Exception;
    }

    private ListenerComparison() {
    }

    public static void main(String[] args) throws Exception {
        TestJames james = TestJames.create();
        IMAPServer stock = stock(james);
        LemonadeImapServers ours = new LemonadeImapServers(new LemonadeImapServerFactory(new ImapTestServer.TestFileSystem(),
            ImapTestServer.services(james), new NoopGaugeRegistry()));
        ours.start(ImapTestServer.configuration("<lemonadeimapserver><bind>127.0.0.1:0</bind><gracefulShutdown>false</gracefulShutdown>"
            + "<auth><requireSSL>false</requireSSL></auth></lemonadeimapserver>"));
        int oursPort = ((IMAPServer) ours.listeners().findFirst().orElseThrow()).getListenAddresses().get(0).getPort();
        int stockPort = stock.getListenAddresses().get(0).getPort();
        prepare(oursPort);
        if (args.length > 0) {
            compare("APPEND {n+} of 2 KB, one by one", APPENDS, stockPort, oursPort, ListenerComparison::appends);
            compare("APPEND {n+} of 2 KB, one by one", APPENDS, stockPort, oursPort, ListenerComparison::appends);
            System.exit(0);
        }
        compare("NOOP, pipelined", NOOPS, stockPort, oursPort, ListenerComparison::pipelinedNoops);
        compare("NOOP, one by one", SEQUENTIAL_NOOPS, stockPort, oursPort, ListenerComparison::noops);
        compare("FETCH BODY[] of 2 KB, one by one", SMALL_FETCHES, stockPort, oursPort, client -> fetches(client, "small", SMALL_FETCHES));
        compare("FETCH BODY[] of 1 MB, one by one", FETCHES, stockPort, oursPort, client -> fetches(client, "large", FETCHES));
        compare("APPEND {n+} of 2 KB, one by one", APPENDS, stockPort, oursPort, ListenerComparison::appends);
        ours.stop();
        stock.destroy();
        System.exit(0);
    }

    private static IMAPServer stock(TestJames james) throws Exception {
        ImapServices services = ImapTestServer.services(james);
        IMAPServer server = new IMAPServer(DefaultImapDecoderFactory.createDecoder(), new DefaultImapEncoderFactory().buildImapEncoder(),
            DefaultImapProcessorFactory.createXListSupportingProcessor(services.mailboxManager(), james.eventBus(),
                services.subscriptionManager(),
                new DefaultMailboxTyper(), services.quotaManager(), services.quotaRootResolver(), services.metricFactory()),
            new ImapMetrics(services.metricFactory()), new NoopGaugeRegistry());
        server.setFileSystem(new ImapTestServer.TestFileSystem());
        HierarchicalConfiguration<ImmutableNode> configuration = ImapTestServer.configuration(
            "<imapserver><bind>127.0.0.1:0</bind><gracefulShutdown>false</gracefulShutdown>"
            + "<auth><requireSSL>false</requireSSL></auth></imapserver>")
            .configurationAt("imapserver");
        server.configure(configuration);
        server.init();
        return server;
    }

    private static void prepare(int port) throws Exception {
        try (ImapTestClient client = logIn(port)) {
            client.command("p1 CREATE small");
            client.command("p2 CREATE large");
            client.write("p3 APPEND small {" + MESSAGE.length() + "+}\r\n" + MESSAGE + "\r\n");
            client.until("p3 ");
            client.write("p4 APPEND large {" + LARGE_MESSAGE.length() + "+}\r\n" + LARGE_MESSAGE + "\r\n");
            client.until("p4 ");
        }
    }

    private static void compare(String name, int count, int stockPort, int oursPort, Work work) throws Exception {
        double stock = 0;
        double ours = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            // Taking turns at being first, so that what one leaves behind is not always the other's load.
            boolean stockFirst = round % 2 == 0;
            double first = rate(count, stockFirst ? stockPort : oursPort, work);
            double second = rate(count, stockFirst ? oursPort : stockPort, work);
            double stockRate = stockFirst ? first : second;
            double oursRate = stockFirst ? second : first;
            if (round > 0) {
                stock = Math.max(stock, stockRate);
                ours = Math.max(ours, oursRate);
            }
        }
        System.out.println(String.format(Locale.ROOT, "%-34s stock %,9.0f/s   ours %,9.0f/s   ratio %.2f", name, stock, ours,
            ours / stock));
    }

    private static double rate(int count, int port, Work work) throws Exception {
        try (ImapTestClient client = logIn(port)) {
            long start = System.nanoTime();
            work.run(client);
            return count * 1e9 / (System.nanoTime() - start);
        }
    }

    private static ImapTestClient logIn(int port) throws IOException {
        ImapTestClient client = new ImapTestClient(port);
        client.line();
        client.command("l LOGIN alice@example.org secret");
        return client;
    }

    private static void pipelinedNoops(ImapTestClient client) throws Exception {
        Thread writer = new Thread(() -> {
            try {
                client.write("n NOOP\r\n".repeat(NOOPS));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        for (int i = 0; i < NOOPS; i++) {
            client.line();
        }
        writer.join();
    }

    private static void noops(ImapTestClient client) throws IOException {
        for (int i = 0; i < SEQUENTIAL_NOOPS; i++) {
            client.command("n NOOP");
        }
    }

    private static void fetches(ImapTestClient client, String mailbox, int count) throws IOException {
        client.command("s SELECT " + mailbox);
        for (int i = 0; i < count; i++) {
            client.write("f FETCH 1 BODY.PEEK[]\r\n");
            String header = client.line();
            if (!header.endsWith("}")) {
                throw new IllegalStateException("no literal: " + header);
            }
            client.octets(Integer.parseInt(header.substring(header.indexOf('{') + 1, header.indexOf('}'))));
            client.until("f ");
        }
    }

    /** Into a mailbox that is emptied first: James's in-memory search grows with the account, and that is not what is measured. */
    private static void appends(ImapTestClient client) throws IOException {
        List.of("d DELETE appended", "c CREATE appended").forEach(command -> {
            try {
                client.command(command);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        String append = "a APPEND appended {" + MESSAGE.length() + "+}\r\n" + MESSAGE + "\r\n";
        for (int i = 0; i < APPENDS; i++) {
            client.write(append);
            client.until("a ");
        }
    }
}
