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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.rrt.lib.MappingSource;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.MessageLayout;
import io.jamesext.dmap.dime.message.Party;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.dmtp.op.Data;
import io.jamesext.dmap.dmtp.wire.DmtpFrame;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.mailet.MailInTransit;
import io.jamesext.dmap.mailet.WatchedQueues;
import io.jamesext.dmap.ring.RemoteSignets;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.kernel.server.Connection;
import io.jamesext.kernel.submit.MailSpool;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

/** What becomes of messages that are handed over. */
@BothBackends
class DataTest {
    private static final Username BOB = Username.of("bob@example.net");
    private static final Username CAROL = Username.of("carol@limited.example");

    @TempDir
    static Path folder;
    private static Installation org;
    private static Installation net;
    private static Installation limited;
    private static PrivateKeys alice;
    private static PrivateKeys bob;

    @BeforeAll
    static void twoDomains() throws Exception {
        TestJames james = TestJames.create();
        org = new Installation(james, "example.org", folder, "");
        net = new Installation(james, "example.net", folder, "<maxMessageBytes>100000</maxMessageBytes>");
        limited = new Installation(james, "limited.example", folder, "<maxLookupsPerMinute>2</maxLookupsPerMinute>");
        james.users().addUser(CAROL, "secret");
        james.users().addUser(BOB, "secret");
        james.mailboxManager().createMailbox(MailboxPath.inbox(BOB), james.session(BOB));
        alice = org.enrol(TestJames.ALICE);
        bob = net.enrol(BOB);
    }

    @BeforeEach
    void askTheOrigin() {
        net.remote = (domain, fingerprint) -> domain.equals("example.org") ? Mono.just(org.organisation.signet()) : Mono.empty();
    }

    @AfterAll
    static void close() {
        org.close();
        net.close();
        limited.close();
    }

    private byte[] message() {
        return Installation.message(org, TestJames.ALICE, alice, net, BOB).toBytes();
    }

    private static String answer(Installation there, byte[] message) throws Exception {
        try (DmtpTestClient client = new DmtpTestClient(there.port())) {
            client.ask("EHLO HOST=<dx.example.org>");
            client.ask("MAIL FROM=<example.org>");
            client.ask("RCPT TO=<" + there.organisation.domain() + ">");
            return client.data(message);
        }
    }

    private String answer(String origin, byte[] message) throws Exception {
        try (DmtpTestClient client = new DmtpTestClient(net.port())) {
            client.ask("EHLO HOST=<dx.example.org>");
            client.ask("MAIL FROM=<" + origin + ">");
            client.ask("RCPT TO=<example.net>");
            return client.data(message);
        }
    }

    @Test
    void aMessageShouldBeInTheQueueWhenItIsAnswered() throws Exception {
        byte[] message = message();
        assertThat(answer("example.org", message)).isEqualTo("250 OK");
        Mail mail = net.next();
        assertThat(mail.getMaybeSender().isNullSender()).isTrue();
        assertThat(mail.getRecipients()).extracting(MailAddress::asString).containsExactly("postmaster@example.net");
        assertThat(MailInTransit.attribute(mail, MailInTransit.ORIGIN)).contains("example.org");
        assertThat(MailInTransit.attribute(mail, MailInTransit.DESTINATION)).contains("example.net");
        assertThat(mail.getMessage().getContentType()).isEqualTo(DimeWrapper.MEDIA_TYPE);
        assertThat(mail.getMessage().getRawInputStream().readAllBytes()).isEqualTo(message);
    }

    @Test
    void anOlderSignetShouldStillBeGood() throws Exception {
        byte[] message = message();
        Signet older = net.signet(BOB);
        Thread.sleep(2);
        bob = net.renew(BOB, bob);
        assertThat(net.signet(BOB)).isNotEqualTo(older);
        assertThat(answer("example.org", message)).isEqualTo("250 OK");
        net.next();
    }

    @Test
    void anotherOriginThanMailNamesShouldBeRefused() throws Exception {
        assertThat(answer("example.com", message())).isEqualTo("554 the message names another origin than MAIL");
        assertThat(net.hasSpooledNothing()).isTrue();
    }

    @Test
    void anotherSignetThanMailNamesShouldBeRefused() throws Exception {
        try (DmtpTestClient client = new DmtpTestClient(net.port())) {
            client.ask("EHLO HOST=<dx.example.org>");
            client.ask("MAIL FROM=<example.org> FINGERPRINT=[" + "A".repeat(86) + "]");
            client.ask("RCPT TO=<example.net>");
            assertThat(client.data(message())).isEqualTo("554 the message names another origin than MAIL");
        }
    }

