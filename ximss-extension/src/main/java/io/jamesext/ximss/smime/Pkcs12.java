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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** A key in a PKCS #12 file (RFC 7292), as certification authorities and mail clients give it to users. */
public final class Pkcs12 {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_CONTENTS = 4;
    /** Each costs a hash: a file could ask for hours of them. Files of 2026 have from 2,048 to 600,000. */
    private static final BigInteger MAX_ITERATIONS = BigInteger.valueOf(1_000_000);

    private Pkcs12() {
    }

    /**
     * Reads the one key of a file. Blocks for as long as the file wants its password to be hashed.
     *
     * @throws ProtocolException when it cannot be read with this password, or does not hold one usable key
     */
    public static Identity read(byte[] file, String password) {
        if (file.length > MAX_BYTES) {
            throw new ProtocolException(Failure.TOO_BIG, "a PKCS#12 file has up to " + MAX_BYTES + " bytes");
        }
        try {
            if (!Asn1.isWithinLimits(file) || !isCheap(Pfx.getInstance(file))) {
                throw unreadable();
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(file), password.toCharArray());
            return identity(keys, password);
        } catch (ProtocolException e) {
            throw e;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Bouncy Castle throws whatever comes to it.
            throw unreadable();
        }
    }

    private static Identity identity(KeyStore keys, String password) throws GeneralSecurityException {
        List<String> names = Collections.list(keys.aliases()).stream().filter(name -> isKey(keys, name)).toList();
        if (names.size() != 1 || !(keys.getKey(names.get(0), password.toCharArray()) instanceof PrivateKey key)) {
            throw new ProtocolException(Failure.SYNTAX, "the PKCS#12 file has to hold one private key");
        }
        Certificate[] chain = keys.getCertificateChain(names.get(0));
        if (chain == null) {
            throw new ProtocolException(Failure.SYNTAX, "the PKCS#12 file holds no certificate of its key");
        }
        return new Identity(key, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
    }

    private static boolean isKey(KeyStore keys, String name) {
        try {
            return keys.isKeyEntry(name);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The key itself, behind one of these, is decrypted with as many iterations as the JDK allows, which is five million. */
    private static boolean isCheap(Pfx file) {
        ContentInfo[] contents = AuthenticatedSafe.getInstance(ASN1OctetString.getInstance(file.getAuthSafe().getContent()).getOctets())
            .getContentInfo();
        return contents.length <= MAX_CONTENTS
            && (file.getMacData() == null || isCheap(file.getMacData().getIterationCount()))
            && Arrays.stream(contents).filter(content -> content.getContentType().equals(PKCSObjectIdentifiers.encryptedData))
                .allMatch(content -> isCheap(EncryptedData.getInstance(content.getContent()).getEncryptionAlgorithm()));
    }

    private static boolean isCheap(AlgorithmIdentifier encryption) {
        if (encryption.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            return isCheap(PBKDF2Params.getInstance(PBES2Parameters.getInstance(encryption.getParameters())
                .getKeyDerivationFunc().getParameters()).getIterationCount());
        }
        return isCheap(PKCS12PBEParams.getInstance(encryption.getParameters()).getIterations());
    }

    private static boolean isCheap(BigInteger iterations) {
        return iterations.compareTo(MAX_ITERATIONS) <= 0;
    }

    private static ProtocolException unreadable() {
        return new ProtocolException(Failure.SYNTAX, "the PKCS#12 file cannot be read with this password");
    }
}
