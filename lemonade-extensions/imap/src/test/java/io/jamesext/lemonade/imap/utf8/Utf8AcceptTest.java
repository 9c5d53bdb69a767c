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

package io.jamesext.lemonade.imap.utf8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** What a transcript, which is UTF-8, cannot show of UTF8=ACCEPT: other octets, sizes, and a listener without it. */
@BothBackends
class Utf8AcceptTest {
    private static final String LATIN = "Subject: Gr\u00fc\u00dfe\r\n\r\nx\r\n";

    private ImapTestServer server;
    private ImapTestClient client;

    @BeforeEach
    void setUp() throws Exception {
        start("<inMemorySizeLimit>10K</inMemorySizeLimit>");
        assertThat(client.command("e ENABLE UTF8=ACCEPT")).startsWith("* ENABLED UTF8=ACCEPT");
    }

    private void start(String elements) throws Exception {
        server = ImapTestServer.start(elements);
        client = server.connectAs(ImapTestServer.ALICE);
    }

    @AfterEach
    void tearDown() throws Exception {
        client.close();
        server.close();
    }

    /** Cut short, no UTF-8 at all, longer than it must be, half a surrogate pair, behind the last character. */
    @ParameterizedTest
    @ValueSource(strings = {"c3", "ff", "c080", "e08080", "eda080", "f4908080"})
    void otherOctetsShouldBeBadInEveryString(String hex) throws Exception {
        String octets = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        String quoted = "\"a" + octets + "\"";
        client.command("s SELECT INBOX");
        for (String command : List.of("CREATE %s", "DELETE %s", "RENAME INBOX %s", "SUBSCRIBE %s", "UNSUBSCRIBE %s", "SELECT %s",
                "EXAMINE %s", "STATUS %s (MESSAGES)", "LIST %s *", "LIST \"\" %s", "LIST \"\" (%s)", "LSUB \"\" %s", "GETACL %s",
                "SETACL %s bob lr", "MYRIGHTS %s", "SETACL INBOX %s lr", "GETQUOTAROOT %s", "GETQUOTA %s",
                "GETMETADATA %s /private/comment", "SETMETADATA INBOX (/private/comment %s)", "COPY 1 %s", "UID MOVE 1 %s", "RESETKEY %s",
                "URLFETCH %s", "GENURLAUTH %s INTERNAL", "SEARCH SUBJECT %s", "ID (\"name\" %s)", "FETCH 1 BODY[HEADER.FIELDS (%s)]",
                "APPEND %s {1+}\r\nx", "APPEND INBOX CATENATE (URL %s)", "REPLACE 1 %s {1+}\r\nx")) {
            assertThat(client.command("a " + String.format(command, quoted))).as(command).last().asString().startsWith("a BAD");
            String literal = "{" + (octets.length() + 1) + "+}\r\na" + octets;
            assertThat(client.command("b " + String.format(command, literal))).as(command).last().asString().startsWith("b BAD");
        }
        assertThat(client.command("c NOOP")).last().asString().startsWith("c OK");
    }

    @Test
    void headersThatAreNotUtf8ShouldBeOctetsOfLiterals() throws Exception {
        assertThat(append(client, LATIN)).contains("OK");
        client.command("s SELECT INBOX");
        assertThat(client.command("a FETCH 1 ENVELOPE")).startsWith("* 1 FETCH (ENVELOPE (NIL {5}",
            "Gr\u00fc\u00dfe NIL NIL NIL NIL NIL NIL NIL NIL))");
        try (ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            assertThat(append(other, LATIN)).contains("NO [CANNOT]");
            other.command("s SELECT INBOX");
            assertThat(other.command("a FETCH 1 BODY.PEEK[]")).startsWith("* 1 FETCH (BODY[] {" + LATIN.length() + "}",
                "Subject: Gr\u00fc\u00dfe");
        }
    }

    @Test
    void nulShouldNotComeBackWithAHeader() throws Exception {
        server.james().append(ImapTestServer.ALICE, "INBOX", "A: a\u0000b\r\nSubject: \u00e9\r\n\r\nx");
        client.command("s SELECT INBOX");
        try (ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            other.command("s SELECT INBOX");
            for (String section : List.of("BODY.PEEK[]", "BODY.PEEK[HEADER]")) {
                assertThat(other.command("a FETCH 1 " + section)).contains("A: a\u0080b", "Subject: =?ISO-8859-1?B?6Q==?=");
            }
        }
    }

    /** The header is looked at wherever its octets are kept. */
    @Test
    void largeHeadersShouldBeSeenWhereTheyAre() throws Exception {
        String large = "A: b\r\n".repeat(20_000);
        try (ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            assertThat(append(other, large + LATIN)).contains("NO [CANNOT]");
            assertThat(append(other, large + "\r\n" + LATIN)).contains("OK");
            assertThat(append(other, "A: b\n\n" + LATIN)).contains("OK");
        }
        assertThat(append(client, large + LATIN)).contains("OK");
    }

    @Test
    void messagesInMessagesShouldBeToldInAscii() throws Exception {
        String inner = "From: J\u00fcrgen <j@example.org>\r\nSubject: Gr\u00fc\u00dfe\r\n\r\nx";
        String message = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; name=\"\u00fc\"\r\n\r\n\r\n"
            + "--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner + "\r\n--b--\r\n";
        assertThat(append(client, utf8(message))).contains("OK");
        client.command("s SELECT INBOX");
        assertThat(client.command("a FETCH 1 BODYSTRUCTURE").get(0)).contains(utf8("(\"NAME\" \"\u00fc\")"),
            utf8("NIL \"Gr\u00fc\u00dfe\" ((\"J\u00fcrgen\""));
        try (ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            other.command("s SELECT INBOX");
            String structure = other.command("a FETCH 1 BODYSTRUCTURE").get(0);
            assertThat(structure).matches("[ -~]+").contains("(\"TEXT\" \"PLAIN\" NIL NIL", "\"=?ISO-8859-1?Q?J=FCrgen?=\" NIL \"j\"");
            assertThat(other.command("a FETCH 1 BODY.PEEK[1.MIME]")).contains("Content-Type: text/plain");
            assertThat(other.command("a FETCH 1 BODY.PEEK[2.HEADER]")).allMatch(line -> line.matches("[ -~]*"));
            // What stands in the body is the body's.
            assertThat(String.join("\r\n", other.command("a FETCH 1 BODY.PEEK[2]"))).contains(utf8(inner));
        }
    }

    @Test
    void listenersWithoutItShouldTakeMessagesAsTheyAre() throws Exception {
        tearDown();
        start("<disabledCaps>UTF8=ACCEPT</disabledCaps>");
        assertThat(client.command("a CAPABILITY").get(0)).doesNotContain("UTF8");
        assertThat(client.command("b ENABLE UTF8=ACCEPT").get(0)).isEqualTo("* ENABLED");
        assertThat(append(client, LATIN)).contains("OK");
    }

    private static String append(ImapTestClient client, String octets) throws IOException {
        return client.command("append APPEND INBOX {" + octets.length() + "+}\r\n" + octets).stream()
            .filter(line -> line.startsWith("append ")).findFirst().orElseThrow();
    }

    /** Characters that stand for the octets of the text. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