    @Test
    void aMessageWithoutTheOriginsSignatureShouldBeRefused() throws Exception {
        byte[] message = message();
        MessageLayout layout = Message.read(message).layout();
        // In the body, which nobody here can read: only the signature tells.
        message[(int) layout.find(ChunkKind.DISPLAY_CONTENT).orElseThrow().payloadStart() + 20] ^= 1;
        assertThat(answer("example.org", message)).isEqualTo("554 the message is not signed by its origin");
        assertThat(net.hasSpooledNothing()).isTrue();
    }

    @Test
    void aSignatureOfSomebodyElseShouldBeRefused() throws Exception {
        net.remote = (domain, fingerprint) -> Mono.just(TestDime.organisation("example.org").signet());
        assertThat(answer("example.org", message())).isEqualTo("554 the message is not signed by its origin");
    }

    @Test
    void aMessageForAnotherOrganisationShouldBeRefused() throws Exception {
        byte[] message = Installation.message(org, TestJames.ALICE, alice, org, TestJames.ALICE).toBytes();
        assertThat(answer("example.org", message)).isEqualTo("554 the destination chunk does not open with this organisation's key");
    }

    @Test
    void nobodyShouldBeRefused() throws Exception {
        Signet stranger = SignetIssuer.user(SignetIssuer.request(PrivateKeys.generateUser(new SecureRandom())),
            net.organisation.keys().signingKey());
        Party destination = new Party("example.net", net.organisation.signet());
        for (String name : new String[] {"nobody@example.net", "bob@example.net"}) {
            assertThat(answer("example.org",
                Installation.message(org, TestJames.ALICE, alice, destination, new Party(name, stranger)).toBytes()))
                .isEqualTo("550 no such recipient with that signet");
        }
        assertThat(answer("example.org",
            Installation.message(org, TestJames.ALICE, alice, destination, new Party("bob@example.com", stranger)).toBytes()))
            .isEqualTo("554 the message is for another domain than RCPT names");
        assertThat(net.hasSpooledNothing()).isTrue();
    }

    @Test
    void aliasesShouldBeTheirUsers() throws Exception {
        net.rewrites.addAliasMapping(MappingSource.fromUser("robert", "example.net"), BOB.asString());
        Party destination = new Party("example.net", net.organisation.signet());
        assertThat(answer("example.org", Installation.message(org, TestJames.ALICE, alice, destination,
            new Party("robert@example.net", net.signet(BOB))).toBytes())).isEqualTo("250 OK");
        net.next();
    }

    @Test
    void aMessageShouldWaitWhileTheOriginCannotBeAsked() throws Exception {
        net.remote = (domain, fingerprint) -> Mono.empty();
        assertThat(answer("example.org", message())).isEqualTo("451 the signet of the origin cannot be had now");
        net.remote = RemoteSignets.NONE;
        assertThat(answer("example.org", message())).startsWith("451 ");
    }

    @Test
    void whatIsNoMessageShouldBeRefused() throws Exception {
        assertThat(answer("example.org", new byte[0])).startsWith("554 not a DIME message");
        assertThat(answer("example.org", "From: me\r\n\r\nHi".getBytes(StandardCharsets.US_ASCII))).startsWith("554 not a DIME message");
        byte[] message = message();
        assertThat(answer("example.org", Arrays.copyOf(message, message.length - 1))).startsWith("554 not a DIME message");
        assertThat(answer("example.org", Arrays.copyOf(message, message.length + 1))).startsWith("554 not a DIME message");
    }

