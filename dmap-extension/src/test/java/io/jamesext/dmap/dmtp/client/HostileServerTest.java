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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;

import io.jamesext.dmap.dime.VerifyingKey;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.kernel.mailbox.Spool;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.mailbox.TestKeystore;

/** Servers that say something else than they should, or nothing. */
class HostileServerTest {
    @TempDir
    static Path folder;
    private static final String GREETING = "220 dx.example.net DMTP\r\n";
    private static final byte[] NOTHING = {};
    /** In the place of octets: says nothing for a while. */
    private static final byte[] PAUSE = {};
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final DmtpClient.Limits LIMITS = new DmtpClient.Limits(LIMIT, LIMIT, Duration.ofSeconds(1), Duration.ofSeconds(20));

    /** Sends these octets after the handshake, whatever the client says, and closes. */
    private static final class Server implements AutoCloseable {
        private final SSLServerSocket listening;
        private final Thread thread;

        Server(Path keystore, byte[]... turns) throws Exception {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(keystore)) {
                keys.load(in, TestKeystore.PASSWORD.toCharArray());
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, TestKeystore.PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            listening = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
            thread = new Thread(() -> serve(turns));
            thread.start();
        }

        private void serve(byte[]... turns) {
            try (Socket socket = listening.accept()) {
                for (byte[] turn : turns) {
                    if (turn == PAUSE) {
                        Thread.sleep(LIMIT.toMillis() + 500);
                        continue;
                    }
                    socket.getOutputStream().write(turn);
                    // The client's next line.
                    int octet = socket.getInputStream().read();
                    while (octet >= 0 && octet != '\n') {
                        octet = socket.getInputStream().read();
                    }
                }
            } catch (IOException | InterruptedException e) {
                // The client has had enough.
            }
        }

        int port() {
            return listening.getLocalPort();
        }

        @Override
        public void close() throws Exception {
            listening.close();
            thread.join(10_000);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Path keystore(String name, String san) throws Exception {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            TestKeystore.create(file, san.isEmpty() ? new String[] {"-dname", "CN=localhost"}
                : new String[] {"-dname", "CN=localhost", "-ext", san});
        }
        return file;
    }

    private static DmtpSettings.TrustStore trust(Path keystore) throws Exception {
        return new DmtpSettings.TrustStore("file://" + TestKeystore.trusting(keystore), "PKCS12", TestKeystore.PASSWORD);
    }

    private static DmtpClient client(DmtpSettings settings, DNSService dns) throws Exception {
        return new DmtpClient(new DmtpServers(settings, dns), new DmtpTls(settings, TestJames.fileSystem(folder)), dns, LIMITS);
    }

    private static DmtpClient client(Server server, Path keystore, Optional<VerifyingKey> key) throws Exception {
        return client(new DmtpSettings(ImmutableMap.of("example.net", new DmtpSettings.Route(
            HostAndPort.fromParts("localhost", server.port()), key)), Optional.of(trust(keystore))), new InMemoryDNSService());
    }

    private static Throwable failure(byte[]... turns) throws Exception {
        Path keystore = keystore("named", "san=dns:localhost");
        try (Server server = new Server(keystore, turns)) {
            return catchThrowable(() -> client(server, keystore, Optional.empty()).signet(Question.now("bob@example.net")));
        }
    }

    private static DmtpException.Kind kind(byte[]... turns) throws Exception {
        Throwable failure = failure(turns);
        assertThat(failure).isInstanceOf(DmtpException.class);
        return ((DmtpException) failure).kind();
    }

    @Test
    void whatIsNoAnswerShouldBeTriedAgain() throws Exception {
        assertThat(kind()).isEqualTo(DmtpException.Kind.TEMPORARY);
        assertThat(kind(octets("hello\r\n"))).isEqualTo(DmtpException.Kind.TEMPORARY);
        assertThat(kind(octets("220 " + "x".repeat(600) + "\r\n"))).isEqualTo(DmtpException.Kind.TEMPORARY);
        assertThat(kind(octets("220 bare line feed\n"))).isEqualTo(DmtpException.Kind.TEMPORARY);
        assertThat(kind(octets(GREETING), octets("250-one\r\n550 two\r\n"))).isEqualTo(DmtpException.Kind.TEMPORARY);
        assertThat(kind(octets(GREETING), octets("250-one\r\n"))).isEqualTo(DmtpException.Kind.TEMPORARY);
        assertThat(kind(octets(GREETING), octets("250-\u001b[2J\r\n250 OK\r\n"))).isEqualTo(DmtpException.Kind.TEMPORARY);
    }

