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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.hash.Hashing;

/** AUTHENTICATE with several challenges, which a transcript cannot compute. Draft section 7.2.1, RFC 5802 section 3. */
class ScramTest {
    private static final String FIRST = "n=alice@example.org,r=fyko+d2lbbFgONRv9qkxdawL";

    @TempDir
    static Path folder;

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String challenge(String line) {
        assertThat(line).startsWith("+ ");
        return new String(Base64.getDecoder().decode(line.substring(2)), StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, String message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
    }

    private static String clientFinal(String serverFirst, String password) throws Exception {
        String[] fields = serverFirst.split(",");
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(new PBEKeySpec(password.toCharArray(),
            Base64.getDecoder().decode(fields[1].substring(2)), Integer.parseInt(fields[2].substring(2)), 256)).getEncoded();
        byte[] clientKey = hmac(salted, "Client Key");
        String withoutProof = "c=biws," + fields[0];
        byte[] proof = hmac(Hashing.sha256().hashBytes(clientKey).asBytes(), FIRST + "," + serverFirst + "," + withoutProof);
        for (int at = 0; at < proof.length; at++) {
            proof[at] ^= clientKey[at];
        }
        return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
    }

    @Test
    void scramShouldWorkOnceThePasswordWasSeenAndRefuseAWrongOne() throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder)) {
            try (TlsClient client = new TlsClient(server.port())) {
                client.logIn();
            }
            try (TlsClient client = new TlsClient(server.port())) {
                client.send("A1 AUTHENTICATE SCRAM-SHA-256 " + base64("n,," + FIRST) + "\r\n");
                client.send(base64(clientFinal(challenge(client.readLine()), "wrong")) + "\r\n");
                assertThat(client.readLine()).isEqualTo("A1 NO [AUTHENTICATIONFAILED] authentication failed");
                // Without an initial response the server asks for it by an empty challenge.
                client.send("A2 AUTHENTICATE scram-sha-256\r\n");
                assertThat(challenge(client.readLine())).isEmpty();
                client.send(base64("n,," + FIRST) + "\r\n");
                client.send(base64(clientFinal(challenge(client.readLine()), "secret")) + "\r\n");
                assertThat(challenge(client.readLine())).startsWith("v=");
                client.send("\r\n");
                assertThat(client.readLine()).startsWith("A2 OK [CAPABILITY DMAP=TRUSTFUL ");
            }
        }
    }
}
