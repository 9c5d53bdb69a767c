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
package io.jamesext.ximss.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;

import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cms.CMSCompressedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.jcajce.ZlibCompressor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.io.ByteSource;
import com.google.common.primitives.Bytes;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.smime.Authorities;
import io.jamesext.ximss.smime.SealingKeys;
import io.jamesext.ximss.smime.SecureReading;
import io.jamesext.ximss.smime.TestIdentity;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Text;

/** Signed and encrypted messages to XML and back, beside what the transcripts show. */
class SecureEmailTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final TestIdentity ALICE = TestIdentity.of("Alice", "alice@example.org");
    private static final SealingKeys KEYS = new SealingKeys(Optional.of(ALICE.identity()), List.of(ALICE.certificate()));
    private static final String STORED = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
        + "\nGr\u00fc\u00dfe \n.\nFrom x\n";

    private static Element read(byte[] message) throws IOException {
        return EmailReader.read(new ByteArrayInputStream(message), message.length, new ReadingOptions("", 1_000_000, ZoneOffset.UTC,
            new SecureReading(Authorities.of(TestIdentity.CA), Optional.of(ALICE.identity()), NOW, new Semaphore(1))));
    }

    private static byte[] compose(Map<String, String> attributes, Element... content) throws IOException {
        try (ComposedMessage message = new EmailComposer("host.example").compose(Element.of("EMail", attributes, List.of(content)), NOW,
                copyMime -> ByteSource.wrap(STORED.getBytes(StandardCharsets.UTF_8)), KEYS)) {
            return message.octets().read();
        }
    }

    private static byte[] signed(Element content) throws IOException {
        return compose(Map.of("sign", "yes"), Element.text("From", "Alice@example.org"), content);
    }

    private static Element text(String text) {
        return Element.of("MIME", Map.of("type", "text", "subtype", "plain"), List.of(new Text(text)));
    }

    private static Element mime(Element email) {
        return email.elements("MIME").findFirst().orElseThrow();
    }

    /** The signed part; its signature has to be valid. */
    private static Element verified(byte[] message) throws IOException {
        Element signed = mime(read(message));
        assertThat(signed.attribute("digesterName")).contains("SHA256");
        Element signature = signed.elements("SMIMESignature").findFirst().orElseThrow();
        assertThat(signature.elements("x509").map(x509 -> x509.attribute("validationError"))).containsExactly(Optional.empty());
        return signed.elements().findFirst().orElseThrow();
    }

    private static byte[] message(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Optional<String> decryptionError(Element email) {
        return mime(email).attribute("decryptionError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain\n", "no end", "", "Gr\u00fc\u00dfe \u8349\u7a3f \ud83d\ude00\n", "\n\n.\n..\nFrom here\n",
        " lead\ntrail \n", "tab\there\t\n", "=20\n"})
    void signedTextShouldComeBackAsItWasAndInSevenBits(String text) throws IOException {
        byte[] message = signed(text(text));
        assertThat(verified(message).text()).isEqualTo(text);
        assertThat(new String(message, StandardCharsets.ISO_8859_1)).matches("[\\x00-\\x7F]*")
            .doesNotContainPattern("[ \t]\r\n\\S").doesNotContain("\nFrom here", "\n.\r");
    }

    @Test
    void longLinesShouldBeSignedInShortOnes() throws IOException {
        String text = "\u00fc".repeat(3_000) + "\n" + "x".repeat(2_000);
        byte[] message = signed(text(text));
        assertThat(new String(message, StandardCharsets.US_ASCII).lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(998));
        assertThat(verified(message).text()).isEqualTo(text);
    }

    @Test
    void partsShouldBeSignedTogether() throws IOException {
        Element multipart = Element.of("MIME", Map.of("type", "multipart", "subtype", "mixed"), List.of(text("one"),
            Element.of("EMail", Map.of(), List.of(Element.text("Subject", "within"), text("two \u00fc"))),
            Element.of("copyMIME", Map.of(), List.of())));
        Element part = verified(signed(multipart));
        Optional<String> within = Optional.of("01-02-E");
        assertThat(part.find(element -> element.attribute("partID").equals(within)).orElseThrow().name()).isEqualTo("EMail");
        assertThat(part.elements("MIME").count()).isEqualTo(3);
    }

    /** RFC 8551 section 3.1.1: a mail server would make line ends of these line feeds. */
    @Test
    void copiedPartsShouldBeSignedWithLineEnds() throws IOException {
        byte[] message = signed(Element.of("copyMIME", Map.of(), List.of()));
        assertThat(new String(message, StandardCharsets.ISO_8859_1)).doesNotContainPattern("[^\r]\n");
        verified(message);
    }

    @Test
    void everyAlterationOfASignedPartShouldBeSeen() throws IOException {
        String message = new String(signed(text("Pay 10 to Bob")), StandardCharsets.US_ASCII);
        for (String altered : List.of(message.replace("Pay 10", "Pay 90"), message.replace("text/plain", "text/html"),
                message.replace("to Bob", "to Bob "), message.replace("charset=utf-8", "charset=utf-7"))) {
            assertThat(altered).isNotEqualTo(message);
            Element signature = mime(read(message(altered))).elements("SMIMESignature").findFirst().orElseThrow();
            assertThat(signature.body()).isEmpty();
        }
        Element other = mime(read(message(message.replace("From: Alice@", "From: Bob@"))));
        assertThat(other.elements("SMIMESignature").flatMap(Element::elements).map(x509 -> x509.attribute("validationError")))
            .containsExactly(Optional.of("the certificate is not the sender's"));
    }

    @Test
    void encryptedMessageShouldShowOutsideOnlyWhatIsOutside() throws IOException {
        byte[] message = compose(Map.of("encrypt", "yes", "addressBook", "any"), Element.text("Subject", "outside"),
            Element.of("EMail", Map.of("sign", "yes"), List.of(Element.text("From", "alice@example.org"),
                Element.text("Subject", "inside"), text("hidden \u00fc"))));
        assertThat(new String(message, StandardCharsets.US_ASCII)).contains("Subject: outside\r\n", "smime-type=enveloped-data")
            .doesNotContain("inside", "hidden", "multipart/signed");
        Element inner = mime(read(message)).elements("EMail").findFirst().orElseThrow();
        assertThat(inner.elements("Subject").map(Element::text)).containsExactly("inside");
        assertThat(mime(inner).elements("SMIMESignature").flatMap(Element::elements).map(x509 -> x509.attribute("validationError")))
            .containsExactly(Optional.empty());
        assertThat(mime(mime(inner)).text()).isEqualTo("hidden \u00fc");
    }

    @Test
    void copyForTheOwnerShouldHoldTheMessageOctetByOctet() throws IOException {
        byte[] old = message("Received: x\r\n\tfolded\r\nFrom: a@b\r\nContent-Type: text/html\r\nMIME-Version: 1.0\r\n\r\nText\r\n");
        try (ComposedMessage copy = EncryptedCopy.of(ByteSource.wrap(old), ALICE.certificate())) {
            String text = copy.octets().asCharSource(StandardCharsets.US_ASCII).read();
            assertThat(text).startsWith("Received: x\r\n\tfolded\r\nFrom: a@b\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: application/pkcs7-mime;");
            byte[] cms = Base64.getMimeDecoder().decode(text.substring(text.indexOf("\r\n\r\n") + 4));
            SecureReading reading = new SecureReading(Authorities.of(), Optional.of(ALICE.identity()), NOW, new Semaphore(1));
            assertThat(reading.open(cms, java.util.Set.of()).content()).contains(old);
        }
    }

    /** A hundred megabytes of zeros in a hundred kilobytes. */
    @Test
    void compressedDataShouldNotBeInflated() throws Exception {
        byte[] bomb = new CMSCompressedDataGenerator().generate(new CMSProcessableByteArray(new byte[100 << 20]), new ZlibCompressor())
            .getEncoded();
        assertThat(bomb.length).isLessThan(200_000);
        Element shown = read(message(TestIdentity.pkcs7Message("Subject: x\r\n", bomb)));
        assertThat(mime(shown).body()).isEmpty();
        assertThat(mime(shown).attribute("estimatedSize")).contains(Integer.toString(bomb.length));
        byte[] hidden = ALICE.encrypt(message(TestIdentity.pkcs7Message("Subject: y\r\n", bomb)), NISTObjectIdentifiers.id_aes128_CBC, 128);
        Element inner = mime(read(message(TestIdentity.pkcs7Message("", hidden)))).elements("EMail").findFirst().orElseThrow();
        assertThat(mime(inner).body()).isEmpty();
    }

    @Test
    void largeMessagesShouldBeShownAsTheyAre() throws Exception {
        byte[] large = new byte[33 << 20];
        Arrays.fill(large, (byte) 'x');
        byte[] message = message(ALICE.signedMessage("From: alice@example.org\r\n", "\r\n" + new String(large, StandardCharsets.US_ASCII)));
        Element shown = read(message);
        assertThat(decryptionError(shown)).contains("the message is too big for now, or has too many such parts");
        assertThat(mime(shown).elements().map(Element::name)).containsExactly("MIME", "MIME");
    }

    @Test
    void largeMessagesShouldWaitForEachOther() throws Exception {
        Semaphore large = new Semaphore(1);
        try (SecureReading first = new SecureReading(Authorities.of(), Optional.empty(), NOW, large);
                SecureReading second = new SecureReading(Authorities.of(), Optional.empty(), NOW, large)) {
            assertThat(first.reserve(2 << 20)).isTrue();
            assertThat(first.reserve(2 << 20)).isTrue();
            assertThat(second.reserve(1 << 20)).as("small").isTrue();
            assertThat(second.reserve(2 << 20)).isFalse();
            first.close();
            assertThat(second.reserve(2 << 20)).isTrue();
        }
        assertThat(large.availablePermits()).isEqualTo(1);
    }

    @Test
    void securePartsShouldBeCounted() throws Exception {
        byte[] encrypted = ALICE.encrypt(message("\r\nx"), NISTObjectIdentifiers.id_aes128_CBC, 128);
        String part = "--b\r\n" + TestIdentity.pkcs7Message("", encrypted);
        Element shown = mime(read(message("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part.repeat(21) + "--b--\r\n")));
        assertThat(shown.elements("MIME").filter(one -> one.attribute("cipherName").isPresent()).count()).isEqualTo(20);
        assertThat(shown.elements("MIME").reduce((first, last) -> last).orElseThrow().attribute("decryptionError"))
            .contains("the message is too big for now, or has too many such parts");
    }

    @Test
    void deepEncryptionShouldEnd() throws Exception {
        byte[] message = message("\r\ncore");
        for (int i = 0; i < 30; i++) {
            byte[] cms = ALICE.encrypt(message, NISTObjectIdentifiers.id_aes128_CBC, 128);
            message = Bytes.concat(message("Subject: x\r\nContent-Type: application/pkcs7-mime\r\n\r\n"), cms);
        }
        byte[] deepest = message;
        assertTimeout(Duration.ofSeconds(20), () -> {
            Element shown = read(deepest);
            int layers = 0;
            for (Element email = shown; mime(email).attribute("cipherName").isPresent(); layers++) {
                email = mime(email).elements("EMail").findFirst().orElseThrow();
            }
            assertThat(layers).isEqualTo(20);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noSecureMessageShouldBeUnreadable(long seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> whole = List.of(signed(text("one")), compose(Map.of("encrypt", "yes", "addressBook", "any"),
            Element.of("EMail", Map.of("sign", "yes"), List.of(text("two")))));
        for (int i = 0; i < 1_000; i++) {
            byte[] altered = whole.get(i % 2).clone();
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
                int at = random.nextInt(altered.length);
                switch (random.nextInt(3)) {
                    case 0 -> altered[at] = (byte) random.nextInt();
                    case 1 -> altered = Arrays.copyOf(altered, at + 1);
                    default -> System.arraycopy(altered, 0, altered, at, Math.min(altered.length - at, random.nextInt(40)));
                }
            }
            try {
                assertThat(read(altered).name()).isEqualTo("EMail");
            } catch (ProtocolException | IOException e) {
                throw new AssertionError("seed " + seed + ": " + new String(altered, StandardCharsets.ISO_8859_1), e);
            }
        }
    }

    /** What somebody encrypted may be anything at all. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "Subject: x", "Subject: x\r\n", "\r\n", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b",
        "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b",
        "Content-Type: application/pkcs7-mime\r\n\r\n", "Content-Type: message/rfc822\r\n\r\n", "\0\0\0"})
    void oddContentShouldBeShown(String content) throws Exception {
        byte[] cms = ALICE.encrypt(message(content), NISTObjectIdentifiers.id_aes128_CBC, 128);
        assertThat(mime(read(message(TestIdentity.pkcs7Message("Subject: x\r\n", cms)))).attribute("cipherName")).contains("AES");
    }
}
