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

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;

import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.ximss.xml.Element;

/** What is found out about signed and encrypted parts that somebody else made, in all the ways in which they can be wrong. */
class SecureReadingTest {
    private static final byte[] ENTITY = "Content-Type: text/plain\r\n\r\nDear Susan\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> SENDERS = Set.of("fromname@domain");
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final TestIdentity SENDER = TestIdentity.of("Sender Name", "fromName@domain");
    private static final TestIdentity ALICE = TestIdentity.of("Alice", "alice@example.org");

    private final SecureReading reading = reading(NOW, Authorities.of(TestIdentity.CA));

    private static SecureReading reading(Instant now, Authorities authorities) {
        return new SecureReading(authorities, Optional.of(ALICE.identity()), now, new Semaphore(1));
    }

    private static Element certificate(Secured secured) {
        return secured.signature().orElseThrow().elements("x509").findFirst().orElseThrow();
    }

    private static Optional<String> validationError(Secured secured) {
        return certificate(secured).attribute("validationError");
    }

    private static Optional<String> error(Secured secured) {
        assertThat(secured.content()).isEmpty();
        assertThat(secured.signature()).isEmpty();
        return Optional.ofNullable(secured.attributes().get("decryptionError"));
    }

    @ParameterizedTest
    @CsvSource({"SHA256withRSA, SHA256", "SHA384withRSA, SHA384", "SHA512withRSA, SHA512", "SHA256withRSAandMGF1, SHA256"})
    void signatureOfAKnownAuthoritysCertificateShouldBeValid(String algorithm, String digest) throws Exception {
        Secured secured = reading.verify(ENTITY, SENDER.sign(ENTITY, algorithm, false), SENDERS);
        assertThat(secured.attributes()).containsExactly(java.util.Map.entry("digesterName", digest));
        assertThat(validationError(secured)).isEmpty();
        assertThat(certificate(secured).attribute("subject")).contains("fromName@domain");
        assertThat(certificate(secured).attribute("version")).contains("2");
        assertThat(certificate(secured).elements("validFrom").findFirst().orElseThrow().text()).isEqualTo("20240924T231857Z");
        assertThat(certificate(secured).elements("issuer").flatMap(Element::elements).map(part -> part.name() + "=" + part.text()))
            .containsExactly("c=US", "cn=issuer.dom", "contact=postmaster@issuer.dom", "l=Mill Valley", "o=Issuer Company, Inc.",
                "ou=Issuer Department", "st=CA");
    }

    @Test
    void everyAlterationShouldMatchNoSignature() throws Exception {
        byte[] signature = SENDER.sign(ENTITY, "SHA256withRSA", false);
        for (int i = 0; i < ENTITY.length; i++) {
            byte[] altered = ENTITY.clone();
            altered[i] ^= 1;
            assertThat(reading.verify(altered, signature, SENDERS).signature().orElseThrow().body()).isEmpty();
        }
        assertThat(reading.verify(Arrays.copyOf(ENTITY, ENTITY.length + 1), signature, SENDERS).signature().orElseThrow().body()).isEmpty();
    }

    @Test
    void unknownAuthorityShouldBeSaidInTheWordsOfTheExample() throws Exception {
        assertThat(validationError(reading(NOW, Authorities.of()).verify(ENTITY, SENDER.sign(ENTITY, "SHA256withRSA", false), SENDERS)))
            .contains("presented certificate is issued by an unknown authority");
    }

    @ParameterizedTest
    @CsvSource({"2024-01-01T00:00:00Z, the certificate is not valid yet", "2119-12-01T00:00:00Z, the certificate has expired"})
    void certificateShouldBeValidNow(String now, String error) throws Exception {
        assertThat(validationError(reading(Instant.parse(now), Authorities.of(TestIdentity.CA))
            .verify(ENTITY, SENDER.sign(ENTITY, "SHA256withRSA", false), SENDERS))).contains(error);
    }

    @Test
    void certificateOfSomebodyElseShouldNotDo() throws Exception {
        assertThat(validationError(reading.verify(ENTITY, SENDER.sign(ENTITY, "SHA256withRSA", false), Set.of("other@domain"))))
            .contains("the certificate is not the sender's");
    }

    @ParameterizedTest
    @CsvSource({"SHA1withRSA", "MD5withRSA"})
    void brokenDigestShouldBeSaid(String algorithm) throws Exception {
        Secured secured = reading.verify(ENTITY, SENDER.sign(ENTITY, algorithm, false), SENDERS);
        assertThat(secured.attributes()).containsEntry("digesterName", algorithm.replace("withRSA", ""));
        assertThat(validationError(secured)).contains("the message was signed with a broken digest");
    }

