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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

import javax.mail.Flags;

import org.apache.james.core.MailAddress;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientId;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.smime.TestIdentity;
import reactor.core.publisher.Flux;

/** What goes out signed and encrypted, read by somebody else's arithmetic; and what Bob gets of Alice's mail and address book. */
@BothBackends
class SecureMessagingTest {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final TestIdentity BOB = TestIdentity.of("Bob", "bob@example.org");
    private static final String DENIED = "errorNum=\"551\"";
    private static final String UNKNOWN = "errorNum=\"550\"";
    private static final String DONE = "<response id=\"R\"/>";

    @TempDir
    Path folder;
    private XimssTestServer server;
    private XimssTestClient bob;

    @BeforeEach
    void setUp() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN);
        SecureMailbox.fill(server.james);
        bob = server.client();
        bob.send("<login id=\"L\" authData=\"bob@example.org\" password=\"secret\"/>\0");
        bob.readUntil("<response id=\"L\"");
        assertThat(ask("<SMIMEImport id=\"R\" password=\"x\">" + Base64.getEncoder().encodeToString(BOB.pkcs12("x")) + "</SMIMEImport>\0"))
            .isEqualTo(DONE);
        assertThat(ask("<SMIMEUnlock id=\"R\" password=\"x\"/>\0")).isEqualTo(DONE);
    }

    @AfterEach
    void tearDown() throws Exception {
        bob.close();
        assertThat(server.mail.isEmpty()).isTrue();
        server.close();
    }

    private void allow(String mailbox, String rights) throws Exception {
        server.james.mailboxManager().applyRightsCommand(MailboxPath.forUser(TestJames.ALICE, mailbox),
            MailboxACL.command().forUser(TestJames.BOB).rights(MailboxACL.Rfc4314Rights.deserialize(rights)).asReplacement(),
            server.james.session(TestJames.ALICE));
    }

    private String ask(String request) throws Exception {
        bob.send(request);
        return bob.readUntil("<response");
    }

    private String transfer(String operation, String target) throws Exception {
        return ask("<" + operation + " id=\"R\" folder=\"f\" targetMailbox=\"" + target + "\" encrypt=\"yes\"><UID>1</UID></"
            + operation + ">\0");
    }

    private void open(String rights) throws Exception {
        allow("INBOX", "lr");
        assertThat(ask("<folderOpen id=\"R\" folder=\"f\" mailbox=\"~alice@example.org/INBOX\"><field>UID</field></folderOpen>\0"))
            .isEqualTo(DONE);
        allow("INBOX", rights);
    }

    private List<MessageResult> messages(MailboxPath path) throws Exception {
        MailboxSession session = server.james.session(path.getUser());
        MessageManager mailbox = server.james.mailboxManager().getMailbox(path, session);
        return Flux.from(mailbox.getMessagesReactive(MessageRange.all(), FetchGroup.MINIMAL, session))
            .collectSortedList(Comparator.comparing(MessageResult::getUid)).block();
    }

    private SubmittedMail.Sent submit(String email) throws Exception {
        assertThat(ask("<messageSubmit id=\"R\">" + email + "</messageSubmit>\0")).isEqualTo(DONE);
        return server.mail.next();
    }

    @Test
    void encryptedCopiesShouldNeedTheRightsOfOthers() throws Exception {
        open("l");
        assertThat(transfer("messageCopy", "INBOX")).contains(DENIED);
        allow("INBOX", "lr");
        assertThat(transfer("messageMove", "INBOX")).contains(DENIED);
        assertThat(transfer("messageCopy", "~alice@example.org/INBOX")).contains(DENIED);
        assertThat(transfer("messageCopy", "~alice@example.org/Contacts")).contains(UNKNOWN);
        assertThat(messages(MailboxPath.inbox(TestJames.BOB))).isEmpty();
        assertThat(messages(MailboxPath.inbox(TestJames.ALICE))).hasSize(6);
        assertThat(transfer("messageCopy", "INBOX")).isEqualTo(DONE);
        assertThat(messages(MailboxPath.inbox(TestJames.BOB))).hasSize(1);
    }

    /** RFC 4314 section 4. */
    @Test
    void encryptedCopiesShouldHaveNoFlagThatTheUserMayNotSet() throws Exception {
        MailboxSession alice = server.james.session(TestJames.ALICE);
        server.james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), alice).setFlags(new Flags(Flags.Flag.SEEN),
            MessageManager.FlagsUpdateMode.ADD, MessageRange.all(), alice);
        open("lri");
        assertThat(transfer("messageCopy", "~alice@example.org/INBOX")).isEqualTo(DONE);
        assertThat(messages(MailboxPath.inbox(TestJames.ALICE)).get(6).getFlags().contains(Flags.Flag.SEEN)).isFalse();
        allow("INBOX", "lris");
        assertThat(transfer("messageCopy", "~alice@example.org/INBOX")).isEqualTo(DONE);
        assertThat(messages(MailboxPath.inbox(TestJames.ALICE)).get(7).getFlags().contains(Flags.Flag.SEEN)).isTrue();
    }

    @Test
    void addressBooksOfOthersShouldNeedTheRightToRead() throws Exception {
        String request = "<messageAppend id=\"R\" targetMailbox=\"INBOX\">"
            + "<EMail encrypt=\"yes\" addressBook=\"~alice@example.org/Contacts\"><To>toName@domain</To><EMail/></EMail></messageAppend>\0";
        assertThat(ask(request)).contains(UNKNOWN);
        allow("Contacts", "l");
        assertThat(ask(request)).contains(DENIED);
        allow("Contacts", "lr");
        assertThat(ask(request)).isEqualTo(DONE);
    }

    @Test
    void signedMessageShouldBeVerifiedByOthers() throws Exception {
        SubmittedMail.Sent sent = submit("<EMail sign=\"yes\"><To>a@example.net</To><Bcc>c@example.net</Bcc><Subject>x</Subject>"
            + "<MIME type=\"text\" subtype=\"plain\">Gr\u00fc\u00dfe \nFrom Bob\n</MIME></EMail>");
        assertThat(sent.mail().getRecipients()).hasSize(2);
        String text = sent.text();
        assertThat(text).contains("From: bob@example.org\r\n", "micalg=sha-256").doesNotContain("c@example.net");
        String boundary = "--" + text.replaceAll("(?s).*boundary=\"([^\"]+)\".*", "$1");
        String[] parts = text.split("(\r\n)?" + java.util.regex.Pattern.quote(boundary) + "(\r\n)?");
        assertThat(parts).hasSize(4);
        byte[] signature = Base64.getMimeDecoder().decode(parts[2].split("\r\n\r\n")[1]);
        CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(parts[1].getBytes(StandardCharsets.US_ASCII)), signature);
        assertThat(signed.getSignerInfos().getSigners().iterator().next()
            .verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider(PROVIDER).build(BOB.certificate()))).isTrue();
    }

    @Test
    void encryptedMessageShouldBeReadByItsReaders() throws Exception {
        allow("Contacts", "lr");
        SubmittedMail.Sent sent = submit("<EMail encrypt=\"yes\" addressBook=\"~alice@example.org/Contacts\"><To>toName@domain</To>"
            + "<Subject>outside</Subject><EMail><Bcc>hidden@example.net</Bcc><Subject>inside</Subject><MIME>secret</MIME></EMail></EMail>");
        assertThat(sent.mail().getRecipients()).containsExactly(new MailAddress("toName@domain"));
        assertThat(sent.text()).contains("Subject: outside\r\n").doesNotContain("inside", "secret");
        byte[] cms = Base64.getMimeDecoder().decode(sent.text().substring(sent.text().indexOf("\r\n\r\n") + 4));
        for (TestIdentity reader : List.of(BOB, SecureMailbox.RECIPIENT)) {
            byte[] inner = new CMSEnvelopedData(cms).getRecipientInfos().get(new JceKeyTransRecipientId(reader.certificate()))
                .getContent(new JceKeyTransEnvelopedRecipient(reader.identity().key()).setProvider(PROVIDER));
            assertThat(new String(inner, StandardCharsets.UTF_8)).contains("Subject: inside\r\n", "\r\n\r\nsecret")
                .doesNotContain("hidden");
        }
    }

    /** RFC 5652 section 6.2: an encrypted message says for whom it is, so who is in Bcc needs one of his own. */
    @Test
    void readersOfAnEncryptedMessageShouldNotSeeWhoIsInBcc() throws Exception {
        TestIdentity hidden = TestIdentity.of("Hidden", "hidden@example.net");
        server.james.append(TestJames.ALICE, "Contacts", "Content-Type: text/x-vcard\r\n\r\n" + hidden.vCard("hidden@example.net"));
        allow("Contacts", "lr");
        SubmittedMail.Sent open = submit("<EMail encrypt=\"yes\" addressBook=\"~alice@example.org/Contacts\"><To>toName@domain</To>"
            + "<Bcc>hidden@example.net</Bcc><Bcc>toName@domain</Bcc><Subject>x</Subject><EMail><MIME>secret</MIME></EMail></EMail>");
        SubmittedMail.Sent blind = server.mail.next();
        assertThat(server.mail.isEmpty()).isTrue();
        assertThat(open.mail().getRecipients()).containsExactly(new MailAddress("toName@domain"));
        assertThat(blind.mail().getRecipients()).containsExactly(new MailAddress("hidden@example.net"));
        assertThat(isFor(open, SecureMailbox.RECIPIENT)).isTrue();
        assertThat(isFor(open, hidden)).isFalse();
        assertThat(isFor(blind, hidden)).isTrue();
        assertThat(isFor(blind, SecureMailbox.RECIPIENT)).isFalse();
        String header = "(?s).*?(Message-ID: [^\r]*)\r\n.*";
        assertThat(open.text()).doesNotContain("hidden@").contains(blind.text().replaceAll(header, "$1"));
        assertThat(blind.text()).doesNotContain("hidden@").contains("To: toName@domain\r\n");
    }

    private static boolean isFor(SubmittedMail.Sent sent, TestIdentity reader) throws Exception {
        byte[] cms = Base64.getMimeDecoder().decode(sent.text().substring(sent.text().indexOf("\r\n\r\n") + 4));
        return new CMSEnvelopedData(cms).getRecipientInfos().get(new JceKeyTransRecipientId(reader.certificate())) != null;
    }

    /** The key of a session is nobody else's, and what is typed is not what is stored. */
    @Test
    void keysShouldBelongToTheirUsers() throws Exception {
        try (XimssTestClient alice = server.client().logIn()) {
            alice.send("<SMIMEUnlock id=\"R\" password=\"x\"/>\0");
            assertThat(alice.readUntil("<response")).contains("the account has no private key");
        }
        try (XimssTestClient again = server.client()) {
            again.send("<login id=\"L\" authData=\"bob@example.org\" password=\"secret\"/>\0");
            again.readUntil("<response id=\"L\"");
            again.send("<messageAppend id=\"R\" targetMailbox=\"INBOX\"><EMail sign=\"yes\"/></messageAppend>\0");
            assertThat(again.readUntil("<response")).contains("the private key is locked");
        }
    }
}
