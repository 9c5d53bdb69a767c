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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

import org.apache.commons.configuration2.ex.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;

import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.mailbox.TestKeystore;

/** What is asked of a certificate beside its chain and the name of the host; these are in {@link HostileServerTest}. */
class DmtpTlsTest {
    @TempDir
    static Path folder;

    private static X509Certificate certificate(String name, String... more) throws Exception {
        Path file = TestKeystore.create(folder.resolve(name), more);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, TestKeystore.PASSWORD.toCharArray());
        }
        return (X509Certificate) store.getCertificate("james");
    }

    private static DmtpServer named() {
        return new DmtpServer("example.net", ImmutableList.of(), ImmutableList.of(), ImmutableList.of(), true);
    }

    private static DmtpServer server(SigningKey key, byte[]... signatures) {
        return new DmtpServer("example.net", ImmutableList.of(), ImmutableList.of(key.verifyingKey()), ImmutableList.copyOf(signatures),
            false);
    }

    @Test
    void oneOfTheRecordsSignaturesShouldFit() throws Exception {
        X509Certificate certificate = certificate("one", "-dname", "CN=dx", "-ext", "san=dns:dx.example.net");
        SigningKey key = SigningKey.generate(new SecureRandom());
        SigningKey other = SigningKey.generate(new SecureRandom());
        byte[] hash = Hashing.sha512().hashBytes(certificate.getEncoded()).asBytes();
        DmtpTls.check(certificate, "dx.example.net", server(key));
        DmtpTls.check(certificate, "dx.example.net", server(key, other.sign(hash), key.sign(hash)));
        assertThatThrownBy(() -> DmtpTls.check(certificate, "dx.example.net", server(key, other.sign(hash))))
            .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> DmtpTls.check(certificate, "dx.example.net", server(key, key.sign(certificate.getEncoded()))))
            .isInstanceOf(CertificateException.class);
    }

    @Test
    void aCommonNameShouldNotBeAName() throws Exception {
        DmtpServer server = server(SigningKey.generate(new SecureRandom()));
        assertRefused(certificate("two", "-dname", "CN=dx.example.net"), "dx.example.net", server);
        X509Certificate address = certificate("three", "-dname", "CN=dx.example.net", "-ext", "san=ip:192.0.2.1");
        assertRefused(address, "dx.example.net", server);
        DmtpTls.check(address, "192.0.2.1", named());
        assertRefused(certificate("four", "-dname", "CN=192.0.2.1", "-ext", "san=dns:example.net"), "192.0.2.1", server);
    }

    @Test
    void aRecordShouldNotLeadToTheServerOfSomebodyElse() throws Exception {
        DmtpServer server = server(SigningKey.generate(new SecureRandom()));
        X509Certificate foreign = certificate("five", "-dname", "CN=mx", "-ext", "san=dns:mx.example.com");
        assertRefused(foreign, "mx.example.com", server);
        DmtpTls.check(foreign, "mx.example.com", named());
        X509Certificate both = certificate("six", "-dname", "CN=mx", "-ext", "san=dns:mx.example.com,dns:Example.NET");
        DmtpTls.check(both, "mx.example.com", server);
        X509Certificate host = certificate("seven", "-dname", "CN=mx", "-ext", "san=dns:mx.example.com,dns:dx.example.net");
        assertRefused(host, "mx.example.com", server);
    }

    @Test
    void aHostBelowTheDomainShouldBeTheDomains() {
        assertThat(Domains.isAtOrBelow("example.net", "example.net")).isTrue();
        assertThat(Domains.isAtOrBelow("mx.dx.example.net", "example.net")).isTrue();
        assertThat(Domains.isAtOrBelow("badexample.net", "example.net")).isFalse();
        assertThat(Domains.isAtOrBelow("net", "example.net")).isFalse();
        assertThat(Domains.isAtOrBelow("example.co.uk", "co.uk")).isFalse();
        assertThat(Domains.isAtOrBelow("co.uk", "co.uk")).isTrue();
    }

    private static void assertRefused(X509Certificate certificate, String host, DmtpServer server) {
        assertThatThrownBy(() -> DmtpTls.check(certificate, host, server)).isInstanceOf(CertificateException.class);
    }

    @Test
    void aTrustStoreThatCannotBeReadShouldBeNamed() {
        DmtpSettings settings = new DmtpSettings(ImmutableMap.of(),
            Optional.of(new DmtpSettings.TrustStore("file://" + folder.resolve("missing"), "PKCS12", "secret")));
        assertThatThrownBy(() -> new DmtpTls(settings, TestJames.fileSystem(folder))).isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("dime.xml: key `dmtp.truststore` is `file://");
    }
}
