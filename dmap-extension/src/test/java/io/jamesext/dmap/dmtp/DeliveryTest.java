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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailContext.Delay;
import org.apache.mailet.base.test.FakeMailContext.SentMail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.collect.Iterables;

import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.OpenMessage;
import io.jamesext.dmap.dime.message.Party;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.dmtp.client.DmtpSettings;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.mailet.DimeDelivery;
import io.jamesext.dmap.mailet.MailInTransit;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.RemoteSignets;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** From one organisation to another, end to end. */
@BothBackends
class DeliveryTest {
    private static final Username BOB = Username.of("bob@example.net");

    @TempDir
    static Path folder;
    private Installation org;
    private Installation net;
    private PrivateKeys alice;
    private PrivateKeys bob;

    @BeforeEach
    void twoDomains() throws Exception {
        TestJames james = TestJames.create();
        org = new Installation(james, "example.org", folder, "");
        net = new Installation(james, "example.net", folder, "");
        james.users().addUser(BOB, "secret");
        james.mailboxManager().createMailbox(MailboxPath.inbox(BOB), james.session(BOB));
        alice = org.enrol(TestJames.ALICE);
        bob = net.enrol(BOB);
        net.remote = net.remote(org);
    }

    @AfterEach
    void close() {
        org.close();
        net.close();
    }

    private MailImpl submitted(Message message, String destination) throws Exception {
        byte[] header = DimeWrapper.header(Instant.now(), message.toBytes(), Optional.empty());
        MailImpl mail = MailInTransit.of("example.org", destination);
        mail.setMessageContent(MimeMessageInputStreamSource.create(mail.getName(),
            DimeWrapper.wrap(new ByteArrayInputStream(message.toBytes()), header)));
        mail.setSender(new MailAddress("alice@example.org"));
        org.used.add(mail);
        return mail;
    }

