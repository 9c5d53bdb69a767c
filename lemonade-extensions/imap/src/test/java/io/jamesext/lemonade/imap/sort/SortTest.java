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

package io.jamesext.lemonade.imap.sort;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** What transcripts cannot show of SORT and THREAD: octets, hostile input and other connections. */
@BothBackends
class SortTest {
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
    void charsetShouldBeThatOfTheProgram() throws Exception {
        try (ImapTestClient client = selected("charsets", "Subject: =?koi8-r?B?7c/Ty9fB?=\r\n\r\nx\r\n")) {
            for (String command : List.of("SORT (DATE)", "THREAD REFERENCES")) {
                byte[] octets = "МОСКВА".getBytes(StandardCharsets.UTF_8);
                client.write("a " + command + " UTF-8 SUBJECT {" + octets.length + "+}\r\n").write(octets).write("\r\n");
                assertThat(client.until("a ")).first().asString().contains("1");
                client.write("a " + command + " US-ASCII SUBJECT {" + octets.length + "+}\r\n").write(octets).write("\r\n");
                assertThat(client.until("a ")).last().asString().startsWith("a BAD");
                client.write("a " + command + " koi8-r SUBJECT \"").write("москва".getBytes("KOI8-R")).write("\"\r\n");
                assertThat(client.until("a ")).first().asString().contains("1");
            }
        }
    }

    @Test
    void stringsOfUtf8ClientsShouldBeUtf8() throws Exception {
        try (ImapTestClient client = selected("utf8", "Subject: =?utf-8?Q?Caf=C3=A9?=\r\n\r\nx\r\n")) {
            client.command("u UNSELECT");
            client.command("e ENABLE UTF8=ACCEPT");
            client.command("s SELECT utf8");
            for (String charset : List.of("UTF-8", "US-ASCII")) {
                client.write(("a SORT (DATE) " + charset + " SUBJECT \"CAFÉ\"\r\n").getBytes(StandardCharsets.UTF_8));
                assertThat(client.until("a ")).startsWith("* SORT 1");
            }
            assertThat(client.command("a SORT (DATE) ISO-8859-1 ALL")).containsExactly(
                "a NO [BADCHARSET (US-ASCII UTF-8)] SORT The charset is not supported");
        }
    }

    @Test
    void hostileCommandsShouldBeCheap() throws Exception {
        try (ImapTestClient client = selected("hostile", "Subject: x\r\n\r\nx\r\n")) {
            assertThat(client.command("a SORT (" + "DATE REVERSE SUBJECT ".repeat(2500) + "SIZE) UTF-8 ALL")).startsWith("* SORT 1");
            for (String criteria : List.of("(".repeat(30_000), "(" + "REVERSE ".repeat(7000) + "DATE)", ")", "(" + "DATE ".repeat(10_000),
                    "(" + "A".repeat(60_000) + ")", "DATE)")) {
                assertThat(client.command("a SORT " + criteria + " UTF-8 ALL")).last().asString().startsWith("a BAD");
                assertThat(client.command("a THREAD " + criteria + " UTF-8 ALL")).last().asString().startsWith("a BAD");
            }
            assertThat(client.command("a SORT (DATE) UTF-8 " + "(".repeat(1000) + "ALL" + ")".repeat(1000))).last().asString()
                .startsWith("a BAD");
            assertThat(client.command("a THREAD " + "A".repeat(60_000) + " UTF-8 ALL")).last().asString().startsWith("a NO [CANNOT]");
            assertThat(client.command("a SORT (SUBJECT) UTF-8 ALL")).startsWith("* SORT 1");
        }
    }

    @Test
    void hostileHeadersShouldBeSorted() throws Exception {
        try (ImapTestClient client = selected("headers", "Subject: b\r\n\r\nx\r\n")) {
            for (String piece : List.of("=?x?q?", "=?x?q?a?=", "[a]", "[fwd:", "a@", "<", "\"", "(", "<a@", "\\\"", "a:;")) {
                // A line of each: how long fields may be is in the tests of those that read them.
                String value = piece.repeat(900 / piece.length());
                append(client, "headers", "From: " + value + "\r\nSubject: " + value + "\r\nReferences: " + value + "\r\nDate: " + value
                    + "\r\nTo: " + value + "\r\n\r\nx\r\n");
            }
            append(client, "headers", "\r\nno header\r\n");
            append(client, "headers", "nothing\r\nat all\r\n");
            client.command("n NOOP");
            for (SortKey key : SortKey.values()) {
                String sorted = client.command("a SORT (" + key + ") UTF-8 ALL").get(0);
                assertThat(List.of(sorted.split(" "))).as("%s", key).hasSize(2 + 14);
            }
            assertThat(client.command("a THREAD REFERENCES UTF-8 ALL")).hasSize(2);
            assertThat(client.command("a THREAD ORDEREDSUBJECT UTF-8 ALL")).hasSize(2);
        }
    }

    /** RFC 5256: "Untagged EXPUNGE responses are not permitted" during SORT and THREAD, but during UID SORT and UID THREAD. */
    @Test
    void expungesShouldBeToldToWhoSortsByUid() throws Exception {
        for (String command : List.of("SORT (SUBJECT)", "THREAD REFERENCES")) {
            String mailbox = command.substring(0, 4);
            try (ImapTestClient one = selected(mailbox, "Subject: b\r\n\r\nx\r\n");
                 ImapTestClient two = server.connectAs(ImapTestServer.ALICE)) {
                append(one, mailbox, "Subject: a\r\n\r\ny\r\n");
                append(one, mailbox, "Subject: c\r\n\r\ny\r\n");
                two.command("b SELECT " + mailbox);
                two.command("b STORE 1 +FLAGS (\\Deleted)");
                two.command("b EXPUNGE");
                String sort = command.startsWith("SORT") ? "* SORT 2 3" : "* THREAD (2)(3)";
                String other = command.startsWith("SORT") ? "* SORT 2 1 3" : "* THREAD (1)(2)(3)";
                for (int i = 0; i < 10; i++) {
                    assertThat(one.command("a " + command + " UTF-8 ALL")).first().asString().isIn(sort, other);
                    assertThat(one.command("a " + command + " UTF-8 ALL")).noneMatch(line -> line.endsWith("EXPUNGE"));
                }
                List<String> told;
                do {
                    told = one.command("a UID " + command + " UTF-8 ALL");
                } while (!told.contains("* 1 EXPUNGE"));
                assertThat(one.command("a " + command + " UTF-8 ALL").get(0)).isEqualTo(command.startsWith("SORT") ? "* SORT 1 2"
                    : "* THREAD (1)(2)");
            }
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
