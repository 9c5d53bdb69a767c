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
package io.jamesext.kernel.auth;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import com.google.common.collect.ImmutableList;

/**
 * The TLS connection under a session: what a log-in can be bound to, and whom TLS itself has let in.
 *
 * @param server the certificate that the server has shown; empty where it is not known
 * @param client the client's certificate and those it was signed by, which TLS has checked; none where the client has shown none
 */
public record TlsChannel(Optional<X509Certificate> server, List<X509Certificate> client) {
    /** RFC 5929 section 4: the only channel binding that Java has the means for. */
    public static final String SERVER_END_POINT = "tls-server-end-point";

    /** As Java names them: {@code SHA256withRSA}, {@code SHA3-256withECDSA}. */
    private static final Pattern SIGNATURE = Pattern.compile("(?<hash>.+?)WITH.+");
    private static final String PSS = "RSASSA-PSS";

    /** What a connection's TLS knows once the handshake has ended. */
    public static TlsChannel of(SSLSession session) {
        Certificate[] own = session.getLocalCertificates();
        return new TlsChannel(own == null ? Optional.empty() : x509(own).findFirst(), clientOf(session));
    }

    private static List<X509Certificate> clientOf(SSLSession session) {
        try {
            return x509(session.getPeerCertificates()).collect(ImmutableList.toImmutableList());
        } catch (SSLPeerUnverifiedException e) {
            return ImmutableList.of();
        }
    }

    private static Stream<X509Certificate> x509(Certificate... chain) {
        return Stream.of(chain).filter(X509Certificate.class::isInstance).map(X509Certificate.class::cast);
    }

    /**
     * The channel binding {@code tls-server-end-point}: a hash of the server's certificate. Empty where it is not defined, that is, where
     * the certificate is not known or its signature has no hash of its own, as Ed25519's.
     */
    public Optional<byte[]> serverEndPoint() {
        return server.flatMap(certificate -> hash(certificate).flatMap(hash -> digest(hash, certificate)));
    }

    /** RFC 5929 section 4.1: the signature's hash, but SHA-256 in the place of MD5 and SHA-1. */
    private static Optional<String> hash(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.US);
        Matcher matcher = SIGNATURE.matcher(algorithm);
        Optional<String> hash = algorithm.equals(PSS) ? pssHash(certificate)
            : Optional.of(matcher).filter(Matcher::matches).map(found -> found.group("hash"));
        return hash.map(name -> name.replaceFirst("^SHA(?=\\d)", "SHA-"))
            .map(name -> name.equals("MD5") || name.equals("SHA-1") ? "SHA-256" : name);
    }

    private static Optional<String> pssHash(X509Certificate certificate) {
        byte[] encoded = certificate.getSigAlgParams();
        if (encoded == null) {
            return Optional.empty();
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(PSS);
            parameters.init(encoded);
            return Optional.of(parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
        } catch (GeneralSecurityException | IOException e) {
            // Odd parameters leave the binding undefined.
            return Optional.empty();
        }
    }

    private static Optional<byte[]> digest(String hash, X509Certificate certificate) {
        try {
            return Optional.of(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
