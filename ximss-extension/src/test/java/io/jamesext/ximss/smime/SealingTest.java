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
package io.jamesext.ximss.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;

import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.junit.jupiter.api.Test;

import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.ProtocolException;

/** What is signed and encrypted here. */
class SealingTest {
    private static final TestIdentity ALICE = TestIdentity.of("Alice", "alice@example.org");
    private static final TestIdentity OTHER = TestIdentity.of("Sender Name", "fromName@domain");
    private static final byte[] ENTITY = "Content-Type: text/plain\r\n\r\nDear Susan\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> SENDERS = Set.of("alice@example.org");

    private static SecureReading reading(TestIdentity identity) {
        return new SecureReading(Authorities.of(TestIdentity.CA), Optional.of(identity.identity()), Instant.now(), new Semaphore(1));
    }

    private static byte[] encrypted(byte[] entity, TestIdentity... readers) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sealing.encrypt(plain -> plain.write(entity), List.of(readers).stream().map(TestIdentity::certificate).toList(), out);
        String text = out.toString(StandardCharsets.US_ASCII);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(76));
        return Base64.getMimeDecoder().decode(text);
    }

    private static TestIdentity with(int usage, Instant till) {
        KeyPair keys = TestIdentity.keys("RSA", 2048);
        X509Certificate certificate = TestIdentity.certificate("CN=x", keys,
            builder -> TestIdentity.extend(builder, Extension.keyUsage, new KeyUsage(usage)), Instant.now().minusSeconds(60), till);
        return new TestIdentity(keys, certificate);
    }

    @Test
    void signatureShouldBeOfToday() throws Exception {
        byte[] signature = Base64.getMimeDecoder().decode(Sealing.sign(ByteSource.wrap(ENTITY), ALICE.identity()));
        Secured secured = reading(OTHER).verify(ENTITY, signature, SENDERS);
        assertThat(secured.attributes()).containsExactly(Map.entry("digesterName", "SHA256"));
        assertThat(secured.signature().orElseThrow().elements("x509").findFirst().orElseThrow().attribute("validationError")).isEmpty();
        SignerInformation signer = new CMSSignedData(signature).getSignerInfos().getSigners().iterator().next();
        assertThat(signer.getEncryptionAlgOID()).isIn("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11");
        assertThat(new CMSSignedData(signature).getSignedContent()).as("it stands elsewhere").isNull();
    }

    @Test
    void certificateShouldBeForSigningAndForNow() {
        for (TestIdentity identity : List.of(with(KeyUsage.keyEncipherment, Instant.now().plusSeconds(60)),
                with(KeyUsage.digitalSignature, Instant.now().minusSeconds(10)))) {
            assertThatThrownBy(() -> Sealing.sign(ByteSource.wrap(ENTITY), identity.identity())).isInstanceOf(ProtocolException.class)
                .hasMessage("the certificate is not valid for that, or not now");
        }
        assertThat(Sealing.canEncryptFor(with(KeyUsage.digitalSignature, Instant.now().plusSeconds(60)).certificate())).isFalse();
        assertThat(Sealing.canEncryptFor(with(KeyUsage.keyEncipherment, Instant.now().minusSeconds(10)).certificate())).isFalse();
        assertThat(Sealing.canEncryptFor(with(KeyUsage.keyEncipherment, Instant.now().plusSeconds(60)).certificate())).isTrue();
    }

    @Test
    void allReadersAndNobodyElseShouldReadIt() throws Exception {
        byte[] cms = encrypted(ENTITY, ALICE, OTHER, ALICE);
        assertThat(new CMSEnvelopedData(cms).getEncryptionAlgOID()).as("AES-256-CBC").isEqualTo("2.16.840.1.101.3.4.1.42");
        assertThat(new CMSEnvelopedData(cms).getRecipientInfos().size()).isEqualTo(2);
        for (TestIdentity reader : List.of(ALICE, OTHER)) {
            Secured secured = reading(reader).open(cms, SENDERS);
            assertThat(secured.content()).contains(ENTITY);
            assertThat(secured.attributes()).containsOnly(Map.entry("cipherName", "AES"), Map.entry("keyLength", "256"));
        }
        assertThat(reading(TestIdentity.of("C", "c@example.org")).open(cms, SENDERS).content()).isEmpty();
        assertThat(new String(cms, StandardCharsets.ISO_8859_1)).doesNotContain("Susan");
    }

    /** It is written in pieces, of which there must not be more than are read. */
    @Test
    void whatIsEncryptedShouldBeReadHereHoweverLargeItIs() throws Exception {
        byte[] large = new byte[25 << 20];
        new Random(5).nextBytes(large);
        byte[] read = reading(ALICE).open(encrypted(large, ALICE), SENDERS).content().orElseThrow();
        assertThat(Arrays.equals(read, large)).isTrue();
    }
}
