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
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import com.google.common.base.Suppliers;

/** The authorities whose certificates are believed. XIMSS, "Secure Messaging": "issued by known authorities". */
public final class Authorities {
    /** Certificates between the first and an authority: with those of a message, more would be many ways to try. */
    private static final int MAX_BETWEEN = 3;

    private final Supplier<Set<TrustAnchor>> anchors;

    private Authorities(Supplier<Set<TrustAnchor>> anchors) {
        this.anchors = anchors;
    }

    /** Those that the JVM trusts: the JDK's, or those of {@code -Djavax.net.ssl.trustStore}, where an operator adds a company's own. */
    public static Authorities ofJvm() {
        return new Authorities(Suppliers.memoize(Authorities::trusted));
    }

    /** These alone. */
    public static Authorities of(X509Certificate... roots) {
        Set<TrustAnchor> anchors = Arrays.stream(roots).map(Authorities::anchor).collect(Collectors.toSet());
        return new Authorities(() -> anchors);
    }

    private static Set<TrustAnchor> trusted() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                .flatMap(manager -> manager instanceof X509TrustManager x509 ? Arrays.stream(x509.getAcceptedIssuers()) : Stream.empty())
                .map(Authorities::anchor)
                .collect(Collectors.toSet());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no readable trust store", e);
        }
    }

    private static TrustAnchor anchor(X509Certificate root) {
        return new TrustAnchor(root, null);
    }

    /**
     * Whether one of the authorities has issued a certificate, maybe through others. Nobody is asked whether it was revoked: the look-up
     * would tell who issued it that, and when, the message is read.
     *
     * @param others the certificates that may lie between
     */
    boolean vouchFor(X509Certificate certificate, Collection<X509Certificate> others, Instant now) {
        if (anchors.get().isEmpty()) {
            return false;
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(certificate);
            PKIXBuilderParameters path = new PKIXBuilderParameters(anchors.get(), target);
            path.setRevocationEnabled(false);
            path.setMaxPathLength(MAX_BETWEEN);
            path.setDate(Date.from(now));
            path.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
            CertPathBuilder.getInstance("PKIX").build(path);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
