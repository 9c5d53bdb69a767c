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

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.mail.internet.MimeMessage;

import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.james.transport.mailets.LocalDelivery;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;

import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Bytes;

import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.Content;
import io.jamesext.dmap.dime.message.MessageComposer;
import io.jamesext.dmap.dime.message.OriginSigner;
import io.jamesext.dmap.dime.message.Parties;
import io.jamesext.dmap.dime.message.Party;
import io.jamesext.dmap.dime.signet.EncryptedKeys;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.mailet.EncryptOnArrival;
import io.jamesext.dmap.mailet.Gateways;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.dmap.stacie.RealmKey;

/**
 * Alice, who uses all that DMAP has in a mode, and those who write to her. In TRUSTFUL mode she sends everything as it is; in the others
 * she encrypts what the mode lets her encrypt, as PROTOCOL.md has it for clients. Each step is one method; a further step is one more, and
 * a line in {@link #everything}.
 */
final class CanaryClient implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DmapTestServer server;
    private final Dime dime;
    private final Mode mode;
    private final Canaries canaries;
    private final TlsClient client;
    private final PrivateKeys keys = PrivateKeys.generateUser(RANDOM);
    private final byte[] realm = octets(32);
    private final Fingerprint keyId = SignetIssuer.request(keys).fingerprint(SignetLevel.REQUEST);

    CanaryClient(DmapTestServer server, Mode mode, Canaries canaries) throws Exception {
        this.server = server;
        this.dime = server.services().dime();
        this.mode = mode;
        this.canaries = canaries;
        this.client = new TlsClient(server.port());
        client.logIn();
    }

    void everything() throws Exception {
        addKey();
        mailboxes();
        blocks();
        keyword();
        message();
        arrival();
        read();
    }

    /** The mode says which object of private keys goes along. In TRUSTFUL mode the operator's key encrypts what the server may use. */
    private void addKey() throws Exception {
        Signet request = SignetIssuer.request(keys);
        byte[] command = Bytes.concat(("ADDKEY " + keyId + " ").getBytes(UTF_8), literal(request.toBytes()));
        if (mode == Mode.CAUTIOUS) {
            byte[] secret = octets(64);
            canaries.octets("secret of the private keys", secret);
            command = Bytes.concat(command, " ".getBytes(UTF_8), literal(EncryptedKeys.encrypt(keys, RealmKey.of(secret)).toBytes()));
        }
        if (mode == Mode.TRUSTFUL) {
            command = Bytes.concat(command, " ".getBytes(UTF_8), literal(keys.toBytes()));
        } else {
            canaries.octets("signing key", keys.signingKey().secret());
            canaries.octets("decryption key", keys.decryptionKey().secret());
        }
        ok(command);
        if (mode == Mode.PARANOID) {
            // What a careless client offers is not kept either.
            PrivateKeys more = PrivateKeys.generateUser(RANDOM);
            canaries.octets("private keys offered", more.signingKey().secret());
            Signet renewal = SignetIssuer.renewal(more, keys.signingKey());
            answer(Bytes.concat(("ADDKEY " + renewal.fingerprint(SignetLevel.REQUEST) + " ").getBytes(UTF_8), literal(renewal.toBytes()),
                " ".getBytes(UTF_8), literal(more.toBytes())), "NO");
        }
        ok("GETKEY " + keyId + " PUBLIC");
    }

    /** CREF11: each level by itself. */
    private void mailboxes() throws Exception {
        String parent = sealed(canaries.word("mailbox name"));
        String child = parent + "/" + sealed(canaries.word("name below"));
        String renamed = parent + "/" + sealed(canaries.word("new name"));
        ok("CREATE " + child);
        ok("SUBSCRIBE " + child);
        ok("RENAME " + child + " " + renamed);
        ok("STATUS " + renamed + " (MESSAGES)");
        ok("LIST " + parent + "*");
    }

    private void blocks() throws Exception {
        ok("SELECT INBOX");
        ok(Bytes.concat("STORE 1 META ".getBytes(UTF_8), literal(sealed(canaries.word("META").getBytes(UTF_8)))));
    }

    /** What a client does that does not know PARANOID mode; in CAUTIOUS mode the choice is the client's, and it makes none. */
    private void keyword() throws Exception {
        if (mode == Mode.TRUSTFUL) {
            ok("STORE 1 +FLAGS (" + canaries.word("keyword") + ")");
        } else if (mode == Mode.PARANOID) {
            String keyword = canaries.word("keyword");
            answer(("STORE 1 +FLAGS (" + keyword + ")").getBytes(UTF_8), "NO");
            answer(("APPEND INBOX (" + keyword + ") ~{1+}\r\nx").getBytes(UTF_8), "NO");
        }
    }

    /** A message of somebody of another domain. */
    private void message() throws Exception {
        String author = canaries.word("author's address") + "@elsewhere.example";
        String common = "Date: Sun, 22 Nov 2026 12:00:00 +0000\r\nTo: " + canaries.word("message To") + " <alice@example.org>\r\n"
            + "From: " + author + "\r\nSubject: " + canaries.word("message Subject") + "\r\n";
        String other = "X-Other: " + canaries.word("message header") + "\r\n";
        String text = "\r\n" + canaries.word("message text") + "\r\n";
        if (mode == Mode.TRUSTFUL) {
            String plain = common + other + text;
            ok("APPEND INBOX ~{" + plain.length() + "+}\r\n" + plain);
            return;
        }
        PrivateKeys authors = PrivateKeys.generateUser(RANDOM);
        Organisation elsewhere = TestDime.organisation("elsewhere.example");
        RingKey key = dime.keys().current(ALICE).blockOptional().orElseThrow();
        Parties parties = new Parties(
            new Party(author, SignetIssuer.user(SignetIssuer.request(authors), elsewhere.keys().signingKey())),
            new Party(elsewhere.domain(), elsewhere.signet()),
            new Party("example.org", TestDime.EXAMPLE_ORG.signet()),
            new Party(ALICE.asString(), key.signet()));
        byte[] message = new OriginSigner(elsewhere.keys().decryptionKey(), elsewhere.keys().signingKey()).sign(new MessageComposer(RANDOM)
            .compose(parties, List.of(
                new Content(ChunkKind.COMMON_HEADERS, common.getBytes(UTF_8)),
                new Content(ChunkKind.OTHER_HEADERS, other.getBytes(UTF_8)),
                new Content(ChunkKind.DISPLAY_CONTENT, text.getBytes(UTF_8))), authors.signingKey()), Set.of()).toBytes();
        client.send("T APPEND INBOX KEYID " + keyId + " ~{" + message.length + "}\r\n");
        client.readUntil("+ ");
        client.send(Bytes.concat(message, "\r\n".getBytes(UTF_8)));
        if (!client.readUntil("T ").startsWith("T OK")) {
            throw new AssertionError("not appended");
        }
    }

    /** A mail that comes in through James. */
    private void arrival() throws Exception {
        Mail mail = MailImpl.builder()
            .name("arrived")
            .sender(canaries.word("envelope") + "@elsewhere.example")
            .addRecipient(ALICE.asString())
            .mimeMessage(new MimeMessage(null, new ByteArrayInputStream(plainMail().getBytes(UTF_8))))
            .state("local-delivery")
            .build();
        mail.addSpecificHeaderForRecipient(PerRecipientHeaders.Header.builder().name("Delivered-To").value(canaries.word("Delivered-To"))
            .build(), new MailAddress(ALICE.asString()));
        FakeMailetConfig configuration = FakeMailetConfig.builder().mailetContext(FakeMailContext.defaultContext()).build();
        EncryptOnArrival encryption = new EncryptOnArrival(dime, new Gateways(dime.keys()), server.james().users(),
            server.james().mailboxManager(), new RecordingMetricFactory());
        encryption.init(configuration);
        encryption.service(mail);
        if (!mail.getState().equals(Mail.GHOST)) {
            LocalDelivery delivery = new LocalDelivery(server.james().users(), server.james().mailboxManager(),
                new RecordingMetricFactory());
            delivery.init(configuration);
            delivery.service(mail);
        }
        LifecycleUtil.dispose(mail);
    }

    private String plainMail() {
        return """
            Received: from %s by example.org; Sun, 22 Nov 2026 12:00:00 +0000
            Message-ID: <%s@elsewhere.example>
            From: %s <x@elsewhere.example>
            To: %s <alice@example.org>
            Cc: %s@elsewhere.example
            Date: Sun, 22 Nov 2026 12:00:00 +0000
            Subject: %s
            X-Other: %s
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            %s
            --b
            Content-Type: application/octet-stream
            Content-Disposition: attachment; filename=%s
            Content-Transfer-Encoding: base64

            %s
            --b--
            """.formatted(canaries.word("Received"), canaries.word("Message-ID"), canaries.word("From"), canaries.word("To"),
                canaries.word("Cc"), canaries.word("Subject"), canaries.word("header"), canaries.word("text"), canaries.word("file name"),
                BaseEncoding.base64().encode(canaries.word("attachment").getBytes(UTF_8))).replace("\n", "\r\n");
    }

    private void read() throws Exception {
        ok("SELECT INBOX");
        ok("FETCH 1:* (FLAGS SIZE META BODYSTRUCTURE)");
        ok("SEARCH UNSEEN");
        ok("COPY * Sent");
    }

    private static byte[] literal(byte[] octets) {
        return Bytes.concat(("~{" + octets.length + "+}\r\n").getBytes(UTF_8), octets);
    }

    private void ok(String command) throws Exception {
        ok(command.getBytes(UTF_8));
    }

    private void ok(byte[] command) throws Exception {
        answer(command, "OK");
    }

    private void answer(byte[] command, String condition) throws Exception {
        client.send(Bytes.concat("T ".getBytes(UTF_8), command, "\r\n".getBytes(UTF_8)));
        String answer = client.readUntil("T ");
        if (!answer.startsWith("T " + condition)) {
            throw new AssertionError(answer);
        }
    }

    /** A level of a mailbox's name. That equal names are equal does not matter here. */
    private String sealed(String level) throws Exception {
        return mode == Mode.TRUSTFUL ? level : "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed(level.getBytes(UTF_8)));
    }

    private byte[] sealed(byte[] plain) throws Exception {
        if (mode == Mode.TRUSTFUL) {
            return plain;
        }
        byte[] vector = octets(12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(realm, "AES"), new GCMParameterSpec(128, vector));
        return Bytes.concat(vector, cipher.doFinal(plain));
    }

    private static byte[] octets(int count) {
        byte[] octets = new byte[count];
        RANDOM.nextBytes(octets);
        return octets;
    }

    @Override
    public void close() throws Exception {
        client.close();
    }
}
