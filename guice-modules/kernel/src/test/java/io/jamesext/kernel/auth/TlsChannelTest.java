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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsChannelTest {
    private static X509Certificate certificate(String signedWith) throws Exception {
        String file = "/certificates/" + signedWith + ".pem";
        try (InputStream in = Objects.requireNonNull(TlsChannelTest.class.getResourceAsStream(file), file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static Optional<byte[]> endPoint(Optional<X509Certificate> certificate) {
        return new TlsChannel(certificate, List.of()).serverEndPoint();
    }

    /** RFC 5929 section 4.1: the hash of the certificate's signature, but never MD5 or SHA-1. */
    @ParameterizedTest
    @CsvSource({"sha384, SHA-384", "pss, SHA-512", "sha1, SHA-256"})
    void endPointShouldBeTheHashThatTheCertificateWasSignedWith(String signedWith, String hash) throws Exception {
        X509Certificate certificate = certificate(signedWith);
        assertThat(endPoint(Optional.of(certificate)).orElseThrow())
            .isEqualTo(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    }

    /** RFC 5929 section 4.1: undefined where the signature has no hash function, or several. */
    @Test
    void endPointShouldBeUndefinedForSignaturesWithoutAHashAndUnknownCertificates() throws Exception {
        assertThat(endPoint(Optional.of(certificate("ed25519")))).isEmpty();
        assertThat(endPoint(Optional.empty())).isEmpty();
    }
}
