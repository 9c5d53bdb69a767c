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

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that are faster than the server, or slower, or gone. */
class BackPressureTest {
    /** The reply is long: the client's buffers are soon full. */
    private static final String COMMAND = "EHLO a\r\n";
    private static final int BURST = 10_000;
    /** What the system keeps for a connection that nobody reads is less: its buffer grows to some MB for who sends fast. */
    private static final long PLENTY_OCTETS = 64L << 20;
    private static final int SMALL_OCTETS = 1 << 14;
    private static final Duration STUCK = Duration.ofSeconds(2);
    private static final int CHUNK_OCTETS = 16 << 20;
    private static final int CHUNKS = 4;

    @BeforeEach
    void startHook() {
        Slow.end = new CountDownLatch(1);
    }

    /** Sends until nothing more is taken, or plenty: the octets. */
    private static long flood(SocketChannel client, Selector selector) throws Exception {
        ByteBuffer commands = StandardCharsets.US_ASCII.encode(COMMAND.repeat(BURST));
        long sent = 0;
        while (sent < PLENTY_OCTETS && selector.select(STUCK.toMillis()) > 0) {
            selector.selectedKeys().clear();
            sent += client.write(commands);
            if (!commands.hasRemaining()) {
                commands.rewind();
            }
        }
        return sent;
    }

    private static SocketChannel connected(SmtpTestServer server) throws Exception {
        SocketChannel client = SocketChannel.open();
        client.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_OCTETS).setOption(StandardSocketOptions.SO_SNDBUF, SMALL_OCTETS);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        ByteBuffer greeting = ByteBuffer.allocate(1 << 10);
        do {
            assertThat(client.read(greeting)).isPositive();
        } while (greeting.get(greeting.position() - 1) != '\n');
        return client;
    }

    @Test
    void clientThatDoesNotReadShouldNotBeRead() throws Exception {
        try (SmtpTestServer server = SmtpTestServer.start();
            SocketChannel client = connected(server); Selector selector = Selector.open()) {
            client.configureBlocking(false);
            SelectionKey key = client.register(selector, SelectionKey.OP_WRITE);
            long sent = flood(client, selector);
            assertThat(sent).isLessThan(PLENTY_OCTETS);

            // It goes on where it has stopped, and nothing is missing.
            key.interestOps(SelectionKey.OP_READ);
            long expected = sent / COMMAND.length() * linesOfReply(server);
            long lines = 0;
            ByteBuffer octets = ByteBuffer.allocate(1 << 16);
            while (lines < expected && selector.select(STUCK.multipliedBy(10).toMillis()) > 0) {
                selector.selectedKeys().clear();
                client.read(octets);
                octets.flip();
                while (octets.hasRemaining()) {
                    lines += octets.get() == '\n' ? 1 : 0;
                }
                octets.clear();
            }
            assertThat(lines).isEqualTo(expected);
        }
    }

    private static int linesOfReply(SmtpTestServer server) throws Exception {
        try (SmtpTestClient client = new SmtpTestClient(server.port())) {
            client.reply();
            client.send(COMMAND);
            return client.lines().size();
        }
    }

    @Test
    void clientShouldNotBeReadWhileACommandIsAtWork() throws Exception {
        try (SmtpTestServer server = new SmtpTestServer("", "<handler class=\"" + Slow.class.getName() + "\"/>");
            SocketChannel client = connected(server); Selector selector = Selector.open()) {
            client.write(StandardCharsets.US_ASCII.encode("EHLO client.example.org\r\nMAIL FROM:<carol@example.net>\r\n"
                + "RCPT TO:<bob@example.org>\r\nBDAT " + (1 << 20) + " LAST\r\n" + "x".repeat(1 << 20)));
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_WRITE);
            assertThat(flood(client, selector)).isLessThan(PLENTY_OCTETS);
            Slow.end.countDown();
            server.accepted();
        }
    }

    @Test
    void chunksOfAFastClientShouldAllBeTaken() throws Exception {
        try (SmtpTestServer server = SmtpTestServer.start(); SmtpTestClient client = SmtpTestClient.inTransaction(server, "")) {
            byte[] chunk = new byte[CHUNK_OCTETS];
            for (int sent = 0; sent < CHUNKS; sent++) {
                client.send("BDAT " + CHUNK_OCTETS + "\r\n");
                client.send(chunk);
            }
            client.send("RSET\r\n");
            for (int sent = 0; sent < CHUNKS; sent++) {
                assertThat(client.reply()).isEqualTo("250 2.0.0 " + CHUNK_OCTETS + " octets received");
            }
            assertThat(client.reply()).startsWith("250 2.0.0 ");
        }
    }

    /** What the session keeps must stay until the command that works with it is done. */
    @Test
    void messageShouldBeWholeWhenTheConnectionEndsBeforeItsReply() throws Exception {
        String body = "Subject: a\r\n\r\n" + "x".repeat(1_000_000) + "\r\n";
        try (SmtpTestServer server = new SmtpTestServer("<connectiontimeout>1</connectiontimeout>",
                "<handler class=\"" + Slow.class.getName() + "\"/>");
            SmtpTestClient client = SmtpTestClient.inTransaction(server, "")) {
            client.send("BDAT " + body.length() + " LAST\r\n" + body);
            // The server has no patience with a client that says nothing.
            String last = client.reply();
            while (!last.equals("closed")) {
                last = client.reply();
            }
            Slow.end.countDown();
            SmtpTestServer.Accepted accepted = server.accepted();
            assertThat(accepted.text()).endsWith(body);
            assertThat(accepted.mail().getRecipients()).hasSize(1);
        }
    }

    /** A hook that takes longer than the connection lasts. */
    static final class Slow implements JamesMessageHook {
        private static volatile CountDownLatch end = new CountDownLatch(1);

        @Override
        public HookResult onMessage(SMTPSession session, Mail mail) {
            try {
                assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return HookResult.DECLINED;
        }
    }
}
