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

package io.jamesext.lemonade.imap.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** What transcripts cannot show of SEARCH: octets, limits and other connections. */
@BothBackends
class SearchTest {
    private static ImapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void charsetShouldBeThatOfTheString() throws Exception {
        try (ImapTestClient client = selected("charsets", "Subject: =?koi8-r?B?7c/Ty9fB?=\r\n\r\nx\r\n")) {
            for (String charset : List.of("UTF-8", "KOI8-R", "windows-1251", "iso-8859-5")) {
                byte[] octets = "москва".getBytes(charset);
                client.write("a SEARCH CHARSET " + charset + " SUBJECT {" + octets.length + "+}\r\n").write(octets).write("\r\n");
                assertThat(client.until("a ")).as(charset).startsWith("* SEARCH 1");
                client.write("a SEARCH CHARSET " + charset + " SUBJECT \"").write(octets).write("\"\r\n");
                assertThat(client.until("a ")).as(charset).startsWith("* SEARCH 1");
            }
        }
    }

    @Test
    void octetsOutsideOfTheCharsetShouldBeBad() throws Exception {
        try (ImapTestClient client = selected("octets", "Subject: x\r\n\r\nx\r\n")) {
            client.write("a SEARCH CHARSET UTF-8 SUBJECT {1+}\r\n").write(new byte[] {(byte) 0xFF}).write("\r\n");
            assertThat(client.until("a ")).last().asString().startsWith("a BAD");
            client.write("b SEARCH SUBJECT \"").write("é".getBytes(StandardCharsets.UTF_8)).write("\"\r\n");
            assertThat(client.until("b ")).last().asString().startsWith("b BAD");
        }
    }

    @Test
    void deepNestingShouldBeBad() throws Exception {
        try (ImapTestClient client = selected("nesting", "Subject: x\r\n\r\nx\r\n")) {
            for (int depth : new int[] {101, 1000, 30_000}) {
                assertThat(client.command("a SEARCH " + "(".repeat(depth) + "ALL" + ")".repeat(depth))).last().asString()
                    .startsWith("a BAD");
            }
            for (String key : List.of("NOT ", "OR ALL (")) {
                assertThat(client.command("a SEARCH " + key.repeat(5000) + "ALL")).last().asString().startsWith("a BAD");
            }
            assertThat(client.command("a SEARCH " + "NOT ".repeat(100) + "ALL")).startsWith("* SEARCH 1");
            assertThat(client.command("a SEARCH " + "OR SEEN ".repeat(400) + "ALL")).startsWith("* SEARCH 1");
            assertThat(client.command("a SEARCH ALL" + " ALL".repeat(5000))).last().asString().startsWith("a BAD");
        }
    }

    @Test
    void hugeSetsShouldCostNothing() throws Exception {
        try (ImapTestClient client = selected("sets", "Subject: x\r\n\r\nx\r\n")) {
            String many = IntStream.range(0, 1500).mapToObj(at -> (at + 1) + ":4294967295").collect(Collectors.joining(","));
            assertThat(client.command("a SEARCH UID " + many + " NOT " + many)).first().isEqualTo("* SEARCH");
            assertThat(client.command("a SEARCH " + many + " UID " + many)).startsWith("* SEARCH 1");
            assertThat(client.command("a SEARCH RETURN (SAVE) 1:4294967295")).hasSize(1);
            assertThat(client.command("a SEARCH RETURN (ALL) $")).startsWith("* ESEARCH (TAG \"a\") ALL 1");
        }
    }

