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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.common.collect.ImmutableList;

/**
 * The addresses and certificates of a vCard: the properties EMAIL and KEY of versions 2.1, 3.0 (RFC 2426 section 3.7.2) and 4.0 (RFC 6350
 * section 6.8.1). Keys that stand elsewhere are not fetched.
 *
 * @param addresses in lower case
 * @param certificates in the order of the card
 */
record VCardKeys(List<String> addresses, List<X509Certificate> certificates) {
    private static final int MAX_CERTIFICATE_CHARACTERS = 32 * 1024;
    private static final Pattern BASE64 = Pattern.compile("[;=,](?:B|BASE64)(?=[;,]|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATA = Pattern.compile("data:[^,]{0,200};base64,", Pattern.CASE_INSENSITIVE);
    private static final Pattern FOLD = Pattern.compile("\\r?\\n[ \\t]");
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n");

    VCardKeys {
        addresses = ImmutableList.copyOf(addresses);
        certificates = ImmutableList.copyOf(certificates);
    }

    /** The cards of a text. What is no property of a card is passed over. */
    static List<VCardKeys> read(String text) {
        List<VCardKeys> cards = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        List<X509Certificate> certificates = new ArrayList<>();
        for (String line : LINE_END.split(FOLD.matcher(text).replaceAll(""))) {
            Property property = Property.of(line);
            switch (property.name) {
                case "EMAIL" -> addresses.add(address(property.value));
                case "KEY" -> certificate(property.parameters, property.value).ifPresent(certificates::add);
                case "BEGIN", "END" -> {
                    cards.add(new VCardKeys(addresses, certificates));
                    addresses.clear();
                    certificates.clear();
                }
                default -> { }
            }
        }
        return cards;
    }

    /**
     * A line: RFC 6350 section 3.3.
     *
     * @param name in upper case, without a group; empty when the line is none
     * @param parameters each with a semicolon before it
     */
    private record Property(String name, String parameters, String value) {
        static Property of(String line) {
            int colon = colon(line);
            String before = line.substring(0, Math.max(colon, 0));
            int semicolon = before.indexOf(';') < 0 ? before.length() : before.indexOf(';');
            String name = before.substring(before.lastIndexOf('.', semicolon) + 1, semicolon);
            return new Property(name.toUpperCase(Locale.US), before.substring(semicolon), line.substring(colon + 1));
        }

        /** Where the value begins: the values of parameters may be quoted, and have colons then. */
        private static int colon(String line) {
            boolean isQuoted = false;
            for (int i = 0; i < line.length(); i++) {
                if (line.charAt(i) == '"') {
                    isQuoted = !isQuoted;
                } else if (line.charAt(i) == ':' && !isQuoted) {
                    return i;
                }
            }
            return -1;
        }
    }

    private static String address(String value) {
        String address = value.strip().toLowerCase(Locale.US);
        return address.startsWith("mailto:") ? address.substring("mailto:".length()) : address;
    }

    private static Optional<X509Certificate> certificate(String parameters, String value) {
        Matcher data = DATA.matcher(value);
        boolean isData = data.lookingAt();
        if (value.length() > MAX_CERTIFICATE_CHARACTERS || !isData && !BASE64.matcher(parameters).find()) {
            return Optional.empty();
        }
        try {
            byte[] octets = Base64.getMimeDecoder().decode(isData ? value.substring(data.end()) : value);
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets));
            return certificate instanceof X509Certificate x509 ? Optional.of(x509) : Optional.empty();
        } catch (CertificateException | IllegalArgumentException e) {
            // A key of another kind, as of OpenPGP.
            return Optional.empty();
        }
    }
}
