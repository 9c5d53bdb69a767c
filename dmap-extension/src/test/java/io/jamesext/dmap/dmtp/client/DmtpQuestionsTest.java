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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.net.HostAndPort;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.dmap.ring.Organisations;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How often others are asked, whatever strangers write. */
class DmtpQuestionsTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final String UNREACHABLE = "the server of example.net cannot be reached";

    @TempDir
    static Path folder;

    /** The signets of these domains, which all have this server. */
    private static DmtpSignets signets(ServerSocket server, List<String> domains) throws Exception {
        DmtpSettings.Route route = new DmtpSettings.Route(HostAndPort.fromParts("localhost", server.getLocalPort()), Optional.empty());
        DmtpSettings settings = new DmtpSettings(ImmutableMap.copyOf(Maps.toMap(domains, domain -> route)), Optional.empty());
        InMemoryDNSService dns = new InMemoryDNSService();
        return new DmtpSignets(new Organisations(List.of()), new DmtpClient(new DmtpServers(settings, dns),
            new DmtpTls(settings, TestJames.fileSystem(folder)), dns, new DmtpClient.Limits(LIMIT, LIMIT, LIMIT, LIMIT)));
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 32, InetAddress.getLoopbackAddress());
    }

    private static Mono<String> failure(DmtpSignets signets, String name, Optional<Fingerprint> fingerprint) {
        return signets.find(name, fingerprint).map(signet -> "found").onErrorResume(e -> Mono.just(String.valueOf(e.getMessage())));
    }

    @Test
    void aDomainThatHasFailedShouldNotBeAskedAgainAtOnce() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket server = listening()) {
            Thread thread = new Thread(() -> closeEach(server, connections));
            thread.start();
            DmtpSignets signets = signets(server, List.of("example.net"));
            for (String print : List.of("A".repeat(86), "B".repeat(85) + "A", "C".repeat(85) + "A")) {
                assertThat(failure(signets, "example.net", Optional.of(Fingerprint.parse(print))).block()).isEqualTo(UNREACHABLE);
                assertThat(failure(signets, "bob@example.net", Optional.of(Fingerprint.parse(print))).block()).isEqualTo(UNREACHABLE);
            }
            server.close();
            thread.join();
        }
        assertThat(connections).hasValue(1);
    }

    private static void closeEach(ServerSocket server, AtomicInteger connections) {
        try {
            while (true) {
                server.accept().close();
                connections.incrementAndGet();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void noDomainShouldTakeAllThreads() throws Exception {
        List<String> domains = IntStream.range(0, 6).mapToObj(i -> i + ".example.net").toList();
        // The kernel takes connections for it, and nobody says anything.
        try (ServerSocket server = listening()) {
            DmtpSignets signets = signets(server, domains);
            List<String> failures = Flux.fromIterable(domains).flatMap(domain -> failure(signets, domain, Optional.empty())).collectList()
                .block();
            assertThat(failures).hasSize(6);
            assertThat(Collections.frequency(failures, "too many questions to other servers")).isEqualTo(2);
        }
    }

    @Test
    void domainsShouldCountWithWhoHasRegisteredThem() {
        assertThat(Domains.registered("a.b.example.net")).isEqualTo("example.net");
        assertThat(Domains.registered("a.example.co.uk")).isEqualTo("example.co.uk");
        assertThat(List.of("co.uk", "localhost", "a.invalid", "192.0.2.1")).allMatch(domain -> Domains.registered(domain).equals(domain));
    }
}
