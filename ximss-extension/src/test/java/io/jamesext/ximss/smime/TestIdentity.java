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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Somebody with a key and a certificate of the authority {@link #CA}. Made, and used to sign and encrypt, by the arithmetic of Bouncy
 * Castle's own provider, so that what the JDK computes in the code under test is checked by another hand.
 */
public final class TestIdentity {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final Map<String, TestIdentity> KNOWN = new TreeMap<>();
    private static final String CA_NAME = "C=US,CN=issuer.dom,E=postmaster@issuer.dom,L=Mill Valley,O=Issuer Company\\, Inc.,"
        + "OU=Issuer Department,ST=CA";
    private static final KeyPair CA_KEYS = keys("RSA", 2048);
    /** Who has issued all of them. */
    public static final X509Certificate CA = certificate(CA_NAME, CA_KEYS, builder -> extend(builder, Extension.basicConstraints,
        new BasicConstraints(true)), Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2120-01-01T00:00:00Z"));

    private final KeyPair keys;
    private final X509Certificate certificate;

    TestIdentity(KeyPair keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    /** Somebody with an address and a name, and always the same one of that address. */
    public static synchronized TestIdentity of(String name, String address) {
        return KNOWN.computeIfAbsent(address, any ->
            of(name, address, Instant.parse("2024-09-24T23:18:57Z"), Instant.parse("2119-09-23T23:18:57Z")));
    }

    static TestIdentity of(String name, String address, Instant from, Instant till) {
        KeyPair keys = keys("RSA", 2048);
        return new TestIdentity(keys, certificate("CN=" + name, keys, builder -> extend(builder, Extension.subjectAlternativeName,
            new GeneralNames(new GeneralName(GeneralName.rfc822Name, address))), from, till));
    }

    static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static X509Certificate certificate(String subject, KeyPair keys, Consumer<X509v3CertificateBuilder> extensions, Instant from,
            Instant till) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Name(CA_NAME),
                BigInteger.valueOf(SERIAL.incrementAndGet()), Date.from(from), Date.from(till), new X500Name(subject), keys.getPublic());
            extensions.accept(builder);
            return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(CA_KEYS.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    static void extend(X509v3CertificateBuilder builder, ASN1ObjectIdentifier name, org.bouncycastle.asn1.ASN1Encodable value) {
        try {
            builder.addExtension(name, false, value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the code under test has it. */
    public Identity identity() {
        return new Identity(keys.getPrivate(), List.of(certificate));
    }

    /** The certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** A file with key and certificate. */
    public byte[] pkcs12(String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("me", keys.getPrivate(), password.toCharArray(), new X509Certificate[] {certificate});
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        store.store(file, password.toCharArray());
        return file.toByteArray();
    }

    /** A vCard of version 3.0, folded. */
    public String vCard(String address) throws Exception {
        String key = Base64.getEncoder().encodeToString(certificate.getEncoded()).replaceAll("(.{70})", "$1\r\n ");
        return "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Somebody\r\nEMAIL;TYPE=INTERNET:" + address + "\r\nKEY;ENCODING=b;TYPE=X509:" + key
            + "\r\nEND:VCARD\r\n";
    }

    /** A signature, with the octets in it or not. */
    public byte[] sign(byte[] entity, String algorithm, boolean attached) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
            .build(new JcaContentSignerBuilder(algorithm).setProvider(PROVIDER).build(keys.getPrivate()), certificate));
        generator.addCertificates(new JcaCertStore(List.of(certificate)));
        return generator.generate(new CMSProcessableByteArray(entity), attached).getEncoded();
    }

    /** What this identity's key can decrypt. */
    public byte[] encrypt(byte[] entity, ASN1ObjectIdentifier cipher, int bits) throws Exception {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(certificate).setProvider(PROVIDER));
        return generator.generate(new CMSProcessableByteArray(entity),
            new JceCMSContentEncryptorBuilder(cipher, bits).setProvider(PROVIDER).build()).getEncoded();
    }

    byte[] encrypt(byte[] entity, AlgorithmParameterSpec oaep) throws Exception {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        AlgorithmIdentifier transport = new JcaAlgorithmParametersConverter()
            .getAlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, oaep);
        generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(certificate, transport).setProvider(PROVIDER));
        return generator.generate(new CMSProcessableByteArray(entity),
            new JceCMSContentEncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC).setProvider(PROVIDER).build()).getEncoded();
    }

    byte[] encryptAuthenticated(byte[] entity, ASN1ObjectIdentifier cipher) throws Exception {
        CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(certificate).setProvider(PROVIDER));
        return generator.generate(new CMSProcessableByteArray(entity),
            (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(cipher).setProvider(PROVIDER).build()).getEncoded();
    }

    /** A message whose body, with its Content- fields, is signed. */
    public String signedMessage(String header, String entity) throws Exception {
        return header + "MIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol=\"application/x-pkcs7-signature\"; "
            + "micalg=\"SHA256\"; boundary=\"sgn\"\r\n\r\nThis is a signed S/MIME message\r\n--sgn\r\n" + entity + "\r\n--sgn\r\n"
            + "Content-Type: application/x-pkcs7-signature; name=\"smime.p7s\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64(sign(entity.getBytes(StandardCharsets.UTF_8), "SHA256withRSA", false)) + "\r\n--sgn--\r\n";
    }

    /** A message with an application/pkcs7-mime body. */
    public static String pkcs7Message(String header, byte[] cms) {
        return header + "MIME-Version: 1.0\r\nContent-Type: application/x-pkcs7-mime; name=\"smime.p7m\"; smime-type=enveloped-data\r\n"
            + "Content-Disposition: attachment; filename=\"smime.p7m\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64(cms) + "\r\n";
    }

    private static String base64(byte[] octets) {
        return Base64.getMimeEncoder().encodeToString(octets);
    }
}
