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


package io.jamesext.lemonade.imap.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.lemonade.imap.Heap;
import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;

/** COMPRESS=DEFLATE on a real connection, and UNAUTHENTICATE that ends it. */
class CompressTest {
    private static final long SEED = 4978;

    private static ImapTestServer server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = ImapTestServer.start("<tls socketTLS=\"false\" startTLS=\"true\"><keystore>file://" + ImapTestServer.keystore(directory)
            + "</keystore><keystoreType>PKCS12</keystoreType><secret>secretsecret</secret></tls>");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void compressShouldBeAdvertisedUntilItIsActiveAndWorkOnce() throws Exception {
        try (ImapTestClient client = server.connect()) {
            assertThat(client.line()).contains(" COMPRESS=DEFLATE ");
            // RFC 4978 section 5: command-auth.
            assertThat(client.command("a0 COMPRESS DEFLATE")).last().asString().startsWith("a0 BAD");
            assertThat(client.command("a1 LOGIN alice@example.org secret")).last().asString().contains(" COMPRESS=DEFLATE ");
            assertThat(client.command("a2 COMPRESS LZW")).last().asString().startsWith("a2 BAD");
            assertThat(client.command("a3 compress deflate")).containsExactly("a3 OK COMPRESS DEFLATE active");
            client.startCompression();
            assertThat(client.command("a4 CAPABILITY")).first().asString().doesNotContain("COMPRESS");
            assertThat(client.command("a5 COMPRESS DEFLATE"))
                .containsExactly("a5 BAD [COMPRESSIONACTIVE] COMPRESS DEFLATE is active already.");
            assertThat(client.command("a6 STARTTLS")).last().asString().startsWith("a6 NO");
            client.write("a7 NOOP\r\na8 LOGOUT\r\n");
            assertThat(client.rest()).hasSize(3).last().asString().startsWith("a8 OK");
        }
    }

    @Test
    void compressShouldBeUnknownWhereItIsSwitchedOff() throws Exception {
        try (ImapTestServer plain = ImapTestServer.start("<jmxName>plain</jmxName><compress>false</compress>");
             ImapTestClient client = plain.connect()) {
            assertThat(client.line()).doesNotContain("COMPRESS");
            client.command("a1 LOGIN alice@example.org secret");
            assertThat(client.command("a2 COMPRESS DEFLATE")).last().asString().startsWith("a2 BAD");
            assertThat(client.command("a3 NOOP")).last().asString().startsWith("a3 OK");
        }
    }

    @Test
    void compressionShouldGoInsideTls() throws Exception {
        try (ImapTestClient client = server.connect()) {
            client.line();
            client.command("a1 STARTTLS");
            client.startTls();
            client.command("a2 LOGIN alice@example.org secret");
            client.command("a3 COMPRESS DEFLATE");
            client.startCompression();
            assertThat(client.command("a4 NOOP")).last().asString().startsWith("a4 OK");
            client.write("a5 LOGOUT\r\n");
            assertThat(client.rest()).last().asString().startsWith("a5 OK");
        }
    }

    @Test
    void literalsAndIdleShouldBeTheSameCompressedInAnySegments() throws Exception {
        byte[] content = new byte[300_000];
        new Random(SEED).nextBytes(content);
        String body = "Subject: x\r\n\r\n" + new String(content, StandardCharsets.ISO_8859_1).replaceAll("[\r\n\0]", "x");
        byte[] commands = deflated("a1 APPEND INBOX {" + body.length() + "+}\r\n" + body + "\r\na2 SELECT INBOX\r\na3 IDLE\r\nDONE\r\n"
            + "a4 FETCH 1 BODY.PEEK[]\r\na5 STORE 1 +FLAGS.SILENT (\\Deleted)\r\na6 EXPUNGE\r\na7 LOGOUT\r\n");
        Random random = new Random(SEED);
        for (int most : new int[] {commands.length, 5000, 40}) {
            try (ImapTestClient client = compressed()) {
                Thread writer = new Thread(() -> inSegments(client, commands, random, most));
                writer.start();
                assertThat(client.until("a3 ")).contains("* 1 EXISTS", "+ Idling");
                assertThat(client.line()).endsWith("{" + body.length() + "}");
                assertThat(new String(client.octets(body.length()), StandardCharsets.ISO_8859_1)).as("seed %d", SEED).isEqualTo(body);
                assertThat(client.rest()).contains("* 1 EXPUNGE").last().asString().startsWith("a7 OK");
                writer.join();
            }
        }
    }

