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
}