    @Test
    void aServerThatSaysNothingShouldBeLeft() throws Exception {
        Instant begin = Instant.now();
        assertThat(kind(NOTHING)).isEqualTo(DmtpException.Kind.TEMPORARY);
        assertThat(Duration.between(begin, Instant.now())).isBetween(LIMIT.minusMillis(100), LIMIT.plusSeconds(10));
    }

    @Test
    void aServerWithManyAddressesShouldHaveNoMoreTime() throws Exception {
        // The kernel takes connections for it, and nobody says anything.
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            DmtpServer server = new DmtpServer("example.net",
                ImmutableList.copyOf(Collections.nCopies(4, HostAndPort.fromParts("localhost", silent.getLocalPort()))),
                ImmutableList.of(), ImmutableList.of(), true);
            DmtpTls tls = new DmtpTls(DmtpSettings.NONE, TestJames.fileSystem(folder));
            Instant begin = Instant.now();
            assertThatThrownBy(() -> DmtpConnection.open(server, tls, new InMemoryDNSService(), Deadline.in(LIMIT)))
                .hasMessage("the server of example.net cannot be reached");
            assertThat(Duration.between(begin, Instant.now())).isBetween(LIMIT.minusMillis(100), LIMIT.plusSeconds(2));
        }
    }

    @Test
    void theAnswerToAMessageShouldHaveMoreTimeThanAnythingElse() throws Exception {
        Path keystore = keystore("named", "san=dns:localhost");
        byte[] ok = octets("250 OK\r\n");
        Organisation origin = TestDime.organisation("example.org");
        Fingerprint destination = TestDime.organisation("example.net").signet().fingerprint(SignetLevel.CRYPTO);
        try (Server server = new Server(keystore, octets(GREETING), ok, ok, ok, PAUSE, ok); Spool message = new Spool(0)) {
            message.out().write(new byte[100]);
            DmtpClient client = client(server, keystore, Optional.empty());
            DmtpClient.Transfer transfer = new DmtpClient.Transfer(origin, "example.net", destination, message);
            assertThatCode(() -> client.send(transfer)).doesNotThrowAnyException();
        }
    }

    @Test
    void anAnswerShouldHaveItsLimit() throws Exception {
        byte[] endless = octets(("250-" + "A".repeat(480) + "\r\n").repeat(3000));
        assertThat(kind(octets(GREETING), endless)).isEqualTo(DmtpException.Kind.TEMPORARY);
    }

    @Test
    void refusalsShouldBeTheirs() throws Exception {
        assertThat(kind(octets("421 not now\r\n"))).isEqualTo(DmtpException.Kind.TEMPORARY);
        assertThat(kind(octets("554 never\r\n"))).isEqualTo(DmtpException.Kind.PERMANENT);
        assertThat(kind(octets(GREETING), octets("451 later\r\n"))).isEqualTo(DmtpException.Kind.TEMPORARY);
        assertThat(failure(octets(GREETING), octets("554 " + "n".repeat(300) + "\r\n")))
            .hasMessageStartingWith("the other server says: 554 nnn")
            .hasMessageMatching(".{0,160}");
        assertThat(failure(octets(GREETING), octets("550 nobody\r\n"))).isNull();
    }

    @Test
    void whatIsNoSignetShouldBeRefused() throws Exception {
        String head = "250-SIGNET <bob@example.net> [" + "A".repeat(86) + "] ";
        for (String answer : new String[] {"250-AAAA\r\n250 OK\r\n", head + "OCTETS=[3]\r\n250-AAAA\r\n250 OK\r\n",
            head + "OCTETS=[999999]\r\n250-AAAA\r\n250 OK\r\n", head + "OCTETS=[4]\r\n250-AAAA\r\n250 OK\r\n",
            head + "OCTETS=[3]\r\n250-****\r\n250 OK\r\n"}) {
            assertThat(kind(octets(GREETING), octets(answer))).as(answer).isEqualTo(DmtpException.Kind.PERMANENT);
        }
        assertThat(failure(octets(GREETING), octets(head + "OCTETS=[65537]\r\n250-AAAA\r\n250 OK\r\n")))
            .hasMessage("the other server's signet has more than 65536 octets");
    }

