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
package io.jamesext.agap;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static io.jamesext.testing.mailbox.TestJames.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.collect.ImmutableList;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** What becomes of what FSTO takes. AGAP section 4.24. */
@BothBackends
class StoringTest {
    private static final String HELLO = "<MESSAGE><HEADER><From>somebody@example.com</From><Subject>Hello</Subject></HEADER>"
        + "<TEXT>Hello Bob</TEXT></MESSAGE>\r\n";
    private static final String PARTY = "<VEVENT><UID>party@agap.at</UID><DTSTAMP>2011-05-31T12:10:00Z</DTSTAMP>"
        + "<DTSTART>2011-06-07T18:00:00Z</DTSTART><SUMMARY>AGAP RFC Party</SUMMARY></VEVENT>\r\n";

    @TempDir
    static Path folder;

    private AgapTestServer server;

    @BeforeEach
    void start() throws Exception {
        server = AgapTestServer.open(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private AgapClient storing(String user, String password) throws IOException {
        AgapClient client = new AgapClient(server.connect());
        client.command("AUTH STORING");
        client.command("USER " + user);
        assertThat(client.command("PASS " + password).get(0)).startsWith("200 OK");
        return client;
    }

    private static List<String> store(AgapClient client, String to, String item) throws IOException {
        assertThat(client.command("FSTO " + to).get(0)).startsWith("110");
        return client.command(item);
    }

    private static String text(Mail mail) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        mail.getMessage().writeTo(octets);
        return octets.toString(StandardCharsets.UTF_8);
    }

    private List<MessageResult> calendarOfBob() throws Exception {
        TestJames james = server.james();
        MessageManager calendar = james.mailboxManager().getMailbox(MailboxPath.forUser(BOB, "CALENDAR"), james.session(BOB));
        return ImmutableList.copyOf(calendar.getMessages(MessageRange.all(), FetchGroup.FULL_CONTENT, james.session(BOB)));
    }

    @Test
    void aUsersMessageShouldGoThroughTheQueueWithTheirAddress() throws Exception {
        try (AgapClient alice = storing(ALICE.asString(), "secret")) {
            assertThat(store(alice, "MESG bob@example.org", HELLO)).containsExactly("200 OK Message accepted for INBOX");
        }
        Mail mail = server.nextMail();
        assertThat(mail.getMaybeSender().asString()).isEqualTo("alice@example.org");
        assertThat(mail.getRecipients()).extracting(Object::toString).containsExactly("bob@example.org");
        assertThat(mail.getRemoteAddr()).isEqualTo("127.0.0.1");
        // By this attribute mailets would relay.
        assertThat(mail.getAttribute(Mail.SMTP_AUTH_USER)).isEmpty();
        assertThat(text(mail)).contains("Subject: Hello").contains("Hello Bob");
    }

    @Test
    void aStrangersMessageShouldHaveNoSender() throws Exception {
        try (AgapClient stranger = storing("anonymous", "somebody@example.com")) {
            assertThat(store(stranger, "MESG bob@example.org", HELLO)).containsExactly("200 OK Message accepted for INBOX");
        }
        assertThat(server.nextMail().getMaybeSender().isNullSender()).isTrue();
    }

    @Test
    void aUserInTheOwnAccountShouldReachOthersToo() throws Exception {
        try (AgapClient alice = new AgapClient(server.connect())) {
            alice.logIn();
            assertThat(store(alice, "CALE bob", PARTY).get(0)).startsWith("200 OK Item stored with UID ");
            // Nothing of the own account has changed: SUID is for STOR.
            assertThat(alice.command("SUID")).hasSize(1);
        }
        List<MessageResult> stored = calendarOfBob();
        assertThat(stored).hasSize(1);
        assertThat(new String(stored.get(0).getFullContent().getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .contains("SUMMARY:AGAP RFC Party");
    }

    @Test
    void theQuotaShouldBeTheAccounts() throws Exception {
        TestJames james = server.james();
        james.maxQuotaManager().setMaxMessage(james.quotaRootResolver().getQuotaRoot(MailboxPath.inbox(BOB)), QuotaCountLimit.count(1));
        try (AgapClient alice = storing(ALICE.asString(), "secret")) {
            assertThat(store(alice, "CALE bob@example.org", PARTY).get(0)).startsWith("200 ");
            assertThat(store(alice, "CALE bob@example.org", PARTY).get(0)).startsWith("410 ");
        }
        assertThat(calendarOfBob()).hasSize(1);
    }

    @Test
    void whatIsRefusedShouldReachNobody() throws Exception {
        try (AgapClient alice = storing(ALICE.asString(), "secret")) {
            assertThat(alice.command("FSTO ADDR bob@example.org")).containsExactly("511 UNKNOWN account name");
            assertThat(store(alice, "MESG bob@example.org", "<MESSAGE>\r\n").get(0)).startsWith("511 ");
            assertThat(store(alice, "CALE bob@example.org", HELLO).get(0)).startsWith("511 ");
        }
        assertThat(server.mailsInQueue()).isZero();
        assertThat(calendarOfBob()).isEmpty();
    }

    @Test
    void oneMoreThanTheLimitShouldBeToldToRetry() throws Exception {
        server.close();
        server = AgapTestServer.with("<anonymousStoring>true</anonymousStoring><storedPerHour>2</storedPerHour>", folder);
        try (AgapClient alice = storing(ALICE.asString(), "secret");
             AgapClient bob = storing(BOB.asString(), "secret");
             AgapClient stranger = storing("anonymous", "a@example.com")) {
            // What is refused counts, so that nobody tries names.
            assertThat(alice.command("FSTO MESG nobody@example.org").get(0)).startsWith("511");
            assertThat(store(alice, "MESG bob@example.org", HELLO).get(0)).startsWith("200");
            assertThat(alice.command("FSTO MESG bob@example.org")).containsExactly("410 Too many items from you, please retry later");
            assertThat(store(bob, "MESG alice@example.org", HELLO).get(0)).startsWith("200");
            assertThat(store(stranger, "MESG bob@example.org", HELLO).get(0)).startsWith("200");
            assertThat(store(stranger, "MESG bob@example.org", HELLO).get(0)).startsWith("200");
            assertThat(stranger.command("FSTO MESG bob@example.org").get(0)).startsWith("410");
        }
    }

    @Test
    void aFolderThatIsPublicNoMoreShouldTakeNothing() throws Exception {
        MailboxPath calendar = MailboxPath.forUser(BOB, "CALENDAR");
        try (AgapClient alice = storing(ALICE.asString(), "secret")) {
            assertThat(alice.command("FSTO CALE bob@example.org").get(0)).startsWith("110");
            server.james().mailboxManager().applyRightsCommand(calendar,
                MailboxACL.command().key(MailboxACL.ANYBODY_KEY).rights(MailboxACL.Right.Lookup, MailboxACL.Right.Read).asRemoval(),
                server.james().session(BOB));
            assertThat(alice.command(PARTY)).containsExactly("511 UNKNOWN account name");
        }
        assertThat(calendarOfBob()).isEmpty();
    }
}
