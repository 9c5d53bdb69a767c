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

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/** What a certificate's key may be used for in mail: RFC 8550 sections 4.4.2 and 4.4.4. What a certificate does not limit is allowed. */
public enum CertificateUse {
    /** digitalSignature or nonRepudiation. */
    SIGNING(0, 1),
    /** keyEncipherment. */
    ENCRYPTION(2);

    private static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    private static final String ANY = "2.5.29.37.0";

    /** Bits of keyUsage, of which one is needed. */
    private final Set<Integer> bits;

    CertificateUse(Integer... bits) {
        this.bits = Set.of(bits);
    }

    /** True when the certificate allows it. */
    public boolean isAllowedBy(X509Certificate certificate) {
        try {
            boolean[] usage = certificate.getKeyUsage();
            List<String> purposes = certificate.getExtendedKeyUsage();
            return (usage == null || bits.stream().anyMatch(bit -> usage[bit]))
                && (purposes == null || purposes.contains(EMAIL_PROTECTION) || purposes.contains(ANY));
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
