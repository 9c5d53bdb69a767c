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
package io.jamesext.dmap.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.core.Username;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import io.jamesext.kernel.auth.TlsChannel;
import io.jamesext.kernel.server.ConfigurationCheck;

/** Whose a client's certificate is: the user's whom the operator has written down for it, or else of its e-mail addresses. */
final class ClientCertificates {
    /** The keys of the configuration. */
    static final Map<String, ConfigurationCheck.Kind> KEYS = ImmutableMap.of(
        "external.email", ConfigurationCheck.Kind.BOOLEAN,
        "external.user", ConfigurationCheck.Kind.TEXT,
        "external.user[@certificate]", ConfigurationCheck.Kind.of("the certificate's SHA-256 fingerprint, 32 octets in hexadecimal",
            "(?i)([0-9a-f]{2}:?){31}[0-9a-f]{2}"));

    private static final String TRUSTSTORE = "tls.clientAuth.truststore";
    /** RFC 5280 section 4.2.1.6, GeneralName: rfc822Name. */
    private static final int RFC822_NAME = 1;

    private final boolean byEmail;
    private final Map<String, Username> byFingerprint;

    private ClientCertificates(boolean byEmail, Map<String, Username> byFingerprint) {
        this.byEmail = byEmail;
        this.byFingerprint = byFingerprint;
    }

    /**
     * As a server's configuration has it.
     *
     * @throws IllegalArgumentException when it names users of certificates and nobody to say which certificates are good: Java would
     *     trust all public authorities then
     */
    static ClientCertificates of(HierarchicalConfiguration<ImmutableNode> configuration) {
        ImmutableMap.Builder<String, Username> byFingerprint = ImmutableMap.builder();
        configuration.configurationsAt("external.user").forEach(user -> byFingerprint.put(fingerprint(user), username(user)));
        ClientCertificates certificates = new ClientCertificates(configuration.getBoolean("external.email", false),
            byFingerprint.buildOrThrow());
        if ((certificates.byEmail || !certificates.byFingerprint.isEmpty()) && configuration.getString(TRUSTSTORE) == null) {
            throw new IllegalArgumentException("key `external`: expected `" + TRUSTSTORE + "` with who signs the users' certificates");
        }
        return certificates;
    }

    private static String fingerprint(HierarchicalConfiguration<ImmutableNode> user) {
        return Optional.ofNullable(user.getString("[@certificate]")).map(text -> text.trim().replace(":", ""))
            .map(text -> HexFormat.of().formatHex(HexFormat.of().parseHex(text)))
            .orElseThrow(() -> new IllegalArgumentException("key `external.user`: expected an attribute `certificate`"));
    }

    private static Username username(HierarchicalConfiguration<ImmutableNode> user) {
        String name = Optional.ofNullable(user.getString("")).map(String::trim).orElse("");
        return optionally(name).orElseThrow(() -> new IllegalArgumentException("key `external.user`: expected a user's name"));
    }

    /** The users whose this connection's certificate is; James may have none of them. */
    Set<Username> users(TlsChannel tls) {
        if (tls.client().isEmpty()) {
            return ImmutableSet.of();
        }
        X509Certificate certificate = tls.client().get(0);
        Username written = byFingerprint.get(fingerprint(certificate));
        if (written != null) {
            return ImmutableSet.of(written);
        }
        return byEmail ? addresses(certificate).flatMap(address -> optionally(address).stream()).collect(ImmutableSet.toImmutableSet())
            : ImmutableSet.of();
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate was read from its encoding, and every JRE has SHA-256", e);
        }
    }

    private static Stream<String> addresses(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? Stream.empty() : names.stream()
                .filter(name -> Integer.valueOf(RFC822_NAME).equals(name.get(0)) && name.get(1) instanceof String)
                .map(name -> (String) name.get(1));
        } catch (CertificateParsingException e) {
            return Stream.empty();
        }
    }

    private static Optional<Username> optionally(String name) {
        try {
            return Optional.of(Username.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