    private static byte[] dime(byte[] stored) {
        String text = new String(stored, StandardCharsets.ISO_8859_1);
        return text.substring(text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aMessageShouldComeToAnotherDomainWhereItsRecipientOpensIt() throws Exception {
        // The author asks for the recipient's signet and its organisation's, composes, and has the message signed by the origin.
        RemoteSignets remote = org.remote(net);
        Signet recipient = remote.find(BOB.asString(), Optional.empty()).block();
        Signet destination = remote.find("example.net", Optional.empty()).block();
        assertThat(recipient).isEqualTo(net.signet(BOB));
        Message message = Installation.message(org, TestJames.ALICE, alice, new Party("example.net", destination),
            new Party(BOB.asString(), recipient));

        DimeDelivery sender = org.mailet(org.client(net), "1 minute");
        DimeDelivery receiver = net.mailet(net.client(org), "1 minute");
        try {
            MailImpl mail = submitted(message, "example.net");
            sender.service(mail);
            assertThat(mail.getState()).isEqualTo(Mail.GHOST);
            Mail arrived = net.deliverNext(receiver);
            assertThat(MailInTransit.isOne(arrived)).isFalse();
        } finally {
            sender.destroy();
            receiver.destroy();
        }

        assertThat(net.inbox(BOB)).hasSize(1);
        byte[] stored = net.inbox(BOB).get(0);
        String header = new String(stored, StandardCharsets.ISO_8859_1).split("\r\n\r\n")[0];
        assertThat(header).doesNotContain("alice").doesNotContain("example.org")
            .contains("X-Dime-Key: " + DimeWrapper.keyName(net.signet(BOB).fingerprint(SignetLevel.REQUEST)));
        assertThat(dime(stored)).isEqualTo(message.toBytes());
        OpenMessage opened = Message.read(dime(stored)).open(Actor.RECIPIENT, bob.decryptionKey());
        assertThat(opened.origin().user()).isEqualTo("alice@example.org");
        assertThat(opened.isSignedByOrigin(org.organisation.signet())).isTrue();
        assertThat(opened.contents(alice.signingKey().verifyingKey()))
            .anyMatch(content -> new String(content.data(), StandardCharsets.US_ASCII).endsWith("Hi Bob"));
        assertThat(org.context.getSentMails()).isEmpty();
    }

    @Test
    void aMessageOfTheSameDomainShouldBeDeliveredWithoutDmtp() throws Exception {
        Username other = TestJames.BOB;
        PrivateKeys others = org.enrol(other);
        Message message = Installation.message(org, TestJames.ALICE, alice, org, other);
        DimeDelivery mailet = org.mailet(org.client(DmtpSettings.NONE), "1 minute");
        try {
            org.queues.createQueue(MailQueueFactory.SPOOL).enQueue(submitted(message, "example.org"));
            Mail mail = org.deliverNext(mailet);
            assertThat(mail.getRecipients()).extracting(MailAddress::asString).containsExactly("bob@example.org");
        } finally {
            mailet.destroy();
        }
        byte[] stored = org.inbox(other).get(0);
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("alice");
        assertThat(Message.read(dime(stored)).open(Actor.RECIPIENT, others.decryptionKey()).origin().user()).isEqualTo("alice@example.org");
    }

    @Test
    void theAuthorShouldBeToldOfARefusalWithoutTheContent() throws Exception {
        Signet stranger = SignetIssuer.user(SignetIssuer.request(PrivateKeys.generateUser(new SecureRandom())),
            net.organisation.keys().signingKey());
        Message message = Installation.message(org, TestJames.ALICE, alice,
            new Party("example.net", net.organisation.signet()), new Party("nobody@example.net", stranger));
        assertThat(bounce(message, "example.net", "1 minute")).contains("The reason: the other server says: 550 no such recipient");
        assertThat(net.hasSpooledNothing()).isTrue();
    }

    @Test
    void theAuthorShouldBeToldWhenThereIsNoServer() throws Exception {
        Organisation unknown = TestDime.organisation("example.com");
        Signet stranger = SignetIssuer.user(SignetIssuer.request(PrivateKeys.generateUser(new SecureRandom())),
            unknown.keys().signingKey());
        Message message = Installation.message(org, TestJames.ALICE, alice, new Party("example.com", unknown.signet()),
            new Party("carol@example.com", stranger));
        assertThat(bounce(message, "example.com", "10 ms, 10 ms, 10 ms, 10 ms"))
            .contains("The reason: the domain example.com takes no DIME messages");
    }

    @Test
    void aMessageForNobodyOfTheSameDomainShouldComeBack() throws Exception {
        Signet stranger = SignetIssuer.user(SignetIssuer.request(PrivateKeys.generateUser(new SecureRandom())),
            org.organisation.keys().signingKey());
        Message message = Installation.message(org, TestJames.ALICE, alice,
            new Party("example.org", org.organisation.signet()), new Party("nobody@example.org", stranger));
        assertThat(bounce(message, "example.org", "1 minute")).contains("there is no such recipient");
    }

    /** Where the author is not known here, as of what DMTP has brought, nobody can be told. */
    @Test
    void aMessageWithoutSenderShouldBeKeptWhenItCannotBeDelivered() throws Exception {
        Signet stranger = SignetIssuer.user(SignetIssuer.request(PrivateKeys.generateUser(new SecureRandom())),
            org.organisation.keys().signingKey());
        Message message = Installation.message(org, TestJames.ALICE, alice,
            new Party("example.org", org.organisation.signet()), new Party("nobody@example.org", stranger));
        DimeDelivery mailet = org.mailet(org.client(net), "1 minute");
        try {
            MailImpl here = submitted(message, "example.org");
            here.setSender((MailAddress) null);
            mailet.service(here);
            assertThat(here.getState()).isEqualTo(Mail.GHOST);
            // The domain it has come for has no keys any more, nor the one that it has come from.
            MailImpl keyless = submitted(message, "example.com");
            keyless.setSender((MailAddress) null);
            MailInTransit.way("example.net", "example.com").forEach(keyless::setAttribute);
            mailet.service(keyless);
            assertThat(keyless.getState()).isEqualTo(Mail.GHOST);
            for (int i = 0; i < 200 && org.context.getSentMails().size() < 2; i++) {
                Thread.sleep(50);
            }
        } finally {
            mailet.destroy();
        }
        assertThat(org.context.getSentMails()).hasSize(2).allSatisfy(kept -> {
            assertThat(kept.getState()).isEqualTo(Mail.ERROR);
            assertThat(kept.getMsg().getContentType()).isEqualTo(DimeWrapper.MEDIA_TYPE);
        });
        assertThat(org.context.getBouncedMails()).isEmpty();
    }

    @Test
    void aFaultOfTheServersOwnShouldBeTriedAgainAndThenTold() throws Exception {
        DimeDelivery mailet = org.mailet(org.client(net), "1 minute");
        // Its content is gone.
        Mail mail = MailImpl.builder().name("mail").sender("alice@example.org").addRecipient(MailInTransit.unresolved("example.org"))
            .addAttributes(MailInTransit.way("example.org", "example.org")).state("transport").build();
        org.used.add(mail);
        try {
            for (Delay delay : List.of(new Delay(1, TimeUnit.MINUTES), new Delay(5, TimeUnit.MINUTES), new Delay(15, TimeUnit.MINUTES),
                    new Delay(60, TimeUnit.MINUTES))) {
                mailet.service(mail);
                assertThat(mail.getState()).isEqualTo(Mail.GHOST);
                SentMail again = Iterables.getLast(org.context.getSentMails());
                assertThat(again.getState()).isEqualTo("transport");
                assertThat(again.getDelay()).contains(delay);
                again.getAttributes().values().forEach(mail::setAttribute);
                mail.setState("transport");
            }
            assertThat(org.context.getBouncedMails()).isEmpty();
            mailet.service(mail);
        } finally {
            mailet.destroy();
        }
        assertThat(org.context.getSentMails()).hasSize(4);
        assertThat(org.context.getBouncedMails()).singleElement().satisfies(bounce ->
            assertThat(bounce.getMessage()).isEqualTo("Your message to somebody at example.org could not be delivered.\r\n"
                + "The reason: the server had a fault of its own\r\n"));
    }

    @Test
    void anOlderSignetShouldBeFoundByItsFingerprint() throws Exception {
        Signet older = net.signet(BOB);
        Thread.sleep(2);
        net.renew(BOB, bob);
        RemoteSignets remote = org.remote(net);
        assertThat(remote.find(BOB.asString(), Optional.empty()).block()).isEqualTo(net.signet(BOB)).isNotEqualTo(older);
        assertThat(remote.find(BOB.asString(), Optional.of(older.fingerprint(SignetLevel.IDENTIFIED))).block()).isEqualTo(older);
        assertThat(remote.find(BOB.asString(), Optional.of(org.organisation.signet().fingerprint(SignetLevel.CRYPTO))).block()).isNull();
        assertThat(remote.find("nobody@example.net", Optional.empty()).block()).isNull();
    }

    @Test
    void questionsShouldNotStandInEachOthersWay() throws Exception {
        RemoteSignets remote = org.remote(net);
        // As many as there may be at once, of a domain of which nothing is known yet: each needs the signet of the domain too.
        assertThat(Flux.fromArray(SignetLevel.values())
            .flatMap(level -> remote.find(BOB.asString(), Optional.of(net.signet(BOB).fingerprint(level))))
            .collectList().block()).hasSize(4).containsOnly(net.signet(BOB));
    }

    @Test
    void strangersShouldNotMakeUsAskAgainAndAgain() throws Exception {
        RemoteSignets remote = org.remote(net);
        for (int i = 0; i < 60; i++) {
            assertThat(remote.find("example.net", Optional.of(fingerprint(i))).block()).isNull();
        }
        assertThatThrownBy(() -> remote.find("example.net", Optional.of(fingerprint(60))).block())
            .isInstanceOfSatisfying(ProtocolException.class, failure -> assertThat(failure.failure()).isEqualTo(Failure.BUSY));
        Fingerprint present = net.organisation.signet().fingerprint(SignetLevel.CRYPTO);
        assertThat(remote.find("example.net", Optional.of(present)).block()).isEqualTo(net.organisation.signet());
    }

    private static Fingerprint fingerprint(int number) {
        return Fingerprint.parse(String.format("%085dA", number));
    }

    @Test
    void aDomainOfThisInstallationShouldNotBeAsked() throws Exception {
        assertThat(org.remote(org).find(TestJames.ALICE.asString(), Optional.empty()).block()).isNull();
        assertThat(org.remote(org).find("Example.ORG", Optional.empty()).block()).isNull();
    }

    @Test
    void aSignetThatAnotherOrganisationHasSignedShouldBeRefused() throws Exception {
        Username carol = Username.of("carol@example.net");
        Organisation other = TestDime.organisation("example.net");
        net.keys.add(carol, new RingKey(SignetIssuer.user(SignetIssuer.request(PrivateKeys.generateUser(new SecureRandom())),
            other.keys().signingKey()), Optional.empty(), Instant.now(), Optional.empty())).block();
        RemoteSignets remote = org.remote(net);
        assertThatThrownBy(() -> remote.find(carol.asString(), Optional.empty()).block())
            .isInstanceOfSatisfying(ProtocolException.class, failure -> assertThat(failure.failure()).isEqualTo(Failure.CONFLICT));
    }

    private String bounce(Message message, String destination, String delays) throws Exception {
        DimeDelivery mailet = org.mailet(org.client(net), delays);
        try {
            mailet.service(submitted(message, destination));
            for (int i = 0; i < 200 && org.context.getBouncedMails().isEmpty(); i++) {
                Thread.sleep(50);
            }
        } finally {
            mailet.destroy();
        }
        assertThat(org.context.getBouncedMails()).hasSize(1);
        FakeMailContext.BouncedMail bounced = org.context.getBouncedMails().get(0);
        assertThat(bounced.getSentMail().getSender().asString()).isEqualTo("alice@example.org");
        assertThat(new String(bounced.getSentMail().getMsg().getRawInputStream().readAllBytes(), StandardCharsets.US_ASCII)).isEmpty();
        return bounced.getMessage();
    }
}
