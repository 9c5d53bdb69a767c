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

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RC2CBCParameter;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * A cipher that parts are decrypted with, as folderRead shows it. The example of "Secure Messaging" has cipherName RC2 and keyLength 40:
 * the old ones are read, and none of them is ever written.
 *
 * @param name cipherName
 * @param bits keyLength
 */
record ContentCipher(String name, int bits) {
    /** RFC 2268 section 6 hides the strength of RC2 in a version number; and RFC 8551 knows three of them. */
    private static final Map<Integer, Integer> RC2_BITS = Map.of(160, 40, 120, 64, 58, 128);
    private static final Map<ASN1ObjectIdentifier, ContentCipher> KNOWN = Map.of(
        NISTObjectIdentifiers.id_aes128_CBC, new ContentCipher("AES", 128),
        NISTObjectIdentifiers.id_aes192_CBC, new ContentCipher("AES", 192),
        NISTObjectIdentifiers.id_aes256_CBC, new ContentCipher("AES", 256),
        NISTObjectIdentifiers.id_aes128_GCM, new ContentCipher("AES", 128),
        NISTObjectIdentifiers.id_aes192_GCM, new ContentCipher("AES", 192),
        NISTObjectIdentifiers.id_aes256_GCM, new ContentCipher("AES", 256),
        PKCSObjectIdentifiers.des_EDE3_CBC, new ContentCipher("3DES", 168),
        OIWObjectIdentifiers.desCBC, new ContentCipher("DES", 56));

    static Optional<ContentCipher> of(AlgorithmIdentifier algorithm) {
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.RC2_CBC)) {
            BigInteger version = RC2CBCParameter.getInstance(algorithm.getParameters()).getRC2ParameterVersion();
            return Optional.ofNullable(RC2_BITS.get(version.intValue())).map(bits -> new ContentCipher("RC2", bits));
        }
        return Optional.ofNullable(KNOWN.get(algorithm.getAlgorithm()));
    }
}
