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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.testing.transcript.TrustingTls;

/** RFC 7301: the name that TLS negotiates. PROTOCOL.md section 1.1. */
class AlpnTest {
    @TempDir
    static Path folder;

    private static DmapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = DmapTestServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SSLSocket offering(String... names) throws Exception {
        return TrustingTls.offering(new Socket("127.0.0.1", server.port()), names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dmap", "imap,dmap", "h2,dmap,http/1.1"})
    void itsNameShouldBeChosen(String offered) throws Exception {
        try (SSLSocket socket = offering(offered.split(","))) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("dmap");
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine())
                .startsWith("* OK [CAPABILITY DMAP=");
        }
    }

    @Test
    void whoOffersNoNameShouldBeLetIn() throws Exception {
        try (SSLSocket socket = offering()) {
            assertThat(socket.getApplicationProtocol()).isEmpty();
        }
    }

    @Test
    void whoOffersOtherNamesOnlyShouldNotBe() throws Exception {
        assertThatThrownBy(() -> offering("imap", "http/1.1")).isInstanceOf(SSLHandshakeException.class)
            .hasMessageContaining("no_application_protocol");
    }
}
