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

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;

import io.jamesext.ximss.xml.Element;

/**
 * Verifies signatures (RFC 5652 section 5). XIMSS, "Secure Messaging": "that the part body has not been altered since the time it was
 * signed, and that the signature certificates are valid".
 */
final class Signatures {
    private static final int MAX_SIGNERS = 8;
    private static final int MAX_CERTIFICATES = 16;
    /** digesterName, by the digest's object identifier: the example has SHA1. */
    private static final Map<String, String> DIGESTS = Map.of(
        PKCSObjectIdentifiers.md5.getId(), "MD5",
        OIWObjectIdentifiers.idSHA1.getId(), "SHA1",
        NISTObjectIdentifiers.id_sha224.getId(), "SHA224",
        NISTObjectIdentifiers.id_sha256.getId(), "SHA256",
        NISTObjectIdentifiers.id_sha384.getId(), "SHA384",
        NISTObjectIdentifiers.id_sha512.getId(), "SHA512",
        NISTObjectIdentifiers.id_sha3_256.getId(), "SHA3-256",
        NISTObjectIdentifiers.id_sha3_512.getId(), "SHA3-512");
    /** RFC 8551 appendix B: for them two texts of one digest can be made. */
    private static final Set<String> BROKEN = Set.of("MD5", "SHA1");

    private final Authorities authorities;
    private final Instant now;

    Signatures(Authorities authorities, Instant now) {
        this.authorities = authorities;
        this.now = now;
    }

    /** A signature of octets that stand elsewhere. */
    Secured detached(byte[] content, byte[] cms, Set<String> senders) throws CMSException, GeneralSecurityException {
        return secured(new CMSSignedData(new CMSProcessableByteArray(content), cms), Optional.empty(), senders);
    }

    /** A signature with the octets in it. With neither signers nor octets it only carries certificates, RFC 8551 section 3.7. */
    Secured attached(byte[] cms, Set<String> senders) throws CMSException, GeneralSecurityException {
        CMSSignedData signed = new CMSSignedData(cms);
        if (signed.getSignedContent() == null || !(signed.getSignedContent().getContent() instanceof byte[] content)) {
            return Secured.nothing();
        }
        return secured(signed, Optional.of(content), senders);
    }

    private Secured secured(CMSSignedData signed, Optional<byte[]> content, Set<String> senders)
            throws CMSException, GeneralSecurityException {
        Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
        Collection<X509CertificateHolder> holders = signed.getCertificates().getMatches(null);
        if (signers.isEmpty() || signers.size() > MAX_SIGNERS || holders.size() > MAX_CERTIFICATES) {
            return Secured.failed("the signature has no signers, or too many signers or certificates");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (X509CertificateHolder holder : holders) {
            certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
        }
        List<Element> matching = new ArrayList<>();
        for (SignerInformation signer : signers) {
            signer(signer, holders, certificates).filter(certificate -> matches(signer, certificate.getPublicKey()))
                .map(certificate -> CertificateText.element(certificate, problem(signer, certificate, certificates, senders)))
                .ifPresent(matching::add);
        }
        return Secured.signed(digest(signers.iterator().next()), content, Element.of("SMIMESignature", Map.of(), matching));
    }

    private static Optional<X509Certificate> signer(SignerInformation signer, Collection<X509CertificateHolder> holders,
            List<X509Certificate> certificates) {
        int index = 0;
        for (X509CertificateHolder holder : holders) {
            if (signer.getSID().match(holder)) {
                return Optional.of(certificates.get(index));
            }
            index++;
        }
        return Optional.empty();
    }

    /** An altered part and a false signature are the same: no match. */
    private static boolean matches(SignerInformation signer, PublicKey key) {
        boolean isKnown = key instanceof RSAPublicKey || key instanceof ECPublicKey || key instanceof EdECPublicKey;
        JcaSimpleSignerInfoVerifierBuilder verifier = new JcaSimpleSignerInfoVerifierBuilder();
        if (signer.getEncryptionAlgOID().equals(PKCSObjectIdentifiers.id_RSASSA_PSS.getId())) {
            verifier.setProvider(SecureReading.NEWER);
        }
        try {
            return isKnown && signer.verify(verifier.build(key));
        } catch (CMSException | OperatorCreationException e) {
            return false;
        }
    }

    /** Why the certificate does not prove who has signed; empty when it does. RFC 8550 sections 3 and 4. */
    private Optional<String> problem(SignerInformation signer, X509Certificate certificate, List<X509Certificate> certificates,
            Set<String> senders) {
        if (certificate.getNotAfter().before(Date.from(now))) {
            return Optional.of("the certificate has expired");
        }
        if (certificate.getNotBefore().after(Date.from(now))) {
            return Optional.of("the certificate is not valid yet");
        }
        if (!CertificateUse.SIGNING.isAllowedBy(certificate)) {
            return Optional.of("the certificate is not for signing mail");
        }
        if (!authorities.vouchFor(certificate, certificates, now)) {
            // The words of the example.
            return Optional.of("presented certificate is issued by an unknown authority");
        }
        if (CertificateText.addresses(certificate).stream().noneMatch(senders::contains)) {
            return Optional.of("the certificate is not the sender's");
        }
        return BROKEN.contains(digest(signer)) ? Optional.of("the message was signed with a broken digest") : Optional.empty();
    }

    private static String digest(SignerInformation signer) {
        return DIGESTS.getOrDefault(signer.getDigestAlgOID(), signer.getDigestAlgOID());
    }
}
