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
package io.jamesext.dmap.mailet;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static io.jamesext.testing.mailbox.TestJames.BOB;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.mail.Flags;
import javax.mail.MessagingException;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.apache.mailet.StorageDirective;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.OpenMessage;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetSignatures;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.testing.mailbox.BothBackends;

/** PROTOCOL.md sections 7.4 and 7.5. */
@BothBackends
class EncryptOnArrivalTest {
    private static final String PLAIN = """
        Received: from elsewhere.example by example.org; Sun, 22 Nov 2026 12:00:00 +0000
        From: Carol <carol@elsewhere.example>
        Subject: secret
         plans
        To: alice@example.org
        Date: Sun, 22 Nov 2026 12:00:00 +0000
        Message-ID: <1@elsewhere.example>

        Meet me.
        """;
    private ArrivalFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ArrivalFixture();
    }

    private static Mail plain(Username... recipients) throws Exception {
        return ArrivalFixture.mail(PLAIN, recipients);
    }

    private String stored(Username user) throws Exception {
        assertThat(fixture.inbox(user)).hasSize(1);
        return fixture.inbox(user).get(0);
    }

    @Test
    void theRecipientShouldReadWhatWasSent() throws Exception {
        PrivateKeys keys = fixture.enrol(ALICE, Mode.CAUTIOUS);
        Mail mail = plain(ALICE);
        mail.addSpecificHeaderForRecipient(PerRecipientHeaders.Header.builder().name("Delivered-To").value("alice@example.org").build(),
            new MailAddress("alice@example.org"));
        fixture.deliver(mail);
        assertThat(fixture.read(ALICE, keys)).containsExactly(
            "33 Date: Sun, 22 Nov 2026 12:00:00 +0000\r\nTo: alice@example.org\r\nFrom: Carol <carol@elsewhere.example>\r\n"
                + "Subject: secret plans\r\n",
            "34 Return-Path: <carol@elsewhere.example>\r\nDelivered-To: alice@example.org\r\n"
                + "Received: from elsewhere.example by example.org; Sun, 22 Nov 2026 12:00:00 +0000\r\n"
                + "Message-ID: <1@elsewhere.example>\r\n",
            "67 \r\nMeet me.\r\n");
        assertThat(mail.getRecipients()).isEmpty();
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(fixture.context.getSentMails()).isEmpty();
    }

    @Test
    void theStoredHeaderShouldTellNothing() throws Exception {
        fixture.enrol(ALICE, Mode.PARANOID);
        RingKey key = fixture.dime.keys().current(ALICE).blockOptional().orElseThrow();
        fixture.deliver(plain(ALICE));
        String header = stored(ALICE).substring(0, stored(ALICE).indexOf("\r\n\r\n") + 4);
        assertThat(header).matches("MIME-Version: 1.0\r\nDate: .*\r\nMessage-ID: <[0-9a-f]{32}@dime.invalid>\r\n"
            + "X-Dime-Key: " + DimeWrapper.keyName(key.id()) + "\r\nContent-Type: application/vnd.dime.message\r\n"
            + "Content-Transfer-Encoding: binary\r\n\r\n");
    }

    @Test
    void theMessageShouldBeSignedByGatewayAndDomain() throws Exception {
        PrivateKeys keys = fixture.enrol(ALICE, Mode.CAUTIOUS);
        fixture.deliver(plain(ALICE));
        OpenMessage open = ArrivalFixture.dime(stored(ALICE)).open(Actor.RECIPIENT, keys.decryptionKey());
        assertThat(open.origin().user()).matches("dime-gateway-[0-9a-f]{24}@example.org");
        assertThat(open.origin().organisation()).isEqualTo("example.org");
        assertThat(open.destination().user()).isEqualTo("alice@example.org");
        assertThat(open.destination().organisation()).isEqualTo("example.org");
        Signet author = fixture.author(open);
        assertThat(SignetSignatures.isSignedBy(author, TestDime.EXAMPLE_ORG.signet())).isTrue();
        assertThat(open.isSignedByAuthor(author)).isTrue();
        assertThat(open.isSignedByOrigin(TestDime.EXAMPLE_ORG.signet())).isTrue();
    }

    @Test
    void eachProcessShouldHaveOneGatewayWithoutPrivateKeys() throws Exception {
        PrivateKeys keys = fixture.enrol(ALICE, Mode.CAUTIOUS);
        EncryptOnArrival mailet = fixture.mailet();
        mailet.service(plain(ALICE));
        mailet.service(plain(ALICE));
        fixture.mailet().service(plain(ALICE));
        List<String> authors = new ArrayList<>();
        for (String stored : fixture.inbox(ALICE)) {
            authors.add(ArrivalFixture.dime(stored).open(Actor.RECIPIENT, keys.decryptionKey()).origin().user());
        }
        assertThat(authors).hasSize(3);
        assertThat(authors.get(1)).isEqualTo(authors.get(0));
        assertThat(authors.get(2)).isNotEqualTo(authors.get(0));
        assertThat(fixture.dime.keys().all(Username.of(authors.get(0))).collectList().block()).singleElement()
            .satisfies(key -> assertThat(key.privateKeys()).isEmpty());
    }

    @Test
    void eachRecipientShouldHaveAnOwnMessage() throws Exception {
        PrivateKeys alices = fixture.enrol(ALICE, Mode.CAUTIOUS);
        PrivateKeys bobs = fixture.enrol(BOB, Mode.PARANOID);
        fixture.deliver(plain(ALICE, BOB));
        assertThat(fixture.read(ALICE, alices)).last().isEqualTo("67 \r\nMeet me.\r\n");
        assertThat(fixture.read(BOB, bobs)).last().isEqualTo("67 \r\nMeet me.\r\n");
    }

    @Test
    void othersShouldHaveTheMailAsItIs() throws Exception {
        fixture.enrol(ALICE, Mode.CAUTIOUS);
        fixture.enrol(BOB, Mode.TRUSTFUL);
        fixture.deliver(plain(ALICE, BOB));
        assertThat(stored(ALICE)).doesNotContain("Meet").doesNotContain("carol");
        assertThat(stored(BOB)).startsWith("Return-Path: <carol@elsewhere.example>\r\n").contains("Subject: secret", "Meet me.");
    }

    @Test
    void cautiousAccountsShouldHavePlainMailUntilTheyHaveAKey() throws Exception {
        fixture.dime.modes().set(ALICE, Mode.CAUTIOUS).block();
        fixture.deliver(plain(ALICE));
        assertThat(stored(ALICE)).contains("Meet me.");
    }

    @Test
    void paranoidAccountsShouldHaveNoMailUntilTheyHaveAKey() throws Exception {
        fixture.dime.modes().set(ALICE, Mode.PARANOID).block();
        fixture.deliver(plain(ALICE));
        assertThat(fixture.inbox(ALICE)).isEmpty();
        assertThat(fixture.context.getBouncedMails()).singleElement().satisfies(bounce -> assertThat(bounce.getMessage()).isEqualTo(
            "Your message was not delivered to alice@example.org: the recipient takes encrypted mail only and has no key yet.\r\n"));
    }

    @Test
    void paranoidAccountsShouldRefusePlainMailWhereTheOperatorWantsIt() throws Exception {
        fixture.enrol(ALICE, Mode.PARANOID);
        fixture.enrol(BOB, Mode.CAUTIOUS);
        fixture.deliver(plain(ALICE, BOB), "paranoid", "refuse");
        assertThat(fixture.inbox(ALICE)).isEmpty();
        assertThat(fixture.context.getBouncedMails()).singleElement().satisfies(bounce -> assertThat(bounce.getMessage()).isEqualTo(
            "Your message was not delivered to alice@example.org: the recipient takes no mail that was not encrypted by its author.\r\n"));
        assertThat(stored(BOB)).contains("X-Dime-Key");
    }

    @Test
    void dimeMessagesShouldStayWhatTheyAreAndLoseWhatTells() throws Exception {
        fixture.enrol(ALICE, Mode.PARANOID);
        fixture.deliver(plain(ALICE));
        Message message = ArrivalFixture.dime(stored(ALICE));
        String told = "Received: from elsewhere.example\r\nSubject: secret\r\nContent-Type: application/vnd.dime.message\r\n"
            + "Content-Transfer-Encoding: binary\r\n" + stored(ALICE).lines().filter(line -> line.startsWith("X-Dime-Key")).findAny()
                .orElseThrow() + "\r\n\r\n";
        fixture.deliver(ArrivalFixture.mail((told + new String(message.toBytes(), ISO_8859_1)).getBytes(ISO_8859_1), ALICE),
            "paranoid", "refuse");
        String second = fixture.inbox(ALICE).get(1);
        assertThat(ArrivalFixture.dime(second)).isEqualTo(message);
        assertThat(second.substring(0, second.indexOf("\r\n\r\n"))).contains("X-Dime-Key: ")
            .doesNotContain("Received", "Subject", "Return-Path");
    }

    @Test
    void keysThatAreNotTheUsersShouldNotBeNamed() throws Exception {
        fixture.enrol(ALICE, Mode.PARANOID);
        fixture.deliver(plain(ALICE));
        String named = stored(ALICE).replaceFirst("X-Dime-Key: .*\r\n", "X-Dime-Key: 00112233445566778899aabbccddeeff\r\n");
        fixture.deliver(ArrivalFixture.mail(named.getBytes(ISO_8859_1), ALICE));
        assertThat(fixture.inbox(ALICE).get(1)).doesNotContain("X-Dime-Key");
    }

    @Test
    void dimeMessagesShouldReachThoseInTrustfulModeAsTheyAre() throws Exception {
        fixture.enrol(ALICE, Mode.PARANOID);
        fixture.deliver(plain(ALICE));
        fixture.deliver(ArrivalFixture.mail(stored(ALICE).getBytes(ISO_8859_1), BOB));
        assertThat(ArrivalFixture.dime(stored(BOB))).isEqualTo(ArrivalFixture.dime(stored(ALICE)));
    }

    @Test
    void whatOnlySaysToBeADimeMessageShouldBeEncrypted() throws Exception {
        PrivateKeys keys = fixture.enrol(ALICE, Mode.PARANOID);
        fixture.deliver(ArrivalFixture.mail("Content-Type: application/vnd.dime.message\nSubject: x\n\nMeet me.\n", ALICE));
        assertThat(stored(ALICE)).doesNotContain("Meet me.");
        assertThat(fixture.read(ALICE, keys)).contains("131 Content-Type: application/vnd.dime.message\r\n\r\nMeet me.\r\n");
    }

    @Test
    void mailInTransitShouldGoOn() throws Exception {
        fixture.enrol(ALICE, Mode.PARANOID);
        Mail mail = plain(ALICE);
        MailInTransit.way("example.net", "example.org").forEach(mail::setAttribute);
        fixture.mailet().service(mail);
        assertThat(mail.getRecipients()).hasSize(1);
    }

    @Test
    void mailThatIsTooLongShouldGoBack() throws Exception {
        fixture.enrol(ALICE, Mode.CAUTIOUS);
        fixture.deliver(plain(ALICE), "maxBytes", "100");
        assertThat(fixture.inbox(ALICE)).isEmpty();
        assertThat(fixture.context.getBouncedMails()).singleElement().satisfies(bounce -> assertThat(bounce.getMessage()).isEqualTo(
            "Your message was not delivered to alice@example.org: it is longer than the 100 octets that can be encrypted on arrival.\r\n"));
    }

    @Test
    void mailOfTooManyPartsShouldGoBack() throws Exception {
        fixture.enrol(ALICE, Mode.CAUTIOUS);
        fixture.deliver(ArrivalFixture.mail("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(ArrivedMail.MAX_PARTS + 1)
            + "--b--\n", ALICE));
        assertThat(fixture.inbox(ALICE)).isEmpty();
        assertThat(fixture.context.getBouncedMails()).singleElement().satisfies(bounce -> assertThat(bounce.getMessage()).isEqualTo(
            "Your message was not delivered to alice@example.org: the message has more than 5000 parts.\r\n"));
    }

    @Test
    void nobodysMailShouldGoOn() throws Exception {
        Mail mail = plain(Username.of("nobody@elsewhere.example"));
        fixture.mailet().service(mail);
        assertThat(mail.getRecipients()).hasSize(1);
    }

    @Test
    void rulesShouldFileEncryptedMailToo() throws Exception {
        fixture.enrol(ALICE, Mode.CAUTIOUS);
        fixture.enrol(BOB, Mode.PARANOID);
        Mail mail = plain(ALICE, BOB);
        for (Username user : List.of(ALICE, BOB)) {
            StorageDirective.builder().targetFolder("Work/Plans").seen(Optional.of(true)).important(Optional.of(true))
                .keywords(Optional.of(List.of("plan"))).build().encodeAsAttributes(user).forEach(mail::setAttribute);
        }
        fixture.deliver(mail);
        assertThat(fixture.messages(ALICE, "Work.Plans")).singleElement().satisfies(message -> {
            assertThat(message.getFlags().contains(Flags.Flag.SEEN)).isTrue();
            assertThat(message.getFlags().contains(Flags.Flag.FLAGGED)).isTrue();
            assertThat(message.getFlags().getUserFlags()).containsExactly("plan");
        });
        assertThat(fixture.messages(BOB, "Work.Plans")).singleElement().satisfies((MessageResult message) -> {
            assertThat(message.getFlags().contains(Flags.Flag.SEEN)).isTrue();
            assertThat(message.getFlags().contains(Flags.Flag.FLAGGED)).isFalse();
            assertThat(message.getFlags().getUserFlags()).isEmpty();
        });
    }

    @Test
    void badParametersShouldStopTheStart() {
        assertThatThrownBy(() -> fixture.mailet("paranoid", "ignore")).isInstanceOf(MessagingException.class)
            .hasMessage("EncryptOnArrival: paranoid must be encrypt or refuse");
        for (String bad : List.of("0", "67108865", "many")) {
            assertThatThrownBy(() -> fixture.mailet("maxBytes", bad)).isInstanceOf(MessagingException.class)
                .hasMessage("EncryptOnArrival: maxBytes must be a number from 1 to 67108864");
        }
    }
}
