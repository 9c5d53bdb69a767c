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
package io.jamesext.ximss.addressbook;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import com.google.common.collect.ImmutableList;

import io.jamesext.groupware.vcard.Card;
import io.jamesext.groupware.vcard.CardProperty;

/**
 * The addresses and certificates of a vCard: the properties EMAIL and KEY of versions 2.1, 3.0 (RFC 2426 section 3.7.2) and 4.0 (RFC 6350
 * section 6.8.1). Keys that stand elsewhere are not fetched.
 *
 * @param addresses in lower case
 * @param certificates in the order of the card
 */
record VCardKeys(List<String> addresses, List<X509Certificate> certificates) {
    private static final int MAX_CERTIFICATE_CHARACTERS = 32 * 1024;

    VCardKeys {
        addresses = ImmutableList.copyOf(addresses);
        certificates = ImmutableList.copyOf(certificates);
    }

    static VCardKeys of(Card card) {
        return new VCardKeys(MessageCards.addresses(card), card.all("KEY").flatMap(key -> certificate(key).stream()).toList());
    }

    private static Optional<X509Certificate> certificate(CardProperty key) {
        if (!key.binary() || key.value().length() > MAX_CERTIFICATE_CHARACTERS) {
            return Optional.empty();
        }
        try {
            byte[] octets = Base64.getDecoder().decode(key.value());
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets));
            return certificate instanceof X509Certificate x509 ? Optional.of(x509) : Optional.empty();
        } catch (CertificateException | IllegalArgumentException e) {
            // A key of another kind, as of OpenPGP.
            return Optional.empty();
        }
    }
}
