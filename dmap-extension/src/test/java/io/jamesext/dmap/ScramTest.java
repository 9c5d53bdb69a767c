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

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.hash.Hashing;

import io.jamesext.testing.auth.ScramClient;

/** AUTHENTICATE with several challenges, which a transcript cannot compute. Draft section 7.2.1, RFC 5802 section 3. */
class ScramTest {
    @TempDir
    static Path folder;

    private static String challenge(String line) {
        assertThat(line).startsWith("+ ");
        return line.substring(2);
    }

    @Test
    void scramShouldWorkOnceThePasswordWasSeenAndRefuseAWrongOne() throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder)) {
            try (TlsClient client = new TlsClient(server.port())) {
                client.logIn();
            }
            try (TlsClient client = new TlsClient(server.port())) {
                ScramClient wrong = new ScramClient("alice@example.org", "wrong");
                client.send("A1 AUTHENTICATE SCRAM-SHA-256 " + wrong.respondInBase64("") + "\r\n");
                client.send(wrong.respondInBase64(challenge(client.readLine())) + "\r\n");
                assertThat(client.readLine()).isEqualTo("A1 NO [AUTHENTICATIONFAILED] authentication failed");
                // Without an initial response the server asks for it by an empty challenge.
                ScramClient right = new ScramClient("alice@example.org", "secret");
                client.send("A2 AUTHENTICATE scram-sha-256\r\n");
                for (int response = 0; response < 3; response++) {
                    client.send(right.respondInBase64(challenge(client.readLine())) + "\r\n");
                }
                assertThat(client.readLine()).startsWith("A2 OK [CAPABILITY DMAP=TRUSTFUL ");
            }
        }
    }

    @Test
    void scramPlusShouldBindTheLogInToTheServersCertificate() throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder)) {
            try (TlsClient client = new TlsClient(server.port())) {
                client.logIn();
            }
            try (TlsClient client = new TlsClient(server.port())) {
                assertThat(client.greeting()).contains(" AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-256 ");
                // RFC 5929 section 4.1: the certificate's own hash is SHA-256.
                byte[] endPoint = Hashing.sha256().hashBytes(client.serverCertificate().getEncoded()).asBytes();
                assertThat(plus(client, endPoint)).startsWith("A1 OK [CAPABILITY DMAP=TRUSTFUL ");
            }
            try (TlsClient client = new TlsClient(server.port())) {
                // Somebody between shows the client another certificate.
                assertThat(plus(client, new byte[32])).isEqualTo("A1 NO [AUTHENTICATIONFAILED] authentication failed");
            }
        }
    }

    private static String plus(TlsClient client, byte[] endPoint) throws Exception {
        ScramClient scram = new ScramClient("p=tls-server-end-point,,", endPoint, "alice@example.org", "secret");
        client.send("A1 AUTHENTICATE SCRAM-SHA-256-PLUS " + scram.respondInBase64("") + "\r\n");
        String line = client.readLine();
        while (line.startsWith("+ ")) {
            client.send(scram.respondInBase64(challenge(line)) + "\r\n");
            line = client.readLine();
        }
        return line;
    }

    /** Where something between ends TLS, the client sees another certificate than James has. */
    @Test
    void channelBindingShouldBeForTheOperatorToSwitchOff() throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder,
                "<plainAuthDisallowed>false</plainAuthDisallowed><channelBinding>false</channelBinding>");
             TlsClient client = new TlsClient(server.port())) {
            assertThat(client.greeting()).contains("[CAPABILITY DMAP=TRUSTFUL AUTH=SCRAM-SHA-256 AUTH=PLAIN LITERAL- ");
            client.send("A1 AUTHENTICATE SCRAM-SHA-256-PLUS\r\n");
            assertThat(client.readLine()).isEqualTo("A1 NO [CANNOT] unsupported authentication mechanism");
            client.send("A2 AUTHENTICATE SCRAM-SHA-256 eSwsbj11c2VyLHI9eA==\r\n");
            assertThat(client.readLine()).startsWith("+ ");
        }
    }
}
