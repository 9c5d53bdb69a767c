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
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.Element;

/** What a certificate says, as an x509 element: XIMSS, "Secure Messaging", the example of a signed message. */
public final class CertificateText {
    private static final int RFC822_NAME = 1;
    /** The example has these, in this order. */
    private static final Map<ASN1ObjectIdentifier, String> NAMES = names();

    private CertificateText() {
    }

    private static Map<ASN1ObjectIdentifier, String> names() {
        Map<ASN1ObjectIdentifier, String> names = new LinkedHashMap<>();
        names.put(BCStyle.C, "c");
        names.put(BCStyle.CN, "cn");
        names.put(BCStyle.EmailAddress, "contact");
        names.put(BCStyle.L, "l");
        names.put(BCStyle.O, "o");
        names.put(BCStyle.OU, "ou");
        names.put(BCStyle.ST, "st");
        return names;
    }

    /** The element, with the validationError when there is one. */
    static Element element(X509Certificate certificate, Optional<String> validationError) {
        Map<String, String> attributes = new LinkedHashMap<>();
        X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        Set<String> addresses = written(certificate);
        attributes.put("subject", addresses.stream().findFirst().or(() -> first(subject, BCStyle.CN)).orElse(""));
        validationError.ifPresent(error -> attributes.put("validationError", error));
        // As it is encoded: 2 means version 3, and the example has it so.
        attributes.put("version", Integer.toString(certificate.getVersion() - 1));
        return Element.of("x509", attributes, List.of(
            name("subject", subject, addresses),
            name("issuer", X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded()), Set.of()),
            Element.text("validFrom", Times.gmt(instant(certificate.getNotBefore().toInstant()))),
            Element.text("validTill", Times.gmt(instant(certificate.getNotAfter().toInstant())))));
    }

    /** RFC 8550 section 3: the addresses of a certificate, of its subjectAltName and of its subject, in lower case. */
    public static Set<String> addresses(X509Certificate certificate) {
        return written(certificate).stream().map(address -> address.toLowerCase(Locale.US)).collect(Collectors.toSet());
    }

    /** The same as they are written, each once. */
    private static Set<String> written(X509Certificate certificate) {
        Set<String> addresses = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        values(X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()), BCStyle.EmailAddress).forEach(addresses::add);
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                names.stream().filter(name -> name.get(0).equals(RFC822_NAME))
                    .forEach(name -> addresses.add(String.valueOf(name.get(1))));
            }
        } catch (CertificateParsingException e) {
            // What cannot be read names nobody.
        }
        return addresses;
    }

    private static Element name(String element, X500Name name, Set<String> addresses) {
        List<Element> parts = NAMES.entrySet().stream()
            .flatMap(known -> {
                List<String> values = values(name, known.getKey()).toList();
                boolean isMissing = values.isEmpty() && known.getKey().equals(BCStyle.EmailAddress);
                return (isMissing ? addresses.stream() : values.stream()).map(value -> Element.text(known.getValue(), value));
            })
            .toList();
        return Element.of(element, Map.of(), parts);
    }

    private static Optional<String> first(X500Name name, ASN1ObjectIdentifier type) {
        return values(name, type).findFirst();
    }

    private static Stream<String> values(X500Name name, ASN1ObjectIdentifier type) {
        return Stream.of(name.getRDNs()).map(RDN::getTypesAndValues).flatMap(Stream::of)
            .filter(part -> part.getType().equals(type))
            .map(CertificateText::text)
            .flatMap(Optional::stream);
    }

    private static Optional<String> text(AttributeTypeAndValue part) {
        ASN1Encodable value = part.getValue();
        return value instanceof ASN1String string ? Optional.of(string.getString()) : Optional.empty();
    }

    /** Four digits of a year are all that a time on the wire has. */
    private static Instant instant(Instant time) {
        Instant last = Instant.parse("9999-12-31T23:59:59Z");
        return time.isAfter(last) ? last : time;
    }
}
