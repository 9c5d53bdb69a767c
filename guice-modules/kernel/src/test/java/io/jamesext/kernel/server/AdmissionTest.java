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
package io.jamesext.kernel.server;

import static io.jamesext.kernel.server.ToyServer.await;
import static io.jamesext.kernel.server.ToyServer.reader;
import static io.jamesext.kernel.server.ToyServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are one too many, or not wanted, are told so. */
class AdmissionTest {
    private static final String SETTINGS = "<bind>127.0.0.1:0</bind><gracefulShutdown>false</gracefulShutdown><jmxName>limited</jmxName>";

    @TempDir
    static Path folder;

    private ToyServer toy;

    @BeforeEach
    void start() throws Exception {
        toy = new ToyServer(folder);
    }

    @AfterEach
    void stop() {
        toy.close();
    }

    private static Socket connect(ExtensionServerFactory servers, String first) throws IOException {
        Socket socket = new Socket("127.0.0.1", servers.getServers().get(0).getPort());
        socket.setSoTimeout(10_000);
        send(socket, first);
        return socket;
    }

    private void shouldTakeOne(String limit) throws Exception {
        ExtensionServerFactory servers = toy.servers(SETTINGS + limit);
        try {
            try (Socket first = connect(servers, "")) {
                assertThat(reader(first).readLine()).isEqualTo("hello");
                for (int i = 0; i < 3; i++) {
                    try (Socket second = connect(servers, "")) {
                        assertThat(reader(second).lines()).containsExactly("refused TOO_MANY_CONNECTIONS");
                    }
                }
            }
            await(() -> toy.protocol.closedSessions.get() == 1);
            try (Socket later = connect(servers, "")) {
                assertThat(reader(later).readLine()).isEqualTo("hello");
            }
        } finally {
            servers.destroy();
        }
    }

    @Test
    void oneMoreThanTheLimitShouldBeToldAndNotCounted() throws Exception {
        shouldTakeOne("<connectionLimit>1</connectionLimit>");
    }

    @Test
    void oneMoreThanTheLimitOfAnAddressShouldBeToldAndNotCounted() throws Exception {
        shouldTakeOne("<connectionLimitPerIP>1</connectionLimitPerIP>");
    }

    /** Whoever is behind it, all connections come from the proxy. */
    @Test
    void clientsBehindAProxyShouldBeCountedByTheirOwnAddresses() throws Exception {
        ExtensionServerFactory servers = toy.servers(SETTINGS
            + "<connectionLimitPerIP>1</connectionLimitPerIP><proxyRequired>true</proxyRequired>");
        try (Socket one = connect(servers, "PROXY TCP4 192.0.2.7 127.0.0.1 4321 25\r\n");
             Socket another = connect(servers, "PROXY TCP4 192.0.2.8 127.0.0.1 4321 25\r\n")) {
            assertThat(reader(one).readLine()).isEqualTo("hello");
            assertThat(reader(another).readLine()).isEqualTo("hello");
            try (Socket second = connect(servers, "PROXY TCP4 192.0.2.7 127.0.0.1 4322 25\r\n");
                 Socket refused = connect(servers, "PROXY TCP4 198.51.100.1 127.0.0.1 4322 25\r\n")) {
                assertThat(reader(second).lines()).containsExactly("refused TOO_MANY_CONNECTIONS");
                assertThat(reader(refused).lines()).containsExactly("refused ADDRESS_REFUSED");
            }
        } finally {
            servers.destroy();
        }
    }
}
