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

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Signs and encrypts entities: RFC 8551, with what every mail client of today reads. SHA-256 with RSA, and AES-256 in CBC mode: the newer
 * GCM mode, in authEnvelopedData, is not read by many clients yet.
 */
public final class Sealing {
    private static final int LINE_LENGTH = 76;
    /** An encrypted message is a chain of these; {@link Asn1} limits their number when it is read. */
    private static final int PIECE_BYTES = 1 << 16;
    private static final byte[] LINE_END = {'\r', '\n'};

    private Sealing() {
    }

    /** Writes an entity. */
    @FunctionalInterface
    public interface Writing {
        /** Writes it all, and leaves the stream open. */
        void to(OutputStream out) throws IOException;
    }

    /**
     * The signature of an entity that stands elsewhere, in base64 with line ends. Blocks.
     *
     * @throws ProtocolException when the certificate is not for that, or not now
     */
    public static String sign(ByteSource entity, Identity identity) throws IOException {
        requireUsable(identity.certificate(), CertificateUse.SIGNING);
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(identity.key()), identity.certificate()));
            generator.addCertificates(new JcaCertStore(identity.chain()));
            byte[] signature = generator.generate(new Entity(entity), false).getEncoded();
            return Base64.getMimeEncoder(LINE_LENGTH, LINE_END).encodeToString(signature);
        } catch (CMSException | OperatorCreationException | GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /**
     * Writes an entity encrypted, in base64 with line ends, and closes the stream. Blocks.
     *
     * @param certificates for whose keys
     */
    public static void encrypt(Writing entity, Collection<X509Certificate> certificates, OutputStream out) throws IOException {
        CMSEnvelopedDataStreamGenerator generator = new CMSEnvelopedDataStreamGenerator();
        generator.setBufferSize(PIECE_BYTES);
        try {
            for (X509Certificate certificate : new LinkedHashSet<>(certificates)) {
                generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(certificate));
            }
            OutputStream base64 = Base64.getMimeEncoder(LINE_LENGTH, LINE_END).wrap(out);
            try (base64; OutputStream plain = generator.open(base64, new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).build())) {
                entity.to(plain);
            }
        } catch (CMSException | GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Whether mail can be encrypted for the key of a certificate: RSA, meant for that, and valid now. */
    public static boolean canEncryptFor(X509Certificate certificate) {
        return certificate.getPublicKey() instanceof RSAPublicKey && CertificateUse.ENCRYPTION.isAllowedBy(certificate)
            && isValid(certificate);
    }

    private static void requireUsable(X509Certificate certificate, CertificateUse use) {
        if (!use.isAllowedBy(certificate) || !isValid(certificate)) {
            throw new ProtocolException(Failure.CONFLICT, "the certificate is not valid for that, or not now");
        }
    }

    private static boolean isValid(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** What is signed, read when it is signed. */
    private record Entity(ByteSource octets) implements CMSTypedData {
        @Override
        public ASN1ObjectIdentifier getContentType() {
            return CMSObjectIdentifiers.data;
        }

        @Override
        public void write(OutputStream out) throws IOException {
            octets.copyTo(out);
        }

        @Override
        public Object getContent() {
            return octets;
        }
    }
}