    private static byte[] signetAnswer(Signet signet) {
        return octets("250-SIGNET <example.net> [" + "A".repeat(86) + "] OCTETS=[" + signet.toBytes().length + "]\r\n250-"
            + Base64.getEncoder().encodeToString(signet.toBytes()) + "\r\n250 OK\r\n");
    }

    @Test
    void anOrganisationsSignetShouldBeOfTheKeyThatIsKnown() throws Exception {
        Path keystore = keystore("named", "san=dns:localhost");
        Organisation theirs = TestDime.organisation("example.net");
        Organisation other = TestDime.organisation("example.net");
        try (Server server = new Server(keystore, octets(GREETING), signetAnswer(theirs.signet()))) {
            assertThat(client(server, keystore, Optional.of(theirs.signet().signingKey())).signet(Question.now("example.net")))
                .contains(theirs.signet());
        }
        try (Server server = new Server(keystore, octets(GREETING), signetAnswer(theirs.signet()))) {
            DmtpClient client = client(server, keystore, Optional.of(other.signet().signingKey()));
            assertThatThrownBy(() -> client.signet(Question.now("example.net"))).hasMessageContaining("tells a wrong signet");
        }
    }

    @Test
    void aCertificateShouldBeTrustedAndNameTheHost() throws Exception {
        Path named = keystore("named", "san=dns:localhost");
        Path unnamed = keystore("unnamed", "");
        Path misnamed = keystore("misnamed", "san=dns:dx.example.com");
        byte[][] good = {octets(GREETING), octets("550 nobody\r\n")};
        for (Path keystore : new Path[] {unnamed, misnamed}) {
            try (Server server = new Server(keystore, good)) {
                DmtpClient client = client(server, keystore, Optional.empty());
                assertThatThrownBy(() -> client.signet(Question.now("bob@example.net"))).hasMessageContaining("cannot be reached");
            }
        }
        try (Server server = new Server(named, good)) {
            DmtpClient client = client(server, misnamed, Optional.empty());
            assertThatThrownBy(() -> client.signet(Question.now("bob@example.net"))).hasMessageContaining("cannot be reached");
        }
    }

    @Test
    void aRecordShouldNotLeadToPrivateAddresses() throws Exception {
        Path keystore = keystore("named", "san=dns:localhost");
        String key = Base64.getEncoder().encodeToString(TestDime.organisation("example.net").signet().signingKey().toBytes());
        try (Server server = new Server(keystore, octets(GREETING), octets("550 nobody\r\n"))) {
            InMemoryDNSService dns = new InMemoryDNSService()
                .registerRecord("_dx.example.net", List.of(), List.of(),
                    List.of("v=spf1", "\"ver=1 pok=" + key + " dx=localhost:" + server.port() + "\""))
                .registerRecord("localhost", List.of(InetAddress.getLoopbackAddress()), List.of(), List.of());
            assertThatThrownBy(() -> client(DmtpSettings.NONE, dns).signet(Question.now("bob@example.net")))
                .hasMessage("the server of example.net cannot be reached").hasRootCauseMessage("no address");
        }
    }

    @Test
    void aDomainWithoutARecordInOrderShouldHaveNoServer() throws Exception {
        InMemoryDNSService dns = new InMemoryDNSService()
            .registerRecord("_dx.example.net", List.of(), List.of(), List.of("ver=1"))
            .registerRecord("_dx.example.com", List.of(), List.of(), List.of("unrelated"));
        for (String domain : new String[] {"example.net", "example.com", "example.org"}) {
            assertThatThrownBy(() -> client(DmtpSettings.NONE, dns).signet(Question.now(domain)))
                .isInstanceOfSatisfying(DmtpException.class, failure -> assertThat(failure.kind()).isEqualTo(DmtpException.Kind.NO_SERVER));
        }
    }

    @Test
    void anAddressShouldNotBecomeASecondCommand() throws Exception {
        Path keystore = keystore("named", "san=dns:localhost");
        try (Server server = new Server(keystore, octets(GREETING))) {
            DmtpClient client = client(server, keystore, Optional.empty());
            assertThatThrownBy(() -> client.signet(Question.now("bob\r\nQUIT@example.net")))
                .hasMessage("the address cannot be asked for");
        }
    }
}
