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
package io.jamesext.dmap.dmtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.filesystem.api.FileSystem;
import org.jspecify.annotations.Nullable;

import com.google.common.hash.Hashing;
import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import com.google.inject.Inject;

import io.jamesext.dmap.dmtp.DmtpServerFactory;
import io.jamesext.dmap.dmtp.Domains;

/** TLS to a server, and whether it is the one that was meant. */
public final class DmtpTls {
    /** RFC 5280 section 4.2.1.6. */
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final SSLContext open;
    private final SSLContext configured;

    /**
     * With the trust store of the configuration for servers that are in it.
     *
     * @throws ConfigurationException if the store cannot be used
     */
    @Inject
    public DmtpTls(DmtpSettings settings, FileSystem files) throws GeneralSecurityException, ConfigurationException {
        this.open = context(null);
        Optional<DmtpSettings.TrustStore> store = settings.trustStore();
        this.configured = store.isPresent() ? context(load(store.get(), files)) : open;
    }

    private static KeyStore load(DmtpSettings.TrustStore store, FileSystem files) throws ConfigurationException {
        try (InputStream in = files.getResource(store.url())) {
            KeyStore certificates = KeyStore.getInstance(store.type());
            certificates.load(in, store.secret().toCharArray());
            return certificates;
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigurationException("dime.xml: key `dmtp.truststore` is `" + store.url() + "`; expected a file of type "
                + store.type() + " that opens with truststoreSecret", e);
        }
    }

    private static SSLContext context(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /**
     * Shakes hands and checks the certificate: its chain, that it names the host (RFC 9525, without common names) and what {@link #check}
     * demands. What is closed then closes the socket.
     */
    SSLSocket over(Socket socket, HostAndPort address, DmtpServer server) throws IOException {
        SSLContext context = server.isConfigured() ? configured : open;
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, address.getHost(), address.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {DmtpServerFactory.TLS_NAME});
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        try {
            check((X509Certificate) tls.getSession().getPeerCertificates()[0], address.getHost(), server);
        } catch (CertificateException e) {
            throw new SSLException("the certificate is not in order", e);
        }
        return tls;
    }

    /**
     * What Java does not check: that it is not a common name which names the host; that it is the domain which has this server; and where
     * the domain's record has signatures of certificates, that one of them fits.
     */
    static void check(X509Certificate certificate, String host, DmtpServer server) throws CertificateException {
        // RFC 9525 section 6.3: Java takes the common name where there is no DNS name, also beside an IP address.
        if (names(certificate, InetAddresses.isInetAddress(host) ? IP_ADDRESS : DNS_NAME).isEmpty()) {
            throw new CertificateException("the certificate has no name of a host");
        }
        // RFC 9525 section 6.1: whoever forges a record chooses the host in it, and has a certificate for a host of his own.
        if (!server.isConfigured() && !Domains.isAtOrBelow(host, server.domain())
                && !names(certificate, DNS_NAME).contains(server.domain())) {
            throw new CertificateException("neither the host nor the certificate is of the domain");
        }
        if (!server.certificateSignatures().isEmpty()) {
            byte[] hash = Hashing.sha512().hashBytes(certificate.getEncoded()).asBytes();
            if (server.certificateSignatures().stream().noneMatch(signature -> server.primaryKeys().stream()
                    .anyMatch(key -> key.verifies(signature, hash, 0, hash.length)))) {
                throw new CertificateException("the certificate is not the one of the domain's record");
            }
        }
    }

    private static List<String> names(X509Certificate certificate, int kind) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null ? List.of() : names.stream()
            .filter(name -> Objects.equals(name.get(0), kind))
            .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
            .toList();
    }
}
