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
package io.jamesext.dmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;

import javax.mail.Flags;

import org.apache.james.core.MailAddress;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.dmap.submit.TestQueue;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** What SUBMIT makes of plain messages. PROTOCOL.md section 9.1. */
@BothBackends
class SubmitPlainTest {
    private static final String GOOD = "From: alice@example.org\r\nTo: bob@example.org\r\n\r\nx";
    private static final String BODY = "\r\n\u00e9 \u0000 .\r\n.\nlast";

    @TempDir
    static Path folder;
    private DmapTestServer server;
    private TlsClient client;

    @BeforeEach
    void start() throws Exception {
        server = DmapTestServer.start(folder);
        client = new TlsClient(server.port());
        client.logIn();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private void append(String message) throws Exception {
        server.inbox().appendMessage(MessageManager.AppendCommand.builder().withFlags(new Flags("$SubmitPending"))
            .build(message.getBytes(StandardCharsets.ISO_8859_1)), server.alice());
    }

    private String submit(String message, String options) throws Exception {
        append(message);
        client.select("INBOX");
        client.send("s SUBMIT 5" + options + "\r\n");
        return client.readUntil("s ");
    }

    private String sent(String message) throws Exception {
        assertThat(submit(message, "")).isEqualTo("s OK SUBMIT completed");
        return new String(server.queue().next().octets(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void everyRecipientShouldGetItAndNobodySeeBcc() throws Exception {
        String message = "From: alice@example.org\r\nTo: Bob <bob@example.org>, \"C, D\"\r\n <c@example.com>\r\nBCC: hidden@example.com\r\n"
            + "Date: Sun, 22 Nov 2026 12:00:00 +0000\r\ncc: friends: d@example.com, BOB@example.org;\r\nBcc:\r\n e@example.com\r\n"
            + "Message-ID: <1@example.org>\r\nX-Old: e\r\n" + BODY;
        assertThat(submit(message, "")).isEqualTo("s OK SUBMIT completed");
        TestQueue.Sent sent = server.queue().next();
        assertThat(sent.mail().getRecipients()).extracting(MailAddress::asString).containsExactlyInAnyOrder("bob@example.org",
            "c@example.com", "d@example.com", "hidden@example.com", "e@example.com");
        assertThat(sent.mail().getMaybeSender().asString()).isEqualTo("alice@example.org");
        assertThat(AttributeUtils.getValueAndCastFromMail(sent.mail(), Mail.SMTP_AUTH_USER, String.class))
            .contains(TestJames.ALICE.asString());
        assertThat(new String(sent.octets(), StandardCharsets.ISO_8859_1)).isEqualTo(
            message.replace("BCC: hidden@example.com\r\n", "").replace("Bcc:\r\n e@example.com\r\n", ""));
    }

    @Test
    void dateAndMessageIdShouldBeMadeWhereMissing() throws Exception {
        String sent = sent("From: alice@example.org\r\nTo: bob@example.org\r\n" + BODY);
        assertThat(sent).matches("(?s)From: alice@example.org\r\nTo: bob@example.org\r\nDate: [^\r]*\\+0000\r\n"
            + "Message-ID: <[0-9a-f-]{36}@example.org>\r\n\r\n.*").endsWith(BODY);
    }

    @Test
    void aliasesAndSenderShouldBeTheUsers() throws Exception {
        assertThat(submit("From: alice@example.org, alias@example.org\r\nSender: alias@example.org\r\nTo: bob@example.org\r\n\r\nx", ""))
            .isEqualTo("s OK SUBMIT completed");
        assertThat(server.queue().next().mail().getMaybeSender().asString()).isEqualTo("alias@example.org");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "To: bob@example.org|XBADAUTHOR",
        "From: bob@example.org\\r\\nTo: bob@example.org|XBADAUTHOR",
        "From: alice@example.org, bob@example.org\\r\\nTo: bob@example.org|XBADAUTHOR",
        "From: alice@example.org\\r\\nSender: bob@example.org\\r\\nTo: bob@example.org|XBADAUTHOR",
        "From: alice@example.org\\r\\nFrom: bob@example.org\\r\\nTo: bob@example.org|XBADAUTHOR",
        "From: alice\\r\\nTo: bob@example.org|XBADMESSAGE",
        "From: alice@example.org|XBADMESSAGE",
        "From: alice@example.org\\r\\nTo: undisclosed-recipients:;|XBADMESSAGE",
        "From: alice@example.org\\r\\nTo: bob@example.org, bob|XBADMESSAGE",
        "From: alice@example.org\\r\\nTo: b\u00f6b@example.org|XBADMESSAGE",
    })
    void whatCannotBeSentShouldBeRefused(String header, String code) throws Exception {
        assertThat(submit(header.replace("\\r\\n", "\r\n") + "\r\n\r\nx", "")).startsWith("s NO [" + code + "] ");
        assertThat(server.queue().accepted()).isEmpty();
    }

    @Test
    void tooManyRecipientsShouldBeRefused() throws Exception {
        StringBuilder to = new StringBuilder("To: a@example.com");
        for (int i = 0; i < 1000; i++) {
            to.append(",\r\n a").append(i).append("@example.com");
        }
        assertThat(submit("From: alice@example.org\r\n" + to + "\r\n\r\nx", ""))
            .isEqualTo("s NO [XBADMESSAGE] the message has more than 1000 recipients");
    }

    @Test
    void aRecipientShouldCountOnce() throws Exception {
        assertThat(submit("From: alice@example.org\r\nTo: bob@example.org" + ",\r\n bob@example.org".repeat(1000) + "\r\n\r\nx", ""))
            .isEqualTo("s OK SUBMIT completed");
        assertThat(server.queue().next().mail().getRecipients()).hasSize(1);
    }

    @Test
    void aHeaderThatIsTooLongShouldNotBeTakenApart() throws Exception {
        assertThat(submit("From: alice@example.org\r\nTo: bob@example.org\r\n" + "a:\r\n".repeat(100_000) + "\r\nx", ""))
            .isEqualTo("s NO [XBADMESSAGE] the header is longer than 262144 octets");
        client.send("f FETCH 5 FLAGS\r\n");
        assertThat(client.readLine()).isEqualTo("* 5 FETCH (FLAGS ($SubmitFailed))");
    }

    @Test
    void theQueueShouldHoldIt() throws Exception {
        String message = "From: alice@example.org\r\nTo: bob@example.org\r\n\r\nx";
        submit(message, " (HOLDFOR 600)");
        append(message);
        client.send("n NOOP\r\n");
        client.readUntil("n OK");
        client.send("h SUBMIT 6 (HOLDUNTIL " + Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS) + ")\r\n");
        assertThat(client.readUntil("h ")).isEqualTo("h OK SUBMIT completed");
        assertThat(server.queue().accepted().get(0)).isEqualTo(Duration.ofMinutes(10));
        assertThat(server.queue().accepted().get(1)).isBetween(Duration.ZERO, Duration.ofSeconds(2));
        assertThat(AttributeUtils.getValueAndCastFromMail(server.queue().next().mail(), AttributeName.of("future-release-request"),
            String.class).orElseThrow()).startsWith("until;20");
    }

    @Test
    void reportsShouldBeAskedFor() throws Exception {
        submit("From: alice@example.org\r\nTo: bob@example.org, c@example.com\r\n\r\nx",
            " (NOTIFY (SUCCESS FAILURE) RET FULL ENVID \"a+b c\")");
        EnumSet<Notify> kinds = EnumSet.of(Notify.SUCCESS, Notify.FAILURE);
        assertThat(server.queue().next().mail().dsnParameters()).isEqualTo(DsnParameters.builder()
            .ret(DsnParameters.Ret.FULL).envId(DsnParameters.EnvId.of("a+2Bb+20c"))
            .addRcptParameter(new MailAddress("bob@example.org"), RecipientDsnParameters.of(kinds))
            .addRcptParameter(new MailAddress("c@example.com"), RecipientDsnParameters.of(kinds))
            .build());
    }

    @Test
    void withoutOptionsNothingShouldBeAskedFor() throws Exception {
        submit("From: alice@example.org\r\nTo: bob@example.org\r\n\r\nx", "");
        Mail mail = server.queue().next().mail();
        assertThat(mail.dsnParameters()).isEmpty();
        assertThat(mail.attributes()).extracting(attribute -> attribute.getName().asString())
            .containsExactly(Mail.SMTP_AUTH_USER.asString());
    }

    @Test
    void aQueueThatTakesNothingShouldBeToldOf() throws Exception {
        server.queue().breakDown(true);
        assertThat(submit("From: alice@example.org\r\nTo: bob@example.org\r\n\r\nx", ""))
            .isEqualTo("s NO [UNAVAILABLE] the message could not be submitted");
        client.send("f FETCH 5 FLAGS\r\n");
        assertThat(client.readLine()).isEqualTo("* 5 FETCH (FLAGS ($SubmitFailed))");
    }

    private String submitAll(String set, String... messages) throws Exception {
        for (String message : messages) {
            append(message);
        }
        client.select("INBOX");
        client.send("s SUBMIT " + set + "\r\n");
        StringBuilder answer = new StringBuilder();
        String line;
        do {
            line = client.readLine();
            answer.append(line.replaceAll(" UID \\d+|\\[COPYUID .*] ", "")).append('\n');
        } while (!line.startsWith("s "));
        return answer.toString();
    }

    /** Draft section 7.6.7 on PROTOCOL.md section 9.2: "behind a failure of the server itself the rest of the set is not tried". */
    @Test
    void nothingShouldBeTriedBehindAFailureOfTheServerWhateverWasBefore() throws Exception {
        server.queue().breakDown(true);
        assertThat(submitAll("5:7", "From: alice@example.org\r\n\r\nx", GOOD, GOOD)).isEqualTo("""
            * 5 FETCH (FLAGS ($SubmitFailed))
            * 6 FETCH (FLAGS ($SubmitFailed))
            s NO [XBADMESSAGE] the message has no recipient
            """);
        client.send("f FETCH 7 FLAGS\r\n");
        assertThat(client.readLine()).isEqualTo("* 7 FETCH (FLAGS (\\SubmitPending))");
    }

    @Test
    void copyUidShouldNameOnlyWhatWasMoved() throws Exception {
        MailboxId projects = server.james().mailboxManager()
            .getMailbox(MailboxPath.forUser(TestJames.ALICE, "Projects"), server.alice()).getId();
        MailboxId inbox = server.inbox().getId();
        append(GOOD);
        append(GOOD);
        client.select("INBOX");
        client.send("u FETCH 5:6 UID\r\n");
        MessageUid first = uid(client.readLine());
        MessageUid second = uid(client.readUntil("* 6"));
        client.readUntil("u OK");
        server.queue().before(() -> {
            try {
                server.james().mailboxManager().moveMessages(first.toRange(), inbox, projects, server.alice());
            } catch (MailboxException e) {
                throw new IllegalStateException(e);
            }
        });
        client.send("s SUBMIT 5:6 (MOVETO Sent)\r\n");
        assertThat(client.readUntil("* OK [COPYUID")).matches("\\* OK \\[COPYUID \\d+ " + second.asLong() + " \\d+] Moved");
        assertThat(client.readUntil("s ")).isEqualTo("s OK SUBMIT completed");
        assertThat(server.queue().accepted()).hasSize(2);
    }

    private static MessageUid uid(String line) {
        return MessageUid.of(Long.parseLong(line.replaceAll("\\D+\\d+\\D+(\\d+).*", "$1")));
    }

    @Test
    void whatWasSentShouldBeMovedBehindAFailureOfTheServer() throws Exception {
        server.queue().before(() -> server.queue().breakClaims());
        assertThat(submitAll("5:7 (MOVETO Sent)", GOOD, GOOD, GOOD)).isEqualTo("""
            * 5 FETCH (FLAGS (\\Submitted))
            * OK Moved
            * 5 EXPUNGE
            s NO [SERVERBUG] internal server error
            """);
        assertThat(server.queue().accepted()).hasSize(1);
        client.send("f FETCH 5:6 FLAGS\r\n");
        assertThat(client.readLine()).isEqualTo("* 5 FETCH (FLAGS (\\SubmitPending))");
        assertThat(client.readLine()).isEqualTo("* 6 FETCH (FLAGS (\\SubmitPending))");
    }
}
