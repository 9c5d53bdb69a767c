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
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.RecipientInformationStore;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientId;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.operation.Blocking;

/** Verifies and decrypts the parts of one message. XIMSS, "Secure Messaging". Whoever calls it limits the octets. */
public final class SecureReading implements AutoCloseable {
    /** A signature with its certificates: they have 3 to 10 KB. */
    private static final int MAX_SIGNATURE_BYTES = 64 * 1024;
    /** For GCM, OAEP and PSS: the JDK has them, but not by the object identifiers that Bouncy Castle asks for. */
    static final Provider NEWER = new BouncyCastleProvider();
    private static final Logger LOGGER = LoggerFactory.getLogger(SecureReading.class);
    private static final Secured UNREADABLE = Secured.failed("the part is not readable as S/MIME");
    /** One text for whatever goes wrong within, so that nobody learns of the padding by sending variants. */
    private static final Secured NOT_DECRYPTED = Secured.failed("the part cannot be decrypted");

    /** Parts of such messages stand in memory several times over. */
    private static final long LARGE_OCTETS = 1 << 20;
    private static final int PATIENCE_SECONDS = 5;

    private final Signatures signatures;
    private final Optional<Identity> identity;
    private final Semaphore large;
    private boolean isReserved;

    /**
     * @param authorities who vouches for signers
     * @param identity the user's key while it is unlocked
     * @param now when certificates have to be valid: nobody vouches for the time that a signature says
     * @param large of it, each large message takes one while it is read
     */
    public SecureReading(Authorities authorities, Optional<Identity> identity, Instant now, Semaphore large) {
        this.signatures = new Signatures(authorities, now);
        this.identity = identity;
        this.large = large;
    }

    /**
     * Asks for room in memory, until this is closed. May block for some seconds.
     *
     * @return false when too many large messages are being read
     */
    public boolean reserve(long octets) {
        if (octets <= LARGE_OCTETS || isReserved) {
            return true;
        }
        try {
            isReserved = large.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return isReserved;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives the room to others. */
    @Override
    public void close() {
        if (isReserved) {
            isReserved = false;
            large.release();
        }
    }

    /** Work on what a stranger wrote. */
    private interface Attempt {
        Secured make() throws CMSException, GeneralSecurityException, IOException;
    }

    /**
     * Verifies the signature of an entity: multipart/signed, RFC 8551 section 3.5.3. Blocks.
     *
     * @param entity the first part, octet by octet
     * @param signature the second part, decoded
     * @param senders the addresses that the message is from, in lower case
     */
    public Secured verify(byte[] entity, byte[] signature, Set<String> senders) {
        if (signature.length > MAX_SIGNATURE_BYTES) {
            return Secured.failed("the signature is too big");
        }
        return attempt(signature, UNREADABLE, () -> signatures.detached(entity, signature, senders));
    }

    /** Opens an application/pkcs7-mime part, as far as that can be done: RFC 8551 sections 3.2 to 3.5.2. Blocks. */
    public Secured open(byte[] cms, Set<String> senders) {
        return attempt(cms, UNREADABLE, () -> {
            ContentInfo info = ContentInfo.getInstance(cms);
            ASN1ObjectIdentifier type = info.getContentType();
            if (type.equals(CMSObjectIdentifiers.signedData)) {
                return signatures.attached(cms, senders);
            }
            boolean isEncrypted = type.equals(CMSObjectIdentifiers.envelopedData) || type.equals(CMSObjectIdentifiers.authEnvelopedData);
            return isEncrypted && identity.isPresent() ? attempt(cms, NOT_DECRYPTED, () -> decrypt(info, identity.get()))
                : Secured.nothing();
        });
    }

    private static Secured decrypt(ContentInfo info, Identity identity) throws CMSException {
        if (info.getContentType().equals(CMSObjectIdentifiers.envelopedData)) {
            return decrypt(new CMSEnvelopedData(info).getRecipientInfos(),
                EnvelopedData.getInstance(info.getContent()).getEncryptedContentInfo(), identity, JceKeyTransEnvelopedRecipient::new);
        }
        return decrypt(new CMSAuthEnvelopedData(info).getRecipientInfos(),
            AuthEnvelopedData.getInstance(info.getContent()).getAuthEncryptedContentInfo(), identity,
            key -> new JceKeyTransAuthEnvelopedRecipient(key).setContentProvider(NEWER));
    }

    private static Secured decrypt(RecipientInformationStore recipients, EncryptedContentInfo content, Identity identity,
            Function<PrivateKey, JceKeyTransRecipient> recipient) throws CMSException {
        RecipientInformation mine = recipients.get(new JceKeyTransRecipientId(identity.certificate()));
        if (mine == null) {
            return Secured.failed("the part is not encrypted for the private key");
        }
        Optional<ContentCipher> cipher = ContentCipher.of(content.getContentEncryptionAlgorithm());
        if (cipher.isEmpty()) {
            return Secured.failed("the part is encrypted with an unknown cipher");
        }
        JceKeyTransRecipient reader = recipient.apply(identity.key());
        if (mine.getKeyEncryptionAlgOID().equals(PKCSObjectIdentifiers.id_RSAES_OAEP.getId())) {
            reader.setProvider(NEWER);
        }
        return Secured.decrypted(cipher.get(), mine.getContent(reader));
    }

    private static Secured attempt(byte[] cms, Secured otherwise, Attempt attempt) {
        if (!Asn1.isWithinLimits(cms)) {
            return otherwise;
        }
        try {
            return Blocking.survive(attempt::make);
        } catch (Exception e) {
            // Bouncy Castle throws whatever comes to it: all of it says that this is not what it claims to be.
            LOGGER.debug("S/MIME part not read: {}", e.toString());
            return otherwise;
        }
    }
}
