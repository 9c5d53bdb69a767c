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

package io.jamesext.lemonade.imap.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** RFC 3516 section 4.4: binary content in, and what FETCH shows of it. */
@BothBackends
class BinaryAppendTest {
    private static final String PART_HEADER = "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: ";
    private static final byte[] FRONT = ("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + PART_HEADER
        + "BINARY\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII);

    private ImapTestServer server;
    private ImapTestClient client;

    @BeforeEach
    void connect() throws Exception {
        server = ImapTestServer.start("<inMemorySizeLimit>20K</inMemorySizeLimit>");
        client = server.connectAs(ImapTestServer.ALICE);
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 100_000, 3_000_000})
    void binaryShouldBeStoredInBase64(int size) throws Exception {
        byte[] image = new byte[size];
        new Random(size).nextBytes(image);
        image[0] = 0;
        int length = FRONT.length + size + END.length;
        client.write("a1 APPEND INBOX ~{" + length + "+}\r\n").write(FRONT).write(image).write(END).write("\r\n");
        assertThat(client.line()).startsWith("a1 OK [APPENDUID ");
        client.command("a2 SELECT INBOX");
        long base64 = Base64Lines.length(size);
        long stored = FRONT.length + base64 + END.length;
        assertThat(client.command("a3 FETCH 1 (RFC822.SIZE)").get(0)).contains("RFC822.SIZE " + stored);
        assertThat(client.command("a4 FETCH 1 (BODYSTRUCTURE)").toString().toUpperCase(Locale.ROOT))
            .contains("\"BASE64\"").doesNotContain("BINARY\"");
        client.write("a5 FETCH 1 (BODY.PEEK[])\r\n");
        assertThat(client.line()).contains("{" + stored + "}");
        assertThat(client.octets((int) stored)).doesNotContain(0);
    }

    @Test
    void catenateShouldTakeBinaryInAnyPart() throws Exception {
        client.write("a1 APPEND INBOX CATENATE (TEXT {" + FRONT.length + "+}\r\n").write(FRONT).write(" TEXT ~{3+}\r\n")
            .write(new byte[] {1, 0, 2}).write(" TEXT {" + END.length + "+}\r\n").write(END).write(")\r\n");
        assertThat(client.line()).startsWith("a1 OK [APPENDUID ");
        client.command("a2 SELECT INBOX");
        assertThat(client.command("a3 FETCH 1 (BODY.PEEK[1])").toString()).contains("AQAC");
        // The part that is stored in base64 is what the next CATENATE finds.
        client.write("a4 APPEND INBOX CATENATE (URL \"/INBOX/;UID=1\") ~{1+}\r\nx\r\n");
        assertThat(client.until("a4 ")).last().asString().matches("a4 OK \\[APPENDUID \\d+ 2:3\\].*");
    }

    @Test
    void nulInAHeaderShouldBeRefused() throws Exception {
        client.write("a1 APPEND INBOX ~{9+}\r\n").write("A: \0b\r\n\r\n").write("\r\n");
        assertThat(client.line()).startsWith("a1 NO [UNKNOWN-CTE] ");
        assertThat(client.command("a2 STATUS INBOX (MESSAGES)").get(0)).contains("MESSAGES 0");
    }

    @Test
    void nulInAnOrdinaryLiteralShouldNotBeLost() throws Exception {
        client.write("a1 APPEND INBOX {7+}\r\n").write("A: b\r\n\r\n".substring(0, 4) + "\r\n\r").write("\r\n");
        client.line();
        client.write("a2 APPEND INBOX {11+}\r\n").write("A: b\r\n\r\na\0b").write("\r\n");
        assertThat(client.line()).startsWith("a2 OK ");
        client.command("a3 SELECT INBOX");
        assertThat(client.command("a4 FETCH * (BODY.PEEK[TEXT])").toString()).contains("YQBi");
    }
}
