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

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMailContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.testing.mailbox.BothBackends;

/** What becomes of mail that cannot be encrypted or delivered. PROTOCOL.md section 7.4. */
@BothBackends
class EncryptOnArrivalFailuresTest {
    private ArrivalFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ArrivalFixture();
    }

    private static MailImpl plain(Username... recipients) throws Exception {
        return ArrivalFixture.mail("Subject: secret\n\nMeet me.\n", recipients);
    }

    private String stored(Username user) throws Exception {
        assertThat(fixture.inbox(user)).hasSize(1);
        return fixture.inbox(user).get(0);
    }

    @Test
    void whatFailsShouldBeTriedAgainAndThenGoBack() throws Exception {
        fixture.enrol(ALICE, Mode.CAUTIOUS);
        fixture.enrol(BOB, Mode.CAUTIOUS);
        fixture.james.maxQuotaManager().setMaxMessage(fixture.james.quotaRootResolver().getQuotaRoot(MailboxPath.inbox(ALICE)),
            QuotaCountLimit.count(0));
        Mail mail = plain(ALICE, BOB);
        fixture.deliver(mail);
        assertThat(stored(BOB)).contains("X-Dime-Key");
        assertThat(fixture.inbox(ALICE)).isEmpty();
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(fixture.context.getSentMails()).singleElement().satisfies(again -> {
            assertThat(again.getRecipients()).containsExactly(new MailAddress("alice@example.org"));
            assertThat(again.getSender()).isEqualTo(new MailAddress(ArrivalFixture.SENDER));
            assertThat(again.getState()).isEqualTo(ArrivalFixture.PROCESSOR);
            assertThat(again.getDelay()).contains(new FakeMailContext.Delay(1, TimeUnit.MINUTES));
            assertThat(again.getAttributes()).containsEntry(EncryptOnArrival.TRIES,
                new Attribute(EncryptOnArrival.TRIES, AttributeValue.of(1)));
        });
        assertThat(fixture.context.getBouncedMails()).isEmpty();
        Mail last = plain(ALICE);
        last.setAttribute(new Attribute(EncryptOnArrival.TRIES, AttributeValue.of(Requeue.DELAYS.size())));
        fixture.deliver(last);
        assertThat(fixture.context.getSentMails()).hasSize(1);
        assertThat(fixture.inbox(ALICE)).isEmpty();
        assertThat(fixture.context.getBouncedMails()).singleElement().satisfies(bounce -> assertThat(bounce.getMessage()).isEqualTo(
            "Your message was not delivered to alice@example.org: it could not be encrypted and delivered.\r\n"));
    }

    /** What DMTP has brought and SUBMIT has taken has no sender to be told. */
    @Test
    void dimeMessagesThatHaveArrivedShouldBeKeptWhenTheyCannotBeDelivered() throws Exception {
        fixture.enrol(ALICE, Mode.CAUTIOUS);
        fixture.deliver(plain(ALICE));
        byte[] message = stored(ALICE).getBytes(ISO_8859_1);
        fixture.james.maxQuotaManager().setMaxMessage(fixture.james.quotaRootResolver().getQuotaRoot(MailboxPath.inbox(ALICE)),
            QuotaCountLimit.count(1));
        MailImpl full = ArrivalFixture.mail(message, ALICE);
        full.setAttribute(new Attribute(EncryptOnArrival.TRIES, AttributeValue.of(Requeue.DELAYS.size())));
        MailInTransit.arrived(full, new MailAddress(ALICE.asString()));
        fixture.deliver(full);
        MailImpl tooLong = ArrivalFixture.mail(message, ALICE);
        MailInTransit.arrived(tooLong, new MailAddress(ALICE.asString()));
        fixture.deliver(tooLong, "maxBytes", "100");
        for (Mail mail : List.of(full, tooLong)) {
            assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        }
        assertThat(fixture.context.getSentMails()).hasSize(2).allSatisfy(kept -> {
            assertThat(kept.getState()).isEqualTo(Mail.ERROR);
            assertThat(kept.getRecipients()).containsExactly(new MailAddress("alice@example.org"));
            assertThat(kept.getAttributes()).doesNotContainKey(EncryptOnArrival.TRIES);
            assertThat(kept.getMsg().getContentType()).isEqualTo(DimeWrapper.MEDIA_TYPE);
        });
        assertThat(fixture.context.getBouncedMails()).isEmpty();
    }

    /** Anybody can send one by SMTP. */
    @Test
    void otherDimeMessagesWithoutSenderShouldNotBeKept() throws Exception {
        fixture.enrol(ALICE, Mode.CAUTIOUS);
        fixture.deliver(plain(ALICE));
        MailImpl tooLong = ArrivalFixture.mail(stored(ALICE).getBytes(ISO_8859_1), ALICE);
        tooLong.setSender((MailAddress) null);
        fixture.deliver(tooLong, "maxBytes", "100");
        assertThat(tooLong.getState()).isEqualTo(Mail.GHOST);
        assertThat(fixture.context.getSentMails()).isEmpty();
    }

    @Test
    void plainMailWithoutSenderShouldNotBeKept() throws Exception {
        fixture.dime.modes().set(ALICE, Mode.PARANOID).block();
        MailImpl mail = plain(ALICE);
        mail.setSender((MailAddress) null);
        fixture.deliver(mail);
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(fixture.context.getSentMails()).isEmpty();
    }

    @Test
    void usersOfDomainsWithoutKeysShouldNotHavePlainMail() throws Exception {
        fixture.james.domains().addDomain(Domain.of("keyless.example"));
        Username dave = Username.of("dave@keyless.example");
        fixture.james.users().addUser(dave, "secret");
        fixture.enrol(dave, Mode.CAUTIOUS);
        fixture.deliver(plain(dave));
        assertThat(fixture.inbox(dave)).isEmpty();
        assertThat(fixture.context.getSentMails()).hasSize(1);
    }
}
