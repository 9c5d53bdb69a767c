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
package io.jamesext.agap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SGZP against the server, by Java's own gzip: AGAP section 4.8. */
class GzipConnectionTest {
    @TempDir
    static Path folder;

    private AgapTestServer server;

    @BeforeEach
    void start() throws Exception {
        server = AgapTestServer.open(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private AgapClient compressed() throws IOException {
        AgapClient client = new AgapClient(server.connect());
        assertThat(client.command("SGZP")).containsExactly("200 OK Using GZIP");
        client.compress();
        return client;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void bothDirectionsShouldBeCompressed() throws Exception {
        try (AgapClient client = compressed()) {
            client.logIn();
            assertThat(client.command("NOOP")).containsExactly("200 OK NOOP completed");
            assertThat(client.find("")).hasSize(4);
            assertThat(client.command("RETR 00000001 TEXT")).contains(".This is your newsletter.", "200 OK RETR completed");
            assertThat(client.command("QUIT")).containsExactly("200 OK Bye");
            // The stream ends as it should, for Java's input complains about one that is cut off.
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aSecondOneShouldChangeNothing() throws Exception {
        try (AgapClient client = compressed()) {
            assertThat(client.command("SGZP")).containsExactly("200 OK Using GZIP");
            assertThat(client.command("CAPA")).contains(".SGZP", "200 OK CAPA completed");
        }
    }

    @Test
    void compressionShouldWorkInsideTls() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            assertThat(client.command("STLS")).containsExactly("200 OK Using TLS");
            client.encrypt();
            assertThat(client.command("SGZP")).containsExactly("200 OK Using GZIP");
            client.compress();
            client.logIn();
            assertThat(client.command("STAT")).contains(".TOTAL 4");
        }
    }

    @Test
    void tlsShouldBeginUnderCompressionWithNewStreamsInsideIt() throws Exception {
        try (AgapClient client = compressed()) {
            assertThat(client.command("CAPA")).contains("200 OK CAPA completed");
            assertThat(client.command("STLS")).containsExactly("200 OK Using TLS");
            client.encrypt();
            client.compress();
            assertThat(client.command("STLS")).containsExactly("200 OK Using TLS");
            client.logIn();
            assertThat(client.command("QUIT")).containsExactly("200 OK Bye");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void tlsShouldBeRefusedWhereTheEndOfTheOldStreamCannotBeSeen() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.command("SGZP");
            byte[] whole = gzip("STLS\r\n", false);
            // All but the check behind the data: the line is complete, the stream is not.
            client.send(Arrays.copyOf(whole, whole.length - 8));
            client.inflate();
            assertThat(client.response()).containsExactly("511 INVALID compression (the command must end with a sync flush)");
        }
    }

    @Test
    void bytesBehindItShouldNeverBeRead() throws Exception {
        for (String injected : new String[] {"AUTH PLAIN\r\n", "A"}) {
            try (AgapClient client = new AgapClient(server.connect())) {
                client.send(utf8("SGZP\r\n" + injected));
                assertThat(client.response()).containsExactly("200 OK Using GZIP");
                assertThat(client.isClosed()).isTrue();
            }
        }
    }

    @Test
    void compressedBytesBehindStlsShouldNeverBeRead() throws Exception {
        try (AgapClient client = compressed()) {
            client.send(utf8("STLS\r\nAUTH PLAIN\r\n"));
            assertThat(client.response()).containsExactly("200 OK Using TLS");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void pipelinedCommandsShouldBeAnsweredInOrder() throws Exception {
        try (AgapClient client = compressed()) {
            client.logIn();
            client.send(utf8("NOOP\n".repeat(3000) + "STAT\n"));
            for (int i = 0; i < 3000; i++) {
                assertThat(client.response()).containsExactly("200 OK NOOP completed");
            }
            assertThat(client.response()).contains(".PATH /INBOX");
        }
    }

    /** RFC 1952 section 2.2: a file is a series of members. */
    @Test
    void aMemberForEachCommandShouldDo() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.command("SGZP");
            client.send(gzip("CAPA\r\n", true));
            client.send(gzip("NOOP\r\n", true));
            client.inflate();
            assertThat(client.response()).contains(".SGZP", "200 OK CAPA completed");
            assertThat(client.response()).containsExactly("510 UNKNOWN command in this state");
        }
    }

    @Test
    void whatIsNoGzipShouldBeRefusedAndClosed() throws Exception {
        byte[] corrupt = gzip("CAPA\r\n".repeat(100), false);
        corrupt[corrupt.length - 1] ^= 1;
        for (byte[] bad : new byte[][] {utf8("CAPA\r\n"), {0x1F, (byte) 0x8B, 7}, {0x1F, (byte) 0x8B, 8, (byte) 0x20}}) {
            try (AgapClient client = new AgapClient(server.connect())) {
                client.command("SGZP");
                client.send(bad);
                client.inflate();
                assertThat(client.response()).containsExactly("511 INVALID line (not gzip)");
                assertThat(client.isClosed()).isTrue();
            }
        }
        try (AgapClient client = new AgapClient(server.connect())) {
            client.command("SGZP");
            client.send(corrupt);
            client.inflate();
            for (int i = 0; i < 100; i++) {
                assertThat(client.response()).contains("200 OK CAPA completed");
            }
            assertThat(client.response()).containsExactly("511 INVALID line (not gzip)");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aTruncatedStreamShouldEndWithTheConnection() throws Exception {
        byte[] whole = gzip("CAPA\r\nCAPA\r\n", false);
        try (AgapClient client = new AgapClient(server.connect())) {
            client.command("SGZP");
            client.send(Arrays.copyOf(whole, whole.length - 9));
            client.socket().shutdownOutput();
            client.inflate();
            client.response();
            client.response();
            assertThat(client.isClosed()).isTrue();
        }
    }

    /** 128 megabytes of a line, and of lines, in some 128 kilobytes each. */
    @Test
    void bombsShouldCostNoMoreThanAPiece() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.command("SGZP");
            client.send(bomb("x"));
            client.inflate();
            assertThat(client.response()).containsExactly("511 INVALID line (longer than 1024 characters)");
            assertThat(client.isClosed()).isTrue();
        }
        try (Socket socket = server.connect(); AgapClient other = new AgapClient(server.connect())) {
            socket.getOutputStream().write(utf8("SGZP\r\n"));
            Thread.sleep(200);
            Thread flood = new Thread(() -> {
                try {
                    socket.getOutputStream().write(bomb("\n"));
                } catch (IOException e) {
                    // The test has seen enough, and closed.
                }
            });
            flood.start();
            Thread.sleep(1500);
            System.gc();
            long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            assertThat(used).isLessThan(300L << 20);
            assertThat(other.command("CAPA")).contains("200 OK CAPA completed");
            socket.close();
            flood.join();
        }
    }

    private static byte[] bomb(String unit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16)) {
            byte[] block = utf8(unit.repeat(1 << 20));
            for (int i = 0; i < 1 << 7; i++) {
                gzip.write(block);
            }
        }
        return out.toByteArray();
    }

    /** One member; with all fields that its header may have, or with none. */
    private static byte[] gzip(String text, boolean allFields) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CRC32 crc = new CRC32();
        out.write(new byte[] {0x1F, (byte) 0x8B, 8, (byte) (allFields ? 0x1F : 0), 1, 2, 3, 4, 2, 3});
        if (allFields) {
            out.write(new byte[] {4, 0, 'a', 'p', 0, 0});
            out.write(utf8("name\0comment\0"));
            crc.update(out.toByteArray());
            out.write((int) crc.getValue());
            out.write((int) crc.getValue() >> 8);
        }
        Deflater deflater = new Deflater(9, true);
        try (DeflaterOutputStream body = new DeflaterOutputStream(out, deflater)) {
            body.write(utf8(text));
        }
        crc.reset();
        crc.update(utf8(text));
        for (long number : new long[] {crc.getValue(), utf8(text).length}) {
            for (int i = 0; i < 4; i++) {
                out.write((int) (number >> 8 * i));
            }
        }
        return out.toByteArray();
    }
}
