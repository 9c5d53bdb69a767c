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

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.smime.TestIdentity;

/** Signed and encrypted mail that transcripts find in alice's INBOX, and the people in her mailbox Contacts. */
final class SecureMailbox {
    static final TestIdentity ALICE = TestIdentity.of("Alice", "alice@example.org");
    static final TestIdentity SENDER = TestIdentity.of("Sender Name", "fromName@domain");
    static final TestIdentity RECIPIENT = TestIdentity.of("Recipient Name", "toName@domain");

    /** Of the examples of "Secure Messaging". */
    private static final String HEADER = "Return-Path: <fromName@domain>\r\nFrom: \"Sender Name\" <fromName@domain>\r\n"
        + "Subject: Re: I'll be there!\r\nTo: \"Recipient Name\" <a1@domain>\r\nX-Mailer: SuperClient v7.77\r\n"
        + "Date: Thu, 30 Aug 2007 11:43:18 -0700\r\nMessage-ID: <web-40721383@domain.dom>\r\n";
    private static final String LOGO = "--b\r\nContent-Type: image/gif\r\nContent-Disposition: attachment; filename=\"logo.gif\"\r\n"
        + "Content-Transfer-Encoding: base64\r\n\r\nR0lGODlhCgAM\r\n--b--\r\n";
    private static final String SIGNED = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        + "Content-Type: text/plain; charset=\"utf-8\"\r\n\r\nDear Susan,\r\n\r\nAttached please find a file I received this morning...\r\n"
        + "Mary.\r\n\r\n" + LOGO;
    private static final String ENCRYPTED = HEADER + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        + "Content-Type: text/plain; charset=\"utf-8\"; format=\"flowed\"\r\n\r\nThis is an encrypted E-mail with an attachment.\r\n"
        + LOGO;

    private SecureMailbox() {
    }

    /** Alice's key with its password {@code of the file}, in base64. */
    static String file() throws Exception {
        return Base64.getEncoder().encodeToString(ALICE.pkcs12("of the file"));
    }

    /**
     * In this order: signed; encrypted for alice by an old cipher; altered after it was signed; encrypted for somebody else; no CMS;
     * encrypted for alice and signed within.
     */
    static void fill(TestJames james) throws Exception {
        append(james, "INBOX", SENDER.signedMessage(HEADER, SIGNED));
        append(james, "INBOX", TestIdentity.pkcs7Message(HEADER, ALICE.encrypt(octets(ENCRYPTED), PKCSObjectIdentifiers.RC2_CBC, 40)));
        append(james, "INBOX", SENDER.signedMessage("Subject: altered\r\n", "\r\nPay 10").replace("Pay 10", "Pay 100"));
        append(james, "INBOX", TestIdentity.pkcs7Message("Subject: of another\r\n",
            SENDER.encrypt(octets(ENCRYPTED), NISTObjectIdentifiers.id_aes128_CBC, 128)));
        append(james, "INBOX", TestIdentity.pkcs7Message("Subject: broken\r\n", octets("no CMS")));
        String within = SENDER.signedMessage("From: fromName@domain\r\nSubject: within\r\n", "\r\nsecret");
        append(james, "INBOX", TestIdentity.pkcs7Message("Subject: both\r\n",
            ALICE.encrypt(octets(within), NISTObjectIdentifiers.id_aes256_CBC, 256)));
        MailboxSession session = james.session(TestJames.ALICE);
        james.mailboxManager().createMailbox(MailboxPath.forUser(TestJames.ALICE, "Contacts"), session);
        append(james, "Contacts", "Subject: no contact\r\n\r\nBEGIN:VCARD\r\nEMAIL:toName@domain\r\nEND:VCARD\r\n");
        append(james, "Contacts", "Subject: without a certificate\r\nContent-Type: text/x-vcard\r\n\r\n"
            + "BEGIN:VCARD\r\nEMAIL:toName@domain\r\nEMAIL:poor@domain\r\nEND:VCARD\r\n");
        append(james, "Contacts", "Subject: Recipient Name\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
            + "Content-Type: text/directory; charset=utf-8\r\n\r\n" + RECIPIENT.vCard("toName@domain") + "--b--\r\n");
    }

    private static void append(TestJames james, String mailbox, String message) throws Exception {
        james.append(TestJames.ALICE, mailbox, message);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
