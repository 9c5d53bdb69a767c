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
package io.jamesext.ximss.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.apache.james.core.Username;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.collect.ImmutableMap;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.testing.mailbox.TestKeystore;
import io.netty.handler.ssl.SslContextBuilder;
import reactor.core.Disposable;

/** Whatever is tried, no connection is made to what is not public: {@link TestWeb} would let it through. */
@Timeout(60)
class WebClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Username ALICE = Username.of("alice@example.org");
    private static final Username BOB = Username.of("bob@example.org");

    @TempDir
    Path folder;
    private TestWeb web;
    private WebClient client;

    @BeforeEach
    void setUp() throws Exception {
        web = new TestWeb();
        client = new WebClient(web.network());
    }

    @AfterEach
    void tearDown() {
        web.close();
    }

    /** The ports are open, so that the address alone is in the way. */
    private WebAddress address(String url) {
        return WebAddress.of(url, WebRules.of(Set.of(80, 443, web.port()), List.of("8.8.8.0/24", "2001:4860::/32")));
    }

    private WebResponse read(String url) {
        return client.read(address(url), ALICE, PATIENCE).block();
    }

    private void refused(String url, Failure failure) {
        assertThatThrownBy(() -> read(url)).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(failure));
    }

    private void onlyPublicWasReached() throws Exception {
        assertThat(web.reached).allMatch(InetAddress.getByName(TestWeb.PUBLIC)::equals);
    }

    @Test
    void documentShouldBeRead() throws Exception {
        assertThat(read("http://www.example.com/xml").isSuccess()).isTrue();
        assertThat(web.asked).containsExactly("http://www.example.com/xml");
        assertThat(web.reached).containsExactly(InetAddress.getByName(TestWeb.PUBLIC));
    }

    /** The client would connect to it by itself. */
    @Test
    void addressInThePlaceOfANameShouldGoTheSameWay() {
        assertThat(read("http://" + TestWeb.PUBLIC + "/xml").isSuccess()).isTrue();
        assertThat(web.lookups).containsExactly(TestWeb.PUBLIC);
        assertThat(web.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::]", "0", "0.0.0.0",
        "localhost.example.com", "both.example.com", "intranet.example.com", "metadata.example.com", "169.254.169.254", "2852039166",
        "10.0.0.1", "192.168.1.1", "[fe80::1]", "[fd00:ec2::254]", "224.0.0.1", "[ff02::1]", "nobody.example.com"})
    void addressesThatAreNotPublicShouldNotBeReached(String host) {
        refused("http://" + host + ":" + web.port() + "/xml", Failure.NO_PERMISSION);
        assertThat(web.asked).isEmpty();
        assertThat(web.reached).isEmpty();
    }

    /** Java reads some as a name, the machine as a number, and another Java differently: whoever wins, nothing is reached. */
    @ParameterizedTest
    @ValueSource(strings = {"127.1", "127.0.1", "0x7f000001", "0x7f.1", "0x7f.0.0.1", "0177.0.0.1", "017700000001",
        "127.0.0.1.", "0127.0.0.1"})
    void oddSpellingsShouldNotReachThisMachine(String host) throws Exception {
        assertThatThrownBy(() -> client.read(address("http://" + host + ":" + web.port() + "/xml"), ALICE, Duration.ofSeconds(2)).block())
            .isInstanceOf(ProtocolException.class);
        assertThat(web.asked).isEmpty();
        assertThat(web.reached).noneMatch(InetAddress::isLoopbackAddress);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://www.example.com/", "file:///etc/passwd", "jar:http://www.example.com/a!/b",
        "gopher://www.example.com/", "http://user@www.example.com/", "http://user:password@www.example.com/",
        "http://www.example.com@127.0.0.1/", "//www.example.com/", "/etc/passwd", "http:www.example.com", "http:///etc/passwd",
        "http://", "", "http://www example.com/",
        "http://www.example.com\r\nHost: x/", "http://127.0.0.1\\@www.example.com/", "http://[::1/", "http://bad_name/"})
    void badAddressesShouldBeRefused(String url) {
        assertThatThrownBy(() -> address(url)).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.SYNTAX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://www.example.com:22/", "https://www.example.com:25/", "http://www.example.com:0/",
        "http://www.example.com:65616/", "http://www.example.com:8000/"})
    void otherPortsShouldBeRefused(String url) {
        assertThatThrownBy(() -> address(url)).hasMessage("the port of the URL is not allowed");
    }

    @Test
    void nameShouldBeLookedUpOnceForARequest() throws Exception {
        assertThat(read("http://rebinding.example.com/xml").isSuccess()).isTrue();
        assertThat(web.lookups).containsExactly("rebinding.example.com");
        onlyPublicWasReached();
        // What it has become is checked again.
        refused("http://rebinding.example.com/xml", Failure.NO_PERMISSION);
        onlyPublicWasReached();
    }

    @Test
    void redirectShouldBeFollowedWhereItMay() {
        assertThat(read("http://www.example.com/redirect?/redirect?http://www.example.com/xml").isSuccess()).isTrue();
        assertThat(web.asked).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:%d/xml, NO_PERMISSION", "//127.0.0.1:%d/xml, NO_PERMISSION",
        "http://[::ffff:127.0.0.1]:%d/, NO_PERMISSION", "http://2130706433:%d/xml, NO_PERMISSION",
        "http://localhost.example.com/xml, NO_PERMISSION", "http://metadata.example.com/latest/meta-data, NO_PERMISSION",
        "http://www.example.com:22/, NO_PERMISSION", "http://8.8.8.8/xml, NO_PERMISSION",
        "file:///etc/passwd, SYNTAX", "http://user@www.example.com/, SYNTAX", "/redirect?http://10.0.0.1/, NO_PERMISSION"})
    void redirectShouldBeCheckedAsTheFirstAddress(String location, Failure failure) throws Exception {
        refused("http://www.example.com/redirect?" + String.format(location, web.port()).replace("[", "%5B").replace("]", "%5D"), failure);
        assertThat(web.asked).allMatch(url -> url.contains("/redirect?"));
        onlyPublicWasReached();
    }

    @Test
    void redirectOfARebindingNameShouldBeCheckedAgain() throws Exception {
        refused("http://rebinding.example.com/redirect?http://rebinding.example.com/xml", Failure.NO_PERMISSION);
        assertThat(web.asked).hasSize(1);
        onlyPublicWasReached();
    }

    @Test
    void redirectsShouldEnd() {
        refused("http://www.example.com/loop", Failure.NO_SUCH_MESSAGE);
        assertThat(web.asked).hasSize(6);
    }

    @Test
    void tooMuchShouldBeRefused() {
        refused("http://www.example.com/large", Failure.TOO_BIG);
    }

    @Test
    void tooSlowShouldBeRefused() {
        long start = System.nanoTime();
        assertThatThrownBy(() -> client.read(address("http://www.example.com/slow"), ALICE, Duration.ofSeconds(1)).block())
            .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(Failure.BUSY));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "[::ffff:8.8.8.8]", "[2001:4860:4860::8888]"})
    void networksThatTheOperatorRefusesShouldNotBeReached(String host) {
        refused("http://" + host + "/xml", Failure.NO_PERMISSION);
        assertThat(web.reached).isEmpty();
    }

    @Test
    void oneUserShouldNotTakeAllPlaces() throws InterruptedException {
        List<Disposable> taken = new ArrayList<>();
        while (taken.size() < 8) {
            taken.add(client.read(address("http://www.example.com/slow"), ALICE, PATIENCE).subscribe());
            // The names of two servers may be looked up for her at once: one after the other they are never too many.
            while (web.asked.size() < taken.size()) {
                Thread.sleep(1);
            }
        }

        refused("http://www.example.com/xml", Failure.BUSY);
        assertThat(client.read(address("http://www.example.com/xml"), BOB, PATIENCE).block().isSuccess()).isTrue();
        taken.forEach(Disposable::dispose);
        assertThat(read("http://www.example.com/xml").isSuccess()).isTrue();
    }

    /** Each ends within its time, so that none of the places is lost. */
    @Test
    void placesShouldBeGivenBack() {
        for (int i = 0; i < 40; i++) {
            assertThatThrownBy(() -> client.read(address("http://www.example.com/slow"), ALICE, Duration.ofMillis(20)).block())
                .hasMessage("the server did not answer in time");
            refused("http://nobody.example.com/", Failure.NO_PERMISSION);
        }
        assertThat(read("http://www.example.com/xml").isSuccess()).isTrue();
    }

    @Test
    void endOfLineShouldNotForgeAField() {
        assertThatThrownBy(() -> new WebRequest(address("http://www.example.com/"), "GET",
            ImmutableMap.copyOf(Map.of("Cookie", "a=b\r\nHost: intranet")), new byte[0])).isInstanceOf(ProtocolException.class);
        for (String method : new String[] {"CONNECT", "TRACE", "GET / HTTP/1.1\r\nX:", "", "get"}) {
            assertThatThrownBy(() -> new WebRequest(address("http://www.example.com/"), method, ImmutableMap.of(), new byte[0]))
                .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void certificateShouldBeTrustedAndTheHosts() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(Files.newInputStream(TestKeystore.create(folder)), TestKeystore.PASSWORD.toCharArray());
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, TestKeystore.PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("james", keys.getCertificate("james"));
        trusted.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        try (TestWeb secure = new TestWeb(server, SslContextBuilder.forClient().trustManager(trusted).build())) {
            client = new WebClient(secure.network());
            assertThat(read("https://localhost/xml").isSuccess()).isTrue();
            refused("https://www.example.com/xml", Failure.NO_SUCH_MESSAGE);
            client = new WebClient(new Network(secure.network().names(), secure.network().route(), SslContextBuilder.forClient().build()));
            refused("https://localhost/xml", Failure.NO_SUCH_MESSAGE);
            assertThat(secure.asked).hasSize(1);
        }
    }
}
