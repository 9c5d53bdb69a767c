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

package io.jamesext.lemonade.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.TestKeystore;

/** Debian's Exim, that others have written, submits to this server: RFC 3030 in practice. */
class EximTest {
    private static final Path PROGRAM = Path.of("/usr/sbin/exim4");
    private static final int PATIENCE_SECONDS = 60;
    /** What James, an MTA or a framer is most likely to trip over. */
    private static final String LINES = "first\r\n.\r\n..\r\n. \r\nQUIT\r\nBDAT 5 LAST\r\n\r\n" + "x".repeat(1_500) + "\r\n"
        + "\u00fc\u00ff\u0080\r\n--\r\n";

    private static SmtpTestServer server;

    @TempDir
    private static Path stores;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), "Exim is not installed (Debian: apt-get install exim4-daemon-light)");
        server = new SmtpTestServer(SmtpTestServer.tls(TestKeystore.create(stores)), "");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** Started by root, Exim works as a user of its own; by any other, as that one. */
    @BeforeEach
    void openFolder() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void chunksShouldArriveUnchanged() throws Exception {
        assertThat(submit(LINES, "*")).contains(" K C=\"250 2.6.0 ").contains(" A=plain ");
        assertThat(body()).isEqualTo(LINES);
    }

    /** Which no other server would take by DATA. */
    @Test
    void lineLongerThanAnyCommandShouldArriveUnchangedInAChunk() throws Exception {
        String body = "a\r\n" + "y".repeat(40_000) + "\r\nz\r\n";
        assertThat(submit(body, "*")).contains(" K C=\"250 2.6.0 ");
        assertThat(body()).isEqualTo(body);
    }

    @Test
    void manyChunksShouldArriveUnchanged() throws Exception {
        String body = (LINES + "z".repeat(70) + "\r\n").repeat(1_500);
        assertThat(submit(body, "*")).contains(" K C=\"250 2.6.0 ");
        assertThat(body()).isEqualTo(body);
    }

    /** Exim says QUIT and closes its side of TLS at once behind the last octet. */
    @Test
    void chunksShouldArriveUnchangedOverTls() throws Exception {
        String body = (LINES + "z".repeat(70) + "\r\n").repeat(100);
        assertThat(submit(body, "*", "hosts_require_tls = *")).contains(" X=TLS").contains(" K C=\"250 2.6.0 ");
        assertThat(body()).isEqualTo(body);
    }

    @Test
    void dataShouldArriveUnchangedToo() throws Exception {
        assertThat(submit(LINES, "")).doesNotContain(" K ").contains(" C=\"250 2.6.0 ");
        assertThat(body()).isEqualTo(LINES);
    }

    /** What the server has got, without the headers that Exim and it have added. */
    private static String body() throws Exception {
        String text = server.accepted().text();
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    /** Exim's log of a delivery to Bob. */
    private String submit(String body, String chunking) throws Exception {
        return submit(body, chunking, "hosts_avoid_tls = *");
    }

    private String submit(String body, String chunking, String tls) throws Exception {
        Path configuration = Files.writeString(folder.resolve("exim.conf"), String.join("\n",
            user(),
            "primary_hostname = client.example.org",
            "spool_directory = " + folder + "/spool",
            "log_file_path = " + folder + "/spool/log.%s",
            "keep_environment =",
            "begin routers",
            "james:",
            "  driver = manualroute",
            "  route_list = * 127.0.0.1",
            "  self = send",
            "  transport = james",
            "begin transports",
            "james:",
            "  driver = smtp",
            "  port = " + server.port(),
            "  hosts_try_chunking = " + chunking,
            "  hosts_require_auth = *",
            "  " + tls,
            "  tls_verify_certificates =",
            "  message_linelength_limit = 1000000",
            "begin authenticators",
            "plain:",
            "  driver = plaintext",
            "  public_name = PLAIN",
            "  client_send = ^alice@example.org^" + SmtpTestServer.PASSWORD,
            ""));
        Path message = Files.writeString(folder.resolve("message"), "Subject: exim\n\n" + body.replace("\r\n", "\n"),
            StandardCharsets.ISO_8859_1);
        Path output = folder.resolve("output");
        Process exim = new ProcessBuilder(PROGRAM.toString(), "-C", configuration.toString(), "-i", "-odf", "-f", "alice@example.org",
            "bob@example.org").redirectInput(message.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(exim.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            exim.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(exim.exitValue()).as(said).isZero();
        // Without root's rights, and with a configuration of one's own, all of the log is there.
        Path log = folder.resolve("spool/log.main");
        return said + (Files.exists(log) ? Files.readString(log) : "");
    }

    private String user() throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
        String user = attributes.owner().getName();
        return user.equals("root") ? "" : "exim_user = " + user + "\nexim_group = " + attributes.group().getName();
    }
}
