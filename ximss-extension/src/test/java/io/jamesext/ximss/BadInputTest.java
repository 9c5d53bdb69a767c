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
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.transcript.TrustingTls;

/** What a server meets on the open network: a clear answer or a clean close, and nobody else is harmed. */
class BadInputTest {
    private static final String NOOP = "<noop id=\"N\"/>\0";
    private static final String OK = "<response id=\"N\"/>";

    @TempDir
    Path folder;
    private XimssTestServer server;
    private XimssTestClient witness;

    @BeforeEach
    void setUp() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN + XimssTestServer.tls(folder, "startTLS"));
        witness = server.client().logIn();
    }

    /** Whatever happened, another connection has noticed nothing. */
    @AfterEach
    void tearDown() throws Exception {
        witness.send(NOOP);
        assertThat(witness.read()).isEqualTo(OK);
        witness.close();
        server.close();
    }

    private void expect(XimssTestClient client, String errorText, int errorNum) throws IOException {
        assertThat(client.read()).isEqualTo("<response errorText=\"" + errorText + "\" errorNum=\"" + errorNum + "\"/>");
    }

    @Test
    void tenMegabytesWithoutAZeroShouldBeRefusedAndForgotten() throws Exception {
        try (XimssTestClient client = server.client().logIn()) {
            byte[] megabyte = "x".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 10; i++) {
                client.send(megabyte);
            }
            expect(client, "the request is larger than 4194304 bytes", 552);
            client.send("\0" + NOOP);
            assertThat(client.read()).isEqualTo(OK);
        }
    }

    @Test
    void strangersLargeRequestShouldBeRefusedAndAUsersTaken() throws Exception {
        String large = "<readTime id=\"" + "x".repeat(100_000) + "\"/>\0";
        try (XimssTestClient client = server.client()) {
            client.send(large);
            expect(client, "the request is larger than 65536 bytes", 552);
            client.logIn().send(large);
            assertThat(client.readUntil("<response")).hasSizeGreaterThan(100_000).doesNotContain("error");
        }
    }

    @Test
    void badUtf8AndMalformedXmlShouldBeRefusedInTheirTurn() throws Exception {
        try (XimssTestClient client = server.client().logIn()) {
            client.send(NOOP);
            client.send(new byte[] {'<', 'n', ' ', 'i', 'd', '=', '"', (byte) 0xFF, '"', '/', '>', 0});
            client.send("<noop id=\"\0<!DOCTYPE a [<!ENTITY x 'y'>]><noop id='&x;'/>\0" + NOOP);
            assertThat(client.read()).isEqualTo(OK);
            expect(client, "the request is not UTF-8", 501);
            expect(client, "the request is not well-formed XML", 501);
            assertThat(client.read()).startsWith("<response errorText=").doesNotContain("Exception");
            assertThat(client.read()).isEqualTo(OK);
        }
    }

    @Test
    void bytesBehindARequestForTlsShouldCloseTheConnection() throws Exception {
        String login = "\0\0<login id=\"L\" authData=\"alice@example.org\" password=\"secret\"/>\0";
        for (String behind : new String[] {NOOP, "<noop id", login}) {
            try (XimssTestClient client = server.client()) {
                client.send("<starttls id=\"S\"/>\0" + behind);
                String rest = client.read() + client.read();
                assertThat(rest).isIn("", "<response id=\"S\"/>");
            }
        }
    }

    @Test
    void requestsBeforeAHalfClosedSocketShouldBeAnswered() throws Exception {
        try (XimssTestClient client = server.client().logIn()) {
            client.send(NOOP + "<readTime id=\"T\"/>\0" + "<noop id=\"never ended\"/>");
            client.socket.shutdownOutput();
            assertThat(client.read()).isEqualTo(OK);
            client.readUntil("<response id=\"T\"/>");
            assertThat(client.read()).isEmpty();
        }
    }

    @Test
    void halfClosedSaslExchangeShouldEnd() throws Exception {
        try (XimssTestClient client = server.client()) {
            client.send("<login id=\"L\" method=\"PLAIN\"/>\0");
            assertThat(client.read()).isEqualTo("<challenge id=\"L\" value=\"\"/>");
            client.socket.shutdownOutput();
            assertThat(client.readUntil("<response id=\"L\"")).contains("errorNum");
            assertThat(client.read()).isEmpty();
        }
    }

    @Test
    void malformedAnswerToAChallengeShouldEndTheExchangeOnly() throws Exception {
        try (XimssTestClient client = server.client()) {
            client.send("<login id=\"L\" method=\"PLAIN\"/>\0<auth id=\0");
            client.readUntil("<response id=\"L\"");
            client.logIn();
        }
    }

    @Test
    void clientThatNeverReadsShouldCostLittleAndHarmNobody() throws Exception {
        for (int i = 0; i < 300; i++) {
            server.james.append(TestJames.ALICE, "INBOX", "Subject: " + "long ".repeat(200) + i + "\n\nText\n");
        }
        try (XimssTestClient client = server.client().logIn()) {
            client.send("<folderOpen id=\"O\" folder=\"INBOX\" sortField=\"UID\"><field>Subject</field></folderOpen>\0");
            client.readUntil("<response id=\"O\"");
            System.gc();
            long before = used();
            for (int i = 0; i < 500; i++) {
                client.send("<folderBrowse id=\"B" + i + "\" folder=\"INBOX\"><index from=\"0\" till=\"10000\"/></folderBrowse>\0");
            }
            // All answers together would be 150 MB; the sockets and the server's buffers hold a few.
            Thread.sleep(2_000);
            System.gc();
            assertThat(used() - before).isLessThan(40L * 1024 * 1024);
            witness.send(NOOP);
            assertThat(witness.read()).isEqualTo(OK);
            // Nothing is lost for a client that reads late.
            for (int i = 0; i < 20; i++) {
                assertThat(client.readUntil("<response id=\"B" + i + "\"")).doesNotContain("error");
            }
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void clientThatVanishesShouldLeaveNoListenerBehind() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (XimssTestClient client = server.client().logIn()) {
                client.send("<folderOpen id=\"O\" folder=\"INBOX\" sortField=\"UID\"><field>UID</field></folderOpen>\0");
                client.readUntil("<response id=\"O\"");
                client.socket.setSoLinger(true, 0);
            }
        }
        server.james.append(TestJames.ALICE, "INBOX", "Subject: after\n\nText\n");
    }

    @Test
    void requestsShouldBeTakenFromTheFirstByteUnderTls() throws Exception {
        Path keys = Files.createDirectory(folder.resolve("tls"));
        try (XimssTestServer tlsServer = XimssTestServer.start(folder, XimssTestServer.tls(keys, "socketTLS"))) {
            try (SSLSocket socket = TrustingTls.over(new Socket("127.0.0.1", tlsServer.port))) {
                socket.getOutputStream().write("<login id=\"L\" authData=\"alice@example.org\" password=\"secret\"/>\0"
                    .getBytes(StandardCharsets.UTF_8));
                byte[] answer = new byte[200];
                int length = socket.getInputStream().read(answer);
                assertThat(new String(answer, 0, length, StandardCharsets.UTF_8)).startsWith("<session id=\"L\"");
            }
        }
    }
}