    @Test
    void certificateForOtherUsesShouldNotDo() throws Exception {
        KeyPair keys = TestIdentity.keys("RSA", 2048);
        X509Certificate server = TestIdentity.certificate("CN=server", keys, builder -> {
            TestIdentity.extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
            TestIdentity.extend(builder, Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        }, NOW.minusSeconds(1), NOW.plusSeconds(1));
        assertThat(validationError(reading.verify(ENTITY, new TestIdentity(keys, server).sign(ENTITY, "SHA256withRSA", false), SENDERS)))
            .contains("the certificate is not for signing mail");
    }

    @Test
    void ellipticCurvesShouldBeVerified() throws Exception {
        KeyPair keys = TestIdentity.keys("EC", 256);
        X509Certificate certificate = TestIdentity.certificate("E=fromName@domain", keys, builder -> { }, NOW.minusSeconds(1),
            NOW.plusSeconds(1));
        byte[] signature = new TestIdentity(keys, certificate).sign(ENTITY, "SHA256withECDSA", false);
        assertThat(validationError(reading.verify(ENTITY, signature, SENDERS))).isEmpty();
    }

    @Test
    void signatureWithoutItsCertificateShouldMatchNothing() throws Exception {
        CMSSignedData whole = new CMSSignedData(SENDER.sign(ENTITY, "SHA256withRSA", false));
        CMSSignedDataGenerator bare = new CMSSignedDataGenerator();
        bare.addSigners(whole.getSignerInfos());
        byte[] signature = bare.generate(whole.getSignedContent() == null ? new org.bouncycastle.cms.CMSProcessableByteArray(ENTITY)
            : (org.bouncycastle.cms.CMSTypedData) whole.getSignedContent(), false).getEncoded();
        assertThat(reading.verify(ENTITY, signature, SENDERS).signature().orElseThrow().body()).isEmpty();
    }

    @Test
    void signedOctetsWithinTheSignatureShouldBeGiven() throws Exception {
        Secured secured = reading.open(SENDER.sign(ENTITY, "SHA256withRSA", true), SENDERS);
        assertThat(secured.content()).contains(ENTITY);
        assertThat(secured.isDecrypted()).isFalse();
        assertThat(validationError(secured)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2.16.840.1.101.3.4.1.2, 128, AES", "2.16.840.1.101.3.4.1.22, 192, AES", "2.16.840.1.101.3.4.1.42, 256, AES",
        "1.2.840.113549.3.7, 168, 3DES", "1.2.840.113549.3.2, 40, RC2", "1.2.840.113549.3.2, 64, RC2", "1.2.840.113549.3.2, 128, RC2"})
    void partsShouldBeDecrypted(String cipher, int bits, String name) throws Exception {
        Secured secured = reading.open(ALICE.encrypt(ENTITY, new ASN1ObjectIdentifier(cipher), bits == 168 ? 192 : bits), SENDERS);
        assertThat(secured.attributes()).containsOnly(java.util.Map.entry("cipherName", name),
            java.util.Map.entry("keyLength", Integer.toString(bits)));
        assertThat(secured.content()).contains(ENTITY);
    }

    @Test
    void authenticatedEncryptionShouldBeDecryptedUnlessItWasAltered() throws Exception {
        byte[] cms = ALICE.encryptAuthenticated(ENTITY, NISTObjectIdentifiers.id_aes256_GCM);
        assertThat(reading.open(cms, SENDERS).content()).contains(ENTITY);
        cms[cms.length - 30] ^= 1;
        assertThat(error(reading.open(cms, SENDERS))).isPresent();
    }

    /** RFC 8551 section 2.3: RSAES-OAEP. */
    @Test
    void newerKeyTransportShouldBeDecrypted() throws Exception {
        for (AlgorithmParameterSpec digests : List.of(OAEPParameterSpec.DEFAULT,
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT))) {
            assertThat(reading.open(ALICE.encrypt(ENTITY, digests), SENDERS).content()).contains(ENTITY);
        }
    }

    @Test
    void lockedKeyShouldDecryptNothing() throws Exception {
        SecureReading locked = new SecureReading(Authorities.of(), Optional.empty(), NOW, new Semaphore(1));
        assertThat(error(locked.open(ALICE.encrypt(ENTITY, NISTObjectIdentifiers.id_aes256_CBC, 256), SENDERS))).isEmpty();
    }

    @Test
    void partForSomebodyElseShouldNotBeDecrypted() throws Exception {
        assertThat(error(reading.open(SENDER.encrypt(ENTITY, NISTObjectIdentifiers.id_aes256_CBC, 256), SENDERS)))
            .contains("the part is not encrypted for the private key");
    }

    @Test
    void garbageShouldBeSaidAndNeverThrown() throws Exception {
        assertThat(error(reading.open(new byte[0], SENDERS))).contains("the part is not readable as S/MIME");
        assertThat(error(reading.verify(ENTITY, new byte[70_000], SENDERS))).contains("the signature is too big");
        Random random = new Random(7);
        for (byte[] whole : List.of(ALICE.encrypt(ENTITY, NISTObjectIdentifiers.id_aes256_CBC, 256),
                SENDER.sign(ENTITY, "SHA256withRSA", true))) {
            for (int i = 0; i < 2_000; i++) {
                byte[] altered = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
                for (int changes = random.nextInt(3); changes >= 0 && altered.length > 0; changes--) {
                    altered[random.nextInt(altered.length)] = (byte) random.nextInt();
                }
                assertThat(reading.open(altered, SENDERS)).as("seed 7, round %d", i).isNotNull();
                assertThat(reading.verify(ENTITY, altered, SENDERS)).as("seed 7, round %d", i).isNotNull();
            }
        }
    }
}
