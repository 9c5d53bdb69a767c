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
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;

import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** What is in the queue, and in which words, beside what the transcripts of messageSubmit, messageRedirect and messageForward show. */
@BothBackends
class SubmissionTest {
    private static final String ATTACHED = "From: Barbara <barbara@example.net>\r\nSubject: =?utf-8?Q?caf=C3=A9?=\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n"
        + "--b\r\nContent-Type: image/gif; name=\"a.gif\"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + "R0lGODlh\r\nCgAM\r\n"
        + "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: nested\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n"
        + "--c\r\n\r\nplain\r\n--c\r\nContent-Type: text/html\r\n\r\n<b>html</b>\r\n--c--\r\n--b--\r\n";

    @TempDir
    Path folder;
    private XimssTestServer server;
    private XimssTestClient alice;

    @BeforeEach
    void setUp() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN);
        server.james.append(TestJames.ALICE, "INBOX", ATTACHED);
        alice = server.client().logIn();
        ask("<folderOpen id=\"O\" folder=\"INBOX\"><field>UID</field></folderOpen>\0");
    }

    @AfterEach
    void tearDown() throws Exception {
        alice.close();
        assertThat(server.mail.isEmpty()).isTrue();
        server.close();
    }

    private String ask(String request) throws Exception {
        alice.send(request);
        return alice.readUntil("<response");
    }

    private SubmittedMail.Sent submit(String content) throws Exception {
        assertThat(ask("<messageSubmit id=\"S\"" + content + "</messageSubmit>\0")).isEqualTo("<response id=\"S\"/>");
        return server.mail.next();
    }

    private String copy(String partId) throws Exception {
        return submit("><EMail><To>a@example.net</To><MIME type=\"multipart\" subtype=\"mixed\">"
            + "<copyMIME folder=\"INBOX\" UID=\"1\"" + partId + "/></MIME></EMail>").text();
    }

    @Test
    void blindCopiesShouldGoOutAndNotBeSeen() throws Exception {
        SubmittedMail.Sent sent = submit("><EMail><To>a@example.net</To><Cc>b@example.net</Cc><bcc>c@example.net</bcc>"
            + "<Subject>x</Subject></EMail>");
        assertThat(sent.mail().getRecipients()).extracting(MailAddress::asString)
            .containsExactly("a@example.net", "b@example.net", "c@example.net");
        assertThat(sent.mail().getMaybeSender().asString()).isEqualTo("alice@example.org");
        assertThat(sent.mail().getAttribute(Mail.SMTP_AUTH_USER).orElseThrow().getValue().value()).isEqualTo("alice@example.org");
        assertThat(sent.text())
            .contains("From: alice@example.org\r\n", "To: a@example.net\r\n", "Cc: b@example.net\r\n", "Message-ID: <ximss-")
            .doesNotContainIgnoringCase("bcc:").doesNotContain("c@example.net");
        assertThat(sent.mail().dsnParameters()).isEmpty();
    }

    @Test
    void envelopeShouldComeBeforeTheHeader() throws Exception {
        SubmittedMail.Sent sent = submit(" useDSN=\"yes\"><Envelope-To>a1@example.net address</Envelope-To>"
            + "<Envelope-To>a1@example.net</Envelope-To><EMail><From>" + SubmittedMail.ALIAS + "</From><To>a@example.net</To></EMail>");
        assertThat(sent.mail().getRecipients()).containsExactly(new MailAddress("a1@example.net"));
        assertThat(sent.mail().getMaybeSender().asString()).isEqualTo(SubmittedMail.ALIAS);
        assertThat(sent.mail().dsnParameters().orElseThrow().getRcptParameters()).hasEntrySatisfying(new MailAddress("a1@example.net"),
            asked -> assertThat(asked.getNotifyParameter().orElseThrow()).contains(Notify.SUCCESS, Notify.FAILURE));
    }

    @Test
    void wholeMessageShouldBeCopiedOctetByOctet() throws Exception {
        assertThat(copy("")).contains("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + ATTACHED);
    }

    @Test
    void partsShouldBeCopiedOctetByOctet() throws Exception {
        assertThat(copy(" partID=\"2\"")).contains("Content-Type: image/gif; name=\"a.gif\"\r\nContent-Disposition: attachment\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\nR0lGODlh\r\nCgAM\r\n--").doesNotContain("See below");
        String nested = "Content-Type: message/rfc822\r\n\r\nSubject: nested\r\n"
            + "Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n";
        assertThat(copy(" partID=\"03\"")).contains(nested);
        assertThat(copy(" partID=\"03-E\"")).contains(nested);
        assertThat(copy(" partID=\"03-E-02\"")).contains("Content-Type: text/html\r\n\r\n<b>html</b>\r\n--").doesNotContain("plain\r\n");
    }

    @Test
    void redirectedMessageShouldStayAsItIs() throws Exception {
        assertThat(ask("<messageRedirect id=\"R\" folder=\"INBOX\" UID=\"1\"><To realName=\"A\">a@example.net</To><To>b@example.net</To>"
            + "</messageRedirect>\0")).isEqualTo("<response id=\"R\"/>");
        SubmittedMail.Sent sent = server.mail.next();
        assertThat(sent.mail().getRecipients()).hasSize(2);
        assertThat(sent.mail().getMaybeSender().asString()).isEqualTo("alice@example.org");
        assertThat(sent.text()).startsWith("Resent-From: alice@example.org\r\nResent-To: A <a@example.net>, b@example.net\r\nResent-Date: ")
            .endsWith(">\r\n" + ATTACHED);
    }

    @Test
    void forwardedMessageShouldBeInAnotherOne() throws Exception {
        assertThat(ask("<messageForward id=\"F\" folder=\"INBOX\" UID=\"1\"><To>a@example.net</To></messageForward>\0"))
            .isEqualTo("<response id=\"F\"/>");
        assertThat(server.mail.next().text()).contains("From: alice@example.org\r\nTo: a@example.net\r\n",
            "Subject: =?ISO-8859-1?Q?Fwd:_caf=E9?=\r\n", "Content-Type: message/rfc822\r\n", "\r\n\r\n" + ATTACHED);
    }

    /** Of these the low octets are CR and LF. */
    @Test
    void lettersShouldNotBecomeLineEnds() throws Exception {
        String text = submit("><Envelope-To>a@example.net</Envelope-To><EMail><Message-ID>&lt;a@b&#x10D;&#x10A;From: x@example.net&gt;"
            + "</Message-ID><To>a&#x10D;&#x10A;From&#x13A;x@example.net</To><MIME type=\"text\" subtype=\"plain\""
            + " disposition-filename=\"\u041f\u0440.txt\">x</MIME></EMail>").text();
        assertThat(text.split("\r\n\r\n", 2)[0].lines().filter(line -> line.toLowerCase(Locale.ROOT).startsWith("from:"))).hasSize(1);
        assertThat(text).contains("Content-Disposition: attachment; filename*=utf-8''%D0%9F%D1%80.txt\r\n");
    }

    @Test
    void copiesShouldNotGrowWithoutLimit() throws Exception {
        server.james.append(TestJames.ALICE, "INBOX", "Subject: large\r\n\r\n" + "x".repeat(98).concat("\r\n").repeat(12_000));
        assertThat(ask("<messageAppend id=\"A\" targetMailbox=\"INBOX\"><EMail><MIME type=\"multipart\">"
            + "<copyMIME folder=\"INBOX\" UID=\"2\"/>".repeat(100) + "</MIME></EMail></messageAppend>\0"))
            .isEqualTo("<response id=\"A\" errorText=\"the message is too big\" errorNum=\"552\"/>");
        assertThat(ask("<messageAppend id=\"A\" targetMailbox=\"INBOX\"><EMail><MIME type=\"multipart\">"
            + "<copyMIME folder=\"INBOX\" UID=\"1\"/>".repeat(101) + "</MIME></EMail></messageAppend>\0")).contains("errorNum=\"552\"");
    }

    /** RFC 8098 section 3. */
    @Test
    void confirmationShouldBeAReportFromNobody() throws Exception {
        server.james.append(TestJames.ALICE, "INBOX", "Message-ID: <id@example.net>\r\nSubject: =?utf-8?Q?caf=C3=A9?=\r\n"
            + "Disposition-Notification-To: Bob <bob@example.net>\r\n\r\nText\r\n");
        assertThat(ask("<messageConfirm id=\"C\" folder=\"INBOX\" UID=\"2\" type=\"manual\"/>\0")).isEqualTo("<response id=\"C\"/>");
        SubmittedMail.Sent sent = server.mail.next();
        assertThat(sent.mail().getMaybeSender().isNullSender()).isTrue();
        assertThat(sent.mail().getRecipients()).containsExactly(new MailAddress("bob@example.net"));
        assertThat(sent.text()).contains("From: alice@example.org\r\nTo: bob@example.net\r\n",
            "Content-Type: multipart/report; report-type=disposition-notification;\r\n boundary=",
            "Content-Type: message/disposition-notification\r\n",
            "Final-Recipient: rfc822; alice@example.org\r\nOriginal-Message-ID: <id@example.net>\r\n"
                + "Disposition: manual-action/MDN-sent-manually; displayed\r\n", "  caf\u00e9\r\n");
    }

    /** Another user's message can be sent on by who may read it. */
    @Test
    void otherUsersMessagesShouldNeedTheRightToRead() throws Exception {
        try (XimssTestClient bob = server.client()) {
            bob.send("<login id=\"L\" authData=\"bob@example.org\" password=\"secret\"/>\0");
            bob.readUntil("<response id=\"L\"");
            bob.send("<messageSubmit id=\"S\"><EMail><To>a@example.net</To><copyMIME folder=\"INBOX\" UID=\"1\"/></EMail>"
                + "</messageSubmit>\0");
            assertThat(bob.readUntil("<response")).contains("no such folder is open");
        }
    }
}
