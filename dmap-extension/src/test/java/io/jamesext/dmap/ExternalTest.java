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
package io.jamesext.dmap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import javax.net.ssl.KeyManagerFactory;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.hash.Hashing;

import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.mailbox.TestKeystore;
import reactor.core.publisher.Mono;

/** AUTHENTICATE EXTERNAL by certificates of real clients. RFC 4422 appendix A. */
class ExternalTest {
    private static final char[] PASSWORD = TestKeystore.PASSWORD.toCharArray();
    private static final String FAILED = "A1 NO [AUTHENTICATIONFAILED] authentication failed";

    @TempDir
    static Path folder;

    private static final Map<String, KeyStore> CLIENTS = new TreeMap<>();
    private static DmapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        client("alice", "-ext", "san=email:Alice@Example.org,dns:localhost");
        client("both", "-ext", "san=email:alice@example.org,email:bob@example.org");
        client("gone", "-ext", "san=email:gone@example.org");
        client("unknown");
        byte[] phone = client("phone").getCertificate("james").getEncoded();
        Path truststore = folder.resolve("truststore");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (Map.Entry<String, KeyStore> client : CLIENTS.entrySet()) {
            trusted.setCertificateEntry(client.getKey(), client.getValue().getCertificate("james"));
        }
        try (OutputStream out = Files.newOutputStream(truststore)) {
            trusted.store(out, PASSWORD);
        }
        client("stranger", "-ext", "san=email:alice@example.org");
        String fingerprint = HexFormat.ofDelimiter(":").withUpperCase()
            .formatHex(Hashing.sha256().hashBytes(phone).asBytes());
        server = DmapTestServer.start(folder, "<external><email>true</email>"
                + "<user certificate=\"" + fingerprint + "\">bob@example.org</user></external>",
            "<clientAuth><truststore>file://" + truststore + "</truststore><truststoreType>PKCS12</truststoreType><truststoreSecret>"
                + TestKeystore.PASSWORD + "</truststoreSecret></clientAuth>");
    }

    private static KeyStore client(String name, String... more) throws Exception {
        String[] all = new String[more.length + 2];
        all[0] = "-dname";
        all[1] = "CN=" + name;
        System.arraycopy(more, 0, all, 2, more.length);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(TestKeystore.create(folder.resolve(name), all))) {
            store.load(in, PASSWORD);
        }
        assertThat(((X509Certificate) store.getCertificate("james")).getSubjectX500Principal().getName()).isEqualTo("CN=" + name);
        CLIENTS.put(name, store);
        return store;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TlsClient connect(String name) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(CLIENTS.get(name), PASSWORD);
        return new TlsClient(server.port(), 0, keys.getKeyManagers());
    }

    private static String logIn(String name, String wanted) throws Exception {
        try (TlsClient client = connect(name)) {
            String response = wanted.isEmpty() ? "=" : Base64.getEncoder().encodeToString(wanted.getBytes(UTF_8));
            client.send("A1 AUTHENTICATE EXTERNAL " + response + "\r\n");
            return client.readLine();
        }
    }

    @Test
    void addressInTheCertificateShouldNameTheUser() throws Exception {
        assertThat(logIn("alice", "")).startsWith("A1 OK [CAPABILITY DMAP=TRUSTFUL AUTH=EXTERNAL AUTH=SCRAM-SHA-256-PLUS ");
        assertThat(logIn("alice", "alice@example.org")).startsWith("A1 OK ");
        try (TlsClient client = connect("alice")) {
            assertThat(client.greeting()).startsWith("* OK [CAPABILITY DMAP=TRUSTFUL AUTH=EXTERNAL ");
            // Without an initial response the server asks for it by an empty challenge.
            client.send("A1 AUTHENTICATE external\r\n");
            assertThat(client.readLine()).isEqualTo("+ ");
            client.send("\r\n");
            assertThat(client.readLine()).startsWith("A1 OK ");
            client.send("A2 STATUS INBOX (MESSAGES)\r\n");
            assertThat(client.readLine()).isEqualTo("* STATUS INBOX (MESSAGES 4)");
        }
    }

    @Test
    void actingAsAnotherShouldNeedDelegation() throws Exception {
        assertThat(logIn("alice", "bob@example.org")).isEqualTo(FAILED);
        Mono.from(server.james().delegations().addAuthorizedUser(TestJames.BOB, TestJames.ALICE)).block();
        try {
            assertThat(logIn("alice", "bob@example.org")).startsWith("A1 OK ");
        } finally {
            Mono.from(server.james().delegations().removeAuthorizedUser(TestJames.BOB, TestJames.ALICE)).block();
        }
        assertThat(logIn("alice", "nobody@example.org")).isEqualTo(FAILED);
    }

    @Test
    void certificateOfSeveralUsersShouldNeedAName() throws Exception {
        assertThat(logIn("both", "")).isEqualTo(FAILED);
        assertThat(logIn("both", "gone@example.org")).isEqualTo(FAILED);
        assertThat(logIn("both", "bob@example.org")).startsWith("A1 OK ");
        assertThat(logIn("both", "alice@example.org")).startsWith("A1 OK ");
    }

    @Test
    void configurationShouldNameTheUserOfACertificate() throws Exception {
        assertThat(logIn("phone", "")).startsWith("A1 OK ");
        assertThat(logIn("phone", "bob@example.org")).startsWith("A1 OK ");
        assertThat(logIn("phone", "alice@example.org")).isEqualTo(FAILED);
    }

    @Test
    void certificateShouldNotOutliveItsUser() throws Exception {
        assertThat(logIn("gone", "")).isEqualTo(FAILED);
    }

    @Test
    void certificateOfNobodyShouldBeOfferedNothing() throws Exception {
        try (TlsClient client = connect("unknown")) {
            assertThat(client.greeting()).contains("[CAPABILITY DMAP=TRUSTFUL AUTH=SCRAM-SHA-256-PLUS ");
        }
        assertThat(logIn("unknown", "alice@example.org")).isEqualTo("A1 NO [CANNOT] unsupported authentication mechanism");
    }

    @Test
    void certificateThatNobodyWhomTheOperatorTrustsHasSignedShouldNotConnect() {
        assertThatThrownBy(() -> logIn("stranger", "")).isInstanceOf(IOException.class);
    }

    @Test
    void malformedNamesShouldBeRefused() throws Exception {
        assertThat(logIn("alice", "\0alice@example.org")).isEqualTo("A1 BAD malformed SASL response");
    }

    @Test
    void usersOfCertificatesWithoutATruststoreShouldStopTheStart() {
        assertThatThrownBy(() -> DmapTestServer.start(folder, "<external><email>true</email></external>"))
            .hasStackTraceContaining("key `external`: expected `tls.clientAuth.truststore`");
        assertThatThrownBy(() -> DmapTestServer.start(folder, "<external><user certificate=\"abcd\">bob@example.org</user></external>"))
            .hasStackTraceContaining("expected the certificate's SHA-256 fingerprint");
        assertThatThrownBy(() -> DmapTestServer.start(folder, "<external><user>bob@example.org</user></external>"))
            .hasStackTraceContaining("key `external.user`: expected an attribute `certificate`");
    }
}
