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

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STARTTLS changes what a session may do, and is had once. RFC 3501 section 6.2.1, RFC 2595 section 3. */
class StartTlsTest {
    @Test
    void startTlsShouldBringLogInAndGo(@TempDir Path directory) throws Exception {
        try (ImapTestServer server = ImapTestServer.start("<tls socketTLS=\"false\" startTLS=\"true\"><keystore>file://"
                + ImapTestServer.keystore(directory) + "</keystore><keystoreType>PKCS12</keystoreType><secret>secretsecret</secret></tls>"
                + "<auth><requireSSL>true</requireSSL></auth>");
             ImapTestClient client = server.connect()) {
            assertThat(client.line()).contains(" STARTTLS").contains(" LOGINDISABLED").doesNotContain(" AUTH=");
            assertThat(client.command("a1 STARTTLS now")).last().asString().startsWith("a1 BAD");
            assertThat(client.command("a2 STARTTLS")).last().asString().startsWith("a2 OK");
            client.startTls();
            assertThat(client.command("a3 CAPABILITY")).first().asString().contains(" AUTH=PLAIN")
                .doesNotContain("STARTTLS").doesNotContain("LOGINDISABLED");
            assertThat(client.command("a4 STARTTLS")).last().asString().startsWith("a4 BAD");
            assertThat(client.command("a5 LOGIN alice@example.org secret")).last().asString().startsWith("a5 OK");
            assertThat(client.command("a6 STARTTLS")).last().asString().startsWith("a6 NO");
            assertThat(client.command("a7 NOOP")).last().asString().startsWith("a7 OK");
        }
    }

    @Test
    void startTlsShouldBeUnknownWithoutACertificate() throws Exception {
        try (ImapTestServer server = ImapTestServer.start("<plainAuthDisallowed>false</plainAuthDisallowed>");
             ImapTestClient client = server.connect()) {
            assertThat(client.line()).doesNotContain("STARTTLS");
            assertThat(client.command("a1 STARTTLS")).last().asString().startsWith("a1 BAD");
            assertThat(client.command("a2 LOGIN alice@example.org secret")).last().asString().startsWith("a2 OK");
        }
    }
}
