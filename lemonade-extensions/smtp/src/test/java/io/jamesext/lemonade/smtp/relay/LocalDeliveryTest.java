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

package io.jamesext.lemonade.smtp.relay;

import static io.jamesext.lemonade.smtp.relay.RelayFixture.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;

import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.domainlist.memory.MemoryDomainList;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.user.memory.MemoryUsersRepository;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.Test;

class LocalDeliveryTest {
    private final InMemoryIntegrationResources resources = InMemoryIntegrationResources.defaultResources();
    private final FakeMailContext context = FakeMailContext.defaultContext();

    @Test
    void mailShouldGoOnWithTheRecipientsThatHaveIt() throws Exception {
        Mail mail = deliver("a@example.org", "full@example.org");

        assertThat(mail.getRecipients()).containsExactly(address("a@example.org"));
        assertThat(mail.getState()).isNotEqualTo(Mail.GHOST);
        assertThat(messages("a@example.org")).isEqualTo(1);
        assertThat(context.getSentMails()).allSatisfy(sent -> {
            assertThat(sent.getState()).isEqualTo(Mail.ERROR);
            assertThat(sent.getRecipients()).containsExactly(address("full@example.org"));
            assertThat(sent.getAttributes()).containsKey(AttributeName.of("kept"));
        }).isNotEmpty();
    }

    @Test
    void mailShouldEndWhenNobodyHasIt() throws Exception {
        assertThat(deliver("full@example.org").getState()).isEqualTo(Mail.GHOST);
    }

    private Mail deliver(String... recipients) throws Exception {
        MemoryDomainList domains = new MemoryDomainList(new InMemoryDNSService());
        LocalDelivery delivery = new LocalDelivery(MemoryUsersRepository.withVirtualHosting(domains), resources.getMailboxManager(),
            new RecordingMetricFactory());
        delivery.init(FakeMailetConfig.builder().mailetContext(context).setProperty("retries", "1").build());
        resources.getMaxQuotaManager().setMaxMessage(
            resources.getDefaultUserQuotaRootResolver().forUser(Username.of("full@example.org")), QuotaCountLimit.count(0));
        Mail mail = RelayFixture.mail(RelayFixture.SENDER, "Subject: words\r\n\r\nText\r\n", DsnParameters.builder()
            .addRcptParameter(address("full@example.org"), RecipientDsnParameters.of(EnumSet.of(Notify.NEVER)))
            .build(), recipients);
        mail.setAttribute(Attribute.convertToAttribute("kept", true));
        delivery.service(mail);
        return mail;
    }

    private long messages(String user) throws Exception {
        MailboxSession session = resources.getMailboxManager().createSystemSession(Username.of(user));
        return resources.getMailboxManager().getMailbox(MailboxPath.inbox(session), session).getMessageCount(session);
    }
}