    @Test
    void utf8ClientsShouldNotNameACharset() throws Exception {
        try (ImapTestClient client = selected("utf8", "Subject: =?utf-8?Q?Caf=C3=A9?=\r\n\r\nx\r\n")) {
            client.command("u UNSELECT");
            assertThat(client.command("e ENABLE UTF8=ACCEPT")).startsWith("* ENABLED UTF8=ACCEPT");
            client.command("s SELECT utf8");
            assertThat(client.command("a SEARCH CHARSET UTF-8 ALL")).last().asString().startsWith("a BAD");
            client.write("b SEARCH SUBJECT \"CAFÉ\"\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(client.until("b ")).startsWith("* SEARCH 1");
        }
    }

    @Test
    void whatCanBeReadOfAFieldShouldBeFound() throws Exception {
        try (ImapTestClient client = selected("broken", "Subject: =?x-none?q?abc?= =?utf-8?Q?Caf=C3=A9_Noir?=\r\n\r\nx\r\n")) {
            assertThat(client.command("a SEARCH SUBJECT noir")).startsWith("* SEARCH 1");
            client.write("b SEARCH CHARSET UTF-8 SUBJECT \"CAFÉ\"\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(client.until("b ")).startsWith("* SEARCH 1");
            assertThat(client.command("c SEARCH HEADER subject abc")).startsWith("* SEARCH 1");
            assertThat(client.command("d SEARCH HEADER Date \"\"")).startsWith("* SEARCH");
        }
    }

    @Test
    void messagesOfAnotherConnectionShouldBeFoundOnceTheyWereAnnounced() throws Exception {
        try (ImapTestClient one = selected("others", "Subject: x\r\n\r\nx\r\n");
             ImapTestClient two = server.connectAs(ImapTestServer.ALICE)) {
            two.command("b SELECT others");
            append(two, "others", "Subject: later\r\n\r\ny\r\n");
            while (!one.command("a NOOP").contains("* 2 EXISTS")) {
                Thread.sleep(20);
            }
            assertThat(one.command("a SEARCH SUBJECT later")).startsWith("* SEARCH 2");
            one.command("a SEARCH RETURN (SAVE) ALL");
            two.command("b STORE 1 +FLAGS (\\Deleted)");
            two.command("b EXPUNGE");
            // RFC 3501 section 7.4.1: the number stays until EXPUNGE is told, which SEARCH must not do.
            assertThat(one.command("a SEARCH SUBJECT later")).startsWith("* SEARCH 2").noneMatch(line -> line.endsWith("EXPUNGE"));
            while (!one.command("a NOOP").contains("* 1 EXPUNGE")) {
                Thread.sleep(20);
            }
            assertThat(one.command("a SEARCH $")).startsWith("* SEARCH 1");
        }
    }

    @Test
    void partsAndEncodingsShouldBeSearched() throws Exception {
        String message = "Subject: parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n"
            + "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nZ3LDvMOfIGdvdHQ=\r\n"
            + "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nenclosed words\r\n"
            + "--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\nYmluYXJ5c3R1ZmY=\r\n--b--\r\n";
        try (ImapTestClient client = selected("parts", message)) {
            client.write("a SEARCH CHARSET UTF-8 BODY {6+}\r\n").write("GRÜß".getBytes(StandardCharsets.UTF_8)).write("\r\n");
            assertThat(client.until("a ")).startsWith("* SEARCH 1");
            assertThat(client.command("a SEARCH BODY \"enclosed words\"")).startsWith("* SEARCH 1");
            assertThat(client.command("a SEARCH BODY binarystuff")).startsWith("* SEARCH");
            assertThat(client.command("a SEARCH BODY Z3LDvMOfIGdvdHQ")).startsWith("* SEARCH");
            assertThat(client.command("a SEARCH SUBJECT inner")).first().isEqualTo("* SEARCH");
        }
    }

    private static ImapTestClient selected(String mailbox, String message) throws Exception {
        ImapTestClient client = server.connectAs(ImapTestServer.ALICE);
        client.command("c CREATE " + mailbox);
        append(client, mailbox, message);
        client.command("s SELECT " + mailbox);
        return client;
    }

    private static void append(ImapTestClient client, String mailbox, String message) throws Exception {
        client.write("p APPEND " + mailbox + " {" + message.length() + "+}\r\n" + message + "\r\n");
        assertThat(client.until("p ")).last().asString().startsWith("p OK");
    }
}
