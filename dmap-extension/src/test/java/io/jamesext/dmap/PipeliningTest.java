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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands sent without waiting. Draft section 6.5. */
class PipeliningTest {
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

    @Test
    void goAheadShouldWaitForTheAnswersBeforeIt() throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            client.logIn();
            client.select("INBOX");
            client.send("A1 FETCH 1:4 (BODY.PEEK[] BODYSTRUCTURE)\r\nA2 STATUS {5}\r\n");
            for (int message = 1; message <= 4; message++) {
                assertThat(client.readUntil("* ")).startsWith("* " + message + " FETCH");
            }
            assertThat(client.readUntil(")")).isEqualTo(")");
            assertThat(client.readLine()).isEqualTo("A1 OK FETCH completed");
            assertThat(client.readLine()).isEqualTo("+ Ready for the literal");
            client.send("INBOX (MESSAGES)\r\n");
            assertThat(client.readLine()).isEqualTo("* STATUS INBOX (MESSAGES 4)");
            assertThat(client.readLine()).isEqualTo("A2 OK STATUS completed");
        }
    }

    @Test
    void anyNumberOfCommandsShouldBeAnsweredInOrderHoweverTheirBytesArrive() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        StringBuilder commands = new StringBuilder();
        for (int command = 0; command < 1000; command++) {
            commands.append(switch (random.nextInt(3)) {
                case 0 -> "A" + command + " NOOP\r\n";
                case 1 -> "A" + command + " STATUS {5+}\r\nINBOX (MESSAGES)\r\n";
                default -> "A" + command + " STATUS {16+}\r\nX LOGOUT\r\nLOGOUT (MESSAGES)\r\n";
            });
        }
        byte[] octets = commands.toString().getBytes(StandardCharsets.US_ASCII);
        try (TlsClient client = new TlsClient(server.port())) {
            client.logIn();
            Thread sender = new Thread(() -> send(client, octets, random));
            sender.start();
            for (int command = 0; command < 1000; command++) {
                assertThat(client.readUntil("A")).as("seed %d", seed).matches("A" + command + " (OK|NO \\[CANNOT\\]) .*");
            }
            sender.join();
        }
    }

    private static void send(TlsClient client, byte[] octets, Random random) {
        try {
            for (int from = 0; from < octets.length;) {
                int to = Math.min(octets.length, from + 1 + random.nextInt(200));
                client.send(Arrays.copyOfRange(octets, from, to));
                from = to;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
