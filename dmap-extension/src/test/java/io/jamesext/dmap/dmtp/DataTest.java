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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxPath;
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
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.mailet.MailInTransit;
import io.jamesext.dmap.ring.RemoteSignets;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

/** What becomes of messages that are handed over. */
@BothBackends
class DataTest {
    private static final Username BOB = Username.of("bob@example.net");

    @TempDir
    static Path folder;
    private static Installation org;
    private static Installation net;
    private static PrivateKeys alice;
    private static PrivateKeys bob;

    @BeforeAll
    static void twoDomains() throws Exception {
        TestJames james = TestJames.create();
        org = new Installation(james, "example.org", folder, "");
        net = new Installation(james, "example.net", folder, "<maxMessageBytes>100000</maxMessageBytes>");
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
    }

    private byte[] message() {
        return Installation.message(org, TestJames.ALICE, alice, net, BOB).toBytes();
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
    void aMessageThatIsTooLargeShouldEndTheConnectionBeforeItsFirstOctet() throws Exception {
        try (DmtpTestClient client = new DmtpTestClient(net.port())) {
            assertThat(client.ask("DATA SIZE=[100001]")).isEqualTo("552 a message has at most 100000 octets");
            assertThat(client.isClosed()).isTrue();
        }
    }
}