    @Test
    void answersOfABatchShouldShareTheirFlushes() throws Exception {
        try (ImapTestClient client = compressed()) {
            client.socket().getOutputStream().write(deflated("a NOOP\r\n".repeat(200) + "b LOGOUT\r\n"));
            int flushes = 0;
            byte[] raw = client.socket().getInputStream().readAllBytes();
            for (int at = 3; at < raw.length; at++) {
                flushes += raw[at - 3] == 0 && raw[at - 2] == 0 && raw[at - 1] == -1 && raw[at] == -1 ? 1 : 0;
            }
            assertThat(flushes).isBetween(1, 20);
            assertThat(raw.length).isLessThan(2000);
        }
    }

    @Test
    void aBombShouldNotGrowTheHeap() throws Exception {
        byte[] line = deflated(List.of("a1 SEARCH SUBJECT ", "x".repeat(1 << 20)), 300);
        byte[] commands = deflated(List.of("", "a2 LIST \"\" *\r\n".repeat(10_000)), 300);
        long before = Heap.used();
        try (ImapTestClient client = compressed(); ImapTestClient reluctant = compressed()) {
            client.socket().getOutputStream().write(line);
            // Three million commands in a few segments, from a client that reads nothing.
            OutputStream out = reluctant.socket().getOutputStream();
            Thread writer = new Thread(() -> {
                try {
                    out.write(commands);
                } catch (IOException expected) {
                    // The socket is closed below.
                }
            });
            writer.start();
            assertThat(client.rest()).containsExactly("a1 BAD Command line is too long", "* BYE Too much to read over");
            assertThat(Heap.used()).isCloseTo(before, within(30L << 20));
        }
    }

    @Test
    void octetsThatAreNotDeflatedShouldCloseTheConnection() throws Exception {
        try (ImapTestClient client = compressed()) {
            client.socket().getOutputStream().write("a1 NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.rest()).containsExactly("* BYE Compressed octets cannot be read");
        }
    }

    @Test
    void unauthenticateShouldEndTheCompression() throws Exception {
        byte[] last = deflated("a1 SELECT INBOX\r\na2 UNAUTHENTICATE\r\n");
        byte[] next = "b1 LOGIN bob@example.org secret\r\nb2 LOGOUT\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] both = Arrays.copyOf(last, last.length + next.length);
        System.arraycopy(next, 0, both, last.length, next.length);
        for (int split = 1; split <= both.length; split++) {
            try (ImapTestClient client = compressed()) {
                OutputStream out = client.socket().getOutputStream();
                out.write(both, 0, split);
                Thread.sleep(1);
                out.write(both, split, both.length - split);
                assertThat(client.until("a2 ")).as("split at %d", split).last().asString().startsWith("a2 OK");
                client.stopCompression();
                assertThat(client.rest()).as("split at %d", split).hasSize(3).first().asString()
                    .startsWith("b1 OK [CAPABILITY").contains("COMPRESS=DEFLATE");
            }
        }
    }

    @Test
    void compressedOctetsBehindUnauthenticateShouldCloseTheConnection() throws Exception {
        try (ImapTestClient client = compressed()) {
            client.write("a1 UNAUTHENTICATE\r\na2 LOGIN bob@example.org secret\r\n");
            assertThat(client.until("a1 ")).last().asString().startsWith("a1 OK");
            client.stopCompression();
            assertThat(client.rest()).containsExactly("* BYE Compressed octets may not follow this command");
        }
    }

    private static ImapTestClient compressed() throws Exception {
        ImapTestClient client = server.connectAs(ImapTestServer.ALICE);
        assertThat(client.command("c COMPRESS DEFLATE")).last().asString().startsWith("c OK");
        client.startCompression();
        return client;
    }

    private static byte[] deflated(String octets) throws IOException {
        return deflated(List.of(octets, ""), 1);
    }

    /** The first string and the second one so many times. */
    private static byte[] deflated(List<String> strings, int times) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        DeflaterOutputStream out = new DeflaterOutputStream(deflated, new Deflater(Deflater.BEST_COMPRESSION, true), true);
        out.write(strings.get(0).getBytes(StandardCharsets.ISO_8859_1));
        byte[] repeated = strings.get(1).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < times; i++) {
            out.write(repeated);
        }
        out.flush();
        return deflated.toByteArray();
    }

    private static void inSegments(ImapTestClient client, byte[] octets, Random random, int most) {
        try {
            for (int at = 0; at < octets.length;) {
                int next = Math.min(octets.length, at + 1 + random.nextInt(most));
                client.socket().getOutputStream().write(octets, at, next - at);
                at = next;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
