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

package io.jamesext.lemonade.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows STARTTLS or COMPRESS in the same breath is never a command. */
class UpgradeInjectionTest {
    private static ImapTestServer server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = ImapTestServer.start("<tls socketTLS=\"false\" startTLS=\"true\"><keystore>file://" + ImapTestServer.keystore(directory)
            + "</keystore><keystoreType>PKCS12</keystoreType><secret>secretsecret</secret></tls><compress>true</compress>");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1 STARTTLS\r\na2 CREATE hacked\r\n", "a1 STARTTLS\r\na2 LOGIN bob@example.org secret\r\na3 CREATE hacked\r\n",
        "a1 STARTTLS\r\n\r\n",
        "a1 STARTTLS\r\n\0"})
    void octetsBehindStartTlsShouldCloseTheConnection(String octets) throws Exception {
        byte[] bytes = octets.getBytes(StandardCharsets.US_ASCII);
        for (int position = "a1 STARTTLS\r\n".length() + 1; position <= bytes.length; position++) {
            try (ImapTestClient client = server.connect()) {
                client.line();
                client.writeSplitAt(bytes, position);
                assertThat(client.rest()).noneMatch(line -> line.startsWith("a2") || line.startsWith("a3"))
                    .contains("* BYE Nothing may follow this command");
            }
        }
        assertNotCreated("hacked");
    }

    @Test
    void segmentBehindStartTlsShouldNeverBeACommand() throws Exception {
        for (int run = 0; run < 30; run++) {
            try (ImapTestClient client = server.connect()) {
                client.line();
                client.write("a1 STARTTLS\r\n");
                Thread.sleep(run % 3);
                try {
                    client.write("a2 LOGIN bob@example.org secret\r\na3 CREATE hacked\r\n");
                } catch (IOException closed) {
                    continue;
                }
                assertThat(client.rest()).noneMatch(line -> line.startsWith("a2") || line.startsWith("a3"));
            }
        }
        assertNotCreated("hacked");
    }

    @Test
    void startTlsShouldWorkAndTheCapabilitiesChange() throws Exception {
        try (ImapTestClient client = server.connect()) {
            assertThat(client.line()).startsWith("* OK [CAPABILITY IMAP4rev1 ").contains(" STARTTLS ");
            assertThat(client.command("a1 STARTTLS")).last().asString().startsWith("a1 OK");
            client.startTls();
            assertThat(client.command("a2 LOGIN alice@example.org secret")).last().asString().startsWith("a2 OK [CAPABILITY IMAP4rev1 ")
                .doesNotContain("STARTTLS");
            assertThat(client.command("a3 NOOP")).last().asString().startsWith("a3 OK");
        }
    }

    @Test
    void octetsBehindCompressShouldCloseTheConnection() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.write("a1 COMPRESS DEFLATE\r\na2 CREATE hacked\r\n");
            assertThat(client.rest()).containsExactly("* BYE Nothing may follow this command");
        }
        assertNotCreated("hacked");
    }

    private static void assertNotCreated(String mailbox) throws Exception {
        for (var user : List.of(ImapTestServer.ALICE, ImapTestServer.BOB)) {
            assertThat(server.mailboxManager().list(server.session(user))).noneMatch(path -> path.getName().equals(mailbox));
        }
    }
}