    @Test
    void whatComesBehindARefusedDataShouldBeThrownAwayAndTheNextMessageTaken() throws Exception {
        try (DmtpTestClient client = new DmtpTestClient(net.port())) {
            assertThat(client.data("RSET\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("503 the command cannot be used in this state");
            assertThat(client.ask("EHLO HOST=<dx.example.org>")).isEqualTo("250 SIZE=[100000]");
            client.ask("MAIL FROM=<example.org>");
            client.ask("RCPT TO=<example.net>");
            assertThat(client.data(new byte[3])).startsWith("554 ");
            assertThat(client.data(new byte[3])).as("the transaction is over").startsWith("503 ");
            client.ask("MAIL FROM=<example.org>");
            client.ask("RCPT TO=<example.net>");
            assertThat(client.data(message())).isEqualTo("250 OK");
            net.next();
            assertThat(client.ask("QUIT")).isEqualTo("221 bye");
        }
    }

    @Test
    void whoMakesUsAskOthersShouldBeCountedAndWhatIsKnownShouldNot() throws Exception {
        RemoteSignets remote = limited.remote(org);
        limited.remote = remote;
        limited.enrol(CAROL);
        byte[] message = Installation.message(org, TestJames.ALICE, alice, limited, CAROL).toBytes();
        for (int i = 0; i < 5; i++) {
            assertThat(answer(limited, message)).as("the first one asks").isEqualTo("250 OK");
            limited.next();
        }
        limited.remote = (domain, fingerprint) -> Mono.empty();
        assertThat(answer(limited, message)).isEqualTo("451 the signet of the origin cannot be had now");
        assertThat(answer(limited, message)).isEqualTo("451 too many questions, try again in a minute");
        limited.remote = remote;
        assertThat(answer(limited, message)).isEqualTo("250 OK");
        limited.next();
    }

    private record Answer(String code, DmtpState state) {
    }

    /** What is answered to DATA of a message by this, and in which state. */
    private static Answer answer(Acceptance acceptance, byte[] message) {
        Iterator<DmtpFrame> frames = List.<DmtpFrame>of(new DmtpFrame.Part(message), new DmtpFrame.End()).iterator();
        DmtpSession session = new DmtpSession(connection(frames));
        session.greeted();
        session.from(new DmtpSession.Named("example.org", Optional.empty()));
        session.to(new DmtpSession.Named("example.net", Optional.empty()));
        return Objects.requireNonNull(Mono.from(new Data(acceptance, new LookupRate(0)).run(new Data.Request(message.length), session))
            .map(reply -> new Answer("OK", session.state()))
            .onErrorResume(e -> Mono.just(new Answer(e.toString(), session.state())))
            .block());
    }

    @SuppressWarnings("unchecked") // Nothing else of it is asked here.
    private static Connection<DmtpFrame, DmtpReply> connection(Iterator<DmtpFrame> frames) {
        return (Connection<DmtpFrame, DmtpReply>) Proxy.newProxyInstance(Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class}, (proxy, method, arguments) -> method.getName().equals("nextFrame")
                ? Mono.fromSupplier(frames::next)
                : InetAddress.getLoopbackAddress());
    }

    private static Acceptance acceptance(MailQueueFactory<?> queues) {
        return new Acceptance(net.organisations, net.directory, net.recipients, net.remote, new MailSpool(queues), Clock.systemUTC());
    }

    /** A client that does not wait for the answer sends the next MAIL at once. */
    @Test
    void theTransactionShouldBeOverWhenItIsAnswered() throws Exception {
        assertThat(answer(acceptance(net.queues), message()).state()).isEqualTo(DmtpState.GREETED);
        net.next();
        assertThat(answer(acceptance(net.queues), new byte[3]).state()).isEqualTo(DmtpState.GREETED);
    }

    @Test
    void aFileThatCannotBeDeletedShouldNotMakeTheMessageComeAgain() throws Exception {
        byte[] message = message();
        WatchedQueues queues = new WatchedQueues(net.queues, (queue, mail, delay) -> {
            queue.enQueue(mail);
            Path inTheWay = temporary(message);
            Files.delete(inTheWay);
            Path full = Files.createDirectories(inTheWay.resolve("full"));
            inTheWay.toFile().deleteOnExit();
            full.toFile().deleteOnExit();
        });
        assertThat(answer(acceptance(queues), message).code()).isEqualTo("OK");
        net.next();
    }

    /** The file that has this content. */
    private static Path temporary(byte[] content) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "james-message*")) {
            for (Path file : files) {
                if (Files.isRegularFile(file) && Files.size(file) == content.length && Arrays.equals(Files.readAllBytes(file), content)) {
                    return file;
                }
            }
        }
        throw new AssertionError("the message is in no file");
    }

    @Test
    void aMessageThatIsTooLargeShouldEndTheConnectionBeforeItsFirstOctet() throws Exception {
        try (DmtpTestClient client = new DmtpTestClient(net.port())) {
            assertThat(client.ask("DATA SIZE=[100001]")).isEqualTo("552 a message has at most 100000 octets");
            assertThat(client.isClosed()).isTrue();
        }
    }
}
