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
package io.jamesext.ximss.rule;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.mail.MessagingException;
import javax.mail.internet.AddressException;

import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.core.Username;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.transport.mailets.LocalDelivery;
import org.apache.james.transport.mailets.Sieve;
import org.apache.mailet.Mailet;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;

import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** James's own delivery to its users: the mailets Sieve and LocalDelivery, on its scripts and its mailboxes. What they send is noted. */
final class SieveDelivery {
    private final TestJames james;
    private final FakeMailContext context = FakeMailContext.defaultContext();
    private final Mailet sieve;
    private final Mailet delivery;

    SieveDelivery(TestJames james) throws MessagingException {
        this.james = james;
        this.sieve = new Sieve(james.users(), james.scripts());
        this.delivery = new LocalDelivery(james.users(), james.mailboxManager(), new RecordingMetricFactory());
        sieve.init(config("Sieve"));
        delivery.init(config("LocalDelivery"));
    }

    private FakeMailetConfig config(String name) {
        return FakeMailetConfig.builder().mailetName(name).mailetContext(context).build();
    }

    /** Delivers a message to users. */
    void deliver(MaybeSender sender, String message, Username... recipients) throws Exception {
        byte[] octets = message.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        MailImpl mail = MailImpl.builder().name(MailImpl.getId()).sender(sender)
            .addRecipients(List.of(recipients).stream().map(SieveDelivery::address).toList())
            .build();
        // As SMTP does: given as a MimeMessage, it would be written anew, with question marks for UTF-8.
        mail.setMessageContent(MimeMessageInputStreamSource.create(MailImpl.getId(), new ByteArrayInputStream(octets)));
        try {
            sieve.service(mail);
            delivery.service(mail);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    private static MailAddress address(Username user) {
        try {
            return user.asMailAddress();
        } catch (AddressException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What the mailets have sent. */
    List<FakeMailContext.SentMail> sent() {
        return context.getSentMails();
    }

    /** How many messages are in which mailbox of a user's, without the empty ones. */
    Map<String, Long> mailboxes(Username user) throws Exception {
        MailboxSession session = james.session(user);
        Map<String, Long> counts = new TreeMap<>();
        for (MailboxMetaData mailbox : james.mailboxManager().search(MailboxQuery.privateMailboxesBuilder(session).matchesAllMailboxNames()
                .build(), session).collectList().block()) {
            MessageManager manager = james.mailboxManager().getMailbox(mailbox.getPath(), session);
            long count = Flux.from(manager.listMessagesMetadata(MessageRange.all(), session)).count().block();
            if (count > 0) {
                counts.put(mailbox.getPath().getName(), count);
            }
        }
        return counts;
    }
}
