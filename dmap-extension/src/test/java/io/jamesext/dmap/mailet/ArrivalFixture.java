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

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import javax.mail.internet.MimeMessage;

import org.apache.james.core.Username;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.james.transport.mailets.LocalDelivery;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.Content;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.OpenMessage;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.DimeSettings;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.TestJames;

/** The mailet before James's own LocalDelivery, on a James with Alice and Bob. */
final class ArrivalFixture {
    static final String SENDER = "carol@elsewhere.example";
    static final String PROCESSOR = "local-delivery";

    final TestJames james;
    final Dime dime;
    final FakeMailContext context = FakeMailContext.defaultContext();

    ArrivalFixture(TestJames james) {
        this.james = james;
        this.dime = TestDime.on(james.cassandra().map(SideTables::create), DimeSettings.NONE);
    }

    ArrivalFixture() throws Exception {
        this(TestJames.create());
    }

    /** The account has this mode, and keys that only the user has. */
    PrivateKeys enrol(Username user, Mode mode) {
        dime.modes().set(user, mode).block();
        return TestDime.enrol(dime, user);
    }

    static MailImpl mail(String message, Username... recipients) throws Exception {
        return mail(message.replace("\n", "\r\n").getBytes(ISO_8859_1), recipients);
    }

    static MailImpl mail(byte[] message, Username... recipients) throws Exception {
        return MailImpl.builder()
            .name("mail")
            .sender(SENDER)
            .addRecipients(Arrays.stream(recipients).map(Username::asString).toArray(String[]::new))
            .mimeMessage(new MimeMessage(null, new ByteArrayInputStream(message)))
            .state(PROCESSOR)
            .build();
    }

    EncryptOnArrival mailet(String... parameters) throws Exception {
        EncryptOnArrival mailet = new EncryptOnArrival(dime, new Gateways(dime.keys()), james.users(), james.mailboxManager(),
            new RecordingMetricFactory());
        FakeMailetConfig.Builder configuration = FakeMailetConfig.builder().mailetContext(context);
        for (int i = 0; i < parameters.length; i += 2) {
            configuration.setProperty(parameters[i], parameters[i + 1]);
        }
        mailet.init(configuration.build());
        return mailet;
    }

    /** As James does it: the next mailet has what the first has left. */
    void deliver(Mail mail, String... parameters) throws Exception {
        mailet(parameters).service(mail);
        if (!mail.getState().equals(Mail.GHOST)) {
            LocalDelivery delivery = new LocalDelivery(james.users(), james.mailboxManager(), new RecordingMetricFactory());
            delivery.init(FakeMailetConfig.builder().mailetContext(context).build());
            delivery.service(mail);
        }
        LifecycleUtil.dispose(mail);
    }

    List<MessageResult> messages(Username user, String mailbox) throws Exception {
        MailboxSession session = james.session(user);
        try {
            return ImmutableList.copyOf(james.mailboxManager().getMailbox(MailboxPath.forUser(user, mailbox), session)
                .getMessages(MessageRange.all(), FetchGroup.FULL_CONTENT, session));
        } catch (MailboxNotFoundException e) {
            return List.of();
        }
    }

    /** The octets of the messages in the INBOX, one character for each. */
    List<String> inbox(Username user) throws Exception {
        List<String> messages = new ArrayList<>();
        for (MessageResult message : messages(user, "INBOX")) {
            messages.add(octets(message));
        }
        return messages;
    }

    static String octets(MessageResult message) throws Exception {
        try (InputStream in = message.getFullContent().getInputStream()) {
            return new String(in.readAllBytes(), ISO_8859_1);
        }
    }

    /** What is behind the header of a message of James. */
    static Message dime(String stored) throws IOException {
        return Message.read(stored.substring(stored.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1));
    }

    /** The author's signet, which GETSIGNET would find. */
    Signet author(OpenMessage message) {
        return Objects.requireNonNull(dime.signets().find(Username.of(message.origin().user()), message.origin().userSignet()).block());
    }

    /** The only message in the INBOX as its owner reads it: each content's kind and data. */
    List<String> read(Username user, PrivateKeys keys) throws Exception {
        List<String> stored = inbox(user);
        if (stored.size() != 1) {
            throw new AssertionError(stored.size() + " messages");
        }
        OpenMessage open = dime(stored.get(0)).open(Actor.RECIPIENT, keys.decryptionKey());
        return open.contents(author(open).signingKey()).stream().map(ArrivalFixture::text).toList();
    }

    private static String text(Content content) {
        return content.kind().number() + " " + new String(content.data(), ISO_8859_1);
    }
}
