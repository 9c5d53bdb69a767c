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
import java.util.List;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** RFC 4469: its examples, then each failure it names. */
@BothBackends
class CatenateTest {
    private static final String BOUNDARY = "------------030308070208000400050907";
    private static final String HEADER = "From: Bob Ar <bar@example.org>\r\nSubject: About our\r\n holiday trip\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/mixed;\r\n              boundary=\"" + BOUNDARY + "\"\r\n\r\n";
    private static final String PART_1_HEADER = "Content-Type: text/plain; charset=us-ascii; "
        + "format=flowed\r\nContent-Transfer-Encoding: 7bit\r\n\r\n";
    private static final String PART_1 = "Our travel agent has sent the updated schedule.\r\n\r\nCheers,\r\nBob";
    private static final String PART_2_HEADER = "Content-Type: application/x-zip-compressed\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    private static final String PART_2 = "UEsDBBQAAAAIAA==";
    private static final String DRAFT = HEADER + "--" + BOUNDARY + "\r\n" + PART_1_HEADER + PART_1 + "\r\n--" + BOUNDARY + "\r\n"
        + PART_2_HEADER + PART_2
        + "\r\n--" + BOUNDARY + "--\r\n";
    private static final String SEPARATOR = "\r\n--" + BOUNDARY + "\r\n";
    private static final String END = "\r\n--" + BOUNDARY + "--\r\n";

    private static ImapTestServer server;

    private ImapTestClient client;
    private MessageManager drafts;
    private String base;

    CatenateTest() throws Exception {
        client = server.connectAs(ImapTestServer.ALICE);
        MailboxSession session = server.session(ImapTestServer.ALICE);
        MailboxPath path = MailboxPath.forUser(ImapTestServer.ALICE, "Drafts");
        server.mailboxManager().createMailbox(path, session);
        drafts = server.mailboxManager().getMailbox(path, session);
        drafts.appendMessage(MessageManager.AppendCommand.builder().build(DRAFT.getBytes(StandardCharsets.US_ASCII)), session);
        drafts.appendMessage(MessageManager.AppendCommand.builder()
            .build("Content-Type: image/png\r\n\r\nother".getBytes(StandardCharsets.US_ASCII)), session);
        base = "/Drafts;UIDVALIDITY=" + drafts.getMailboxEntity().getUidValidity().asLong() + "/;UID=";
    }

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("<literalSizeLimit>100K</literalSizeLimit><inMemorySizeLimit>20K</inMemorySizeLimit>");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void deleteDrafts() throws Exception {
        client.close();
        server.mailboxManager().deleteMailbox(MailboxPath.forUser(ImapTestServer.ALICE, "Drafts"), server.session(ImapTestServer.ALICE));
    }

    @Test
    void capabilityShouldBeAdvertised() throws Exception {
        assertThat(client.command("a1 CAPABILITY").get(0)).startsWith("* CAPABILITY ").contains(" CATENATE");
    }

    @Test
    void example1ShouldReplaceAnAttachment() throws Exception {
        client.write("A003 APPEND Drafts (\\Seen \\Draft $MDNSent) CATENATE (URL \"" + base + "1/;section=HEADER\" TEXT {42}\r\n");
        assertThat(client.line()).startsWith("+ ");
        client.write("\r\n--" + BOUNDARY + "\r\n" + " URL \"" + base + "1/;section=1.MIME\" URL \"" + base
            + "1/;section=1\" TEXT {42}\r\n");
        assertThat(client.line()).startsWith("+ ");
        client.write("\r\n--" + BOUNDARY + "\r\n" + " URL \"" + base + "2\" TEXT {44}\r\n");
        assertThat(client.line()).startsWith("+ ");
        client.write("\r\n--" + BOUNDARY + "--\r\n" + ")\r\n");
        assertThat(client.line()).matches("A003 OK \\[APPENDUID \\d+ 3\\] APPEND completed\\.");
        assertThat(message(3)).isEqualTo(HEADER + SEPARATOR + PART_1_HEADER + PART_1 + SEPARATOR + "Content-Type: image/png\r\n\r\nother"
            + END);
        assertThat(client.command("a2 FETCH 3 FLAGS").get(0)).contains("\\Draft", "\\Seen", "$MDNSent");
        assertThat(client.command("a3 FETCH 1 FLAGS").get(0)).doesNotContain("Seen");
    }

    @Test
    void example2ShouldReplaceTheText() throws Exception {
        String text = "Subject: changed\r\nContent-Type: multipart/mixed; boundary=\"" + BOUNDARY + "\"\r\n" + SEPARATOR + PART_1_HEADER
            + "new" + SEPARATOR;
        assertThat(catenate("TEXT {" + text.length() + "+}\r\n" + text + " URL \"" + base + "1/;Section=2.MIME\" URL \"" + base
            + "1/;Section=2\" TEXT {44+}\r\n" + END)).matches("a1 OK \\[APPENDUID \\d+ 3\\].*");
        assertThat(message(3)).isEqualTo(text + PART_2_HEADER + PART_2 + END);
    }

    @Test
    void example4ShouldNameTheFirstBadUrl() throws Exception {
        assertThat(catenate("TEXT {1+}\r\nx URL \"" + base + "1\" URL \"/Drafts;UIDVALIDITY=785799047/;UID=113330;section=1.5.9\" URL "
            + "\"/Gone/;UID=1\""))
            .isEqualTo("a1 NO [BADURL \"/Drafts;UIDVALIDITY=785799047/;UID=113330;section=1.5.9\"] APPEND The URL cannot be used.");
        assertNothingAppended();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap://alice@localhost/Drafts/;UID=1", "http://localhost/", "/Drafts", "/Drafts/;UID=9",
        "/Drafts/;UID=1/;SECTION=3",
        "/Drafts/;UID=1/;SECTION=1.HEADER", "/Missing/;UID=1", "/Drafts;UIDVALIDITY=1/;UID=1", ";UID=1", "/;UID=1", "Drafts/;UID=1",
        "//host/Drafts/;UID=1",
        "/Drafts/;UID=1;URLAUTH=anonymous", "/Drafts?ALL", "/%23user.bob.INBOX/;UID=1", "/Drafts/;UID=x", ""})
    void badUrlShouldBeToldAsGiven(String url) throws Exception {
        assertThat(catenate("TEXT {3+}\r\na: URL \"" + url + "\"")).isEqualTo("a1 NO [BADURL \"" + url
            + "\"] APPEND The URL cannot be used.");
        assertNothingAppended();
    }

    @Test
    void urlShouldNotBreakOutOfTheResponseCode() throws Exception {
        assertThat(catenate("URL {14+}\r\n/x] \\\"y\r\na1 OK"))
            .isEqualTo("a1 NO [BADURL \"/x%5D%20%5C%22y%0D%0Aa1%20OK\"] APPEND The URL cannot be used.");
    }

    @ParameterizedTest
    @CsvSource({"URL", "Url", "url"})
    void urlShouldBeAnAstringOfAnyForm(String word) throws Exception {
        assertThat(catenate("TEXT {9+}\r\nA: b\r\n\r\nx " + word + " /Drafts/;UID=2/;SECTION=TEXT " + word
            + " {29+}\r\n/Drafts/;UID=2/;SECTION=TEXT ".trim()))
            .startsWith("a1 ");
        assertThat(catenate("TEXT {9+}\r\nA: b\r\n\r\nx " + word + " /Drafts/;UID=2/;SECTION=TEXT")).startsWith("a1 OK");
    }

    @Test
    void partialShouldBeCopied() throws Exception {
        assertThat(catenate("TEXT {8+}\r\nA: b\r\n\r\n URL \"" + base + "2/;SECTION=TEXT/;PARTIAL=1.3\"")).startsWith("a1 OK");
        assertThat(message(3)).isEqualTo("A: b\r\n\r\nthe");
    }

    @Test
    void resultOverTheLimitShouldBeTooBig() throws Exception {
        String large = "A: b\r\n\r\n" + "x".repeat(60_000);
        assertThat(catenate("TEXT {" + large.length() + "+}\r\n" + large)).startsWith("a1 OK");
        assertThat(catenate("URL \"" + base + "3\" URL \"" + base + "3\""))
            .isEqualTo("a1 NO [TOOBIG] APPEND The message would be too big.");
        assertThat(client.command("a2 STATUS Drafts (MESSAGES)").get(0)).contains("MESSAGES 3");
    }

    @Test
    void missingMailboxShouldBeTryCreate() throws Exception {
        client.write("a1 APPEND Nowhere CATENATE (URL \"" + base + "1\")\r\n");
        assertThat(client.line()).startsWith("a1 NO [TRYCREATE]");
    }

    @Test
    void missingMailboxShouldNotHideTheCommandsBehind() throws Exception {
        client.write("a1 APPEND Nowhere {10+}\r\na2 LOGOUT\r\nxx".replace("xx", "") + "\r\na3 NOOP\r\n");
        assertThat(client.line()).startsWith("a1 ");
        assertThat(client.until("a3 ")).last().asString().startsWith("a3 OK");
    }

    @Test
    void selectedMailboxShouldStaySelected() throws Exception {
        client.command("s1 SELECT INBOX");
        assertThat(catenate("URL \"" + base + "1\"")).startsWith("a1 OK");
        assertThat(client.command("a2 FETCH 1 FLAGS")).last().asString().startsWith("a2 BAD");
        assertThat(client.command("a3 CHECK")).last().asString().startsWith("a3 OK");
    }

    @Test
    void internalDateShouldBeTaken() throws Exception {
        client.write("a1 APPEND Drafts \"17-Jul-1996 02:44:25 +0000\" CATENATE (URL \"" + base + "1\")\r\n");
        assertThat(client.line()).startsWith("a1 OK");
        client.command("s SELECT Drafts");
        assertThat(client.command("f FETCH 3 INTERNALDATE").get(0)).contains("17-Jul-1996");
    }

    @Test
    void anyDivisionShouldMakeTheSameMessage() throws Exception {
        byte[] command = ("a1 APPEND Drafts CATENATE (URL \"" + base + "1/;section=HEADER\" TEXT {42+}\r\n" + SEPARATOR + " URL \"" + base
            + "1/;section=1.MIME\" URL " + base + "1/;section=1 TEXT {44+}\r\n" + END + ")\r\na2 NOOP\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int position = 0; position <= command.length; position++) {
            client.writeSplitAt(command, position);
            assertThat(client.line()).as("split at %d", position).matches("a1 OK \\[APPENDUID \\d+ " + (position + 3) + "\\].*");
            assertThat(client.line()).startsWith("a2 OK");
        }
        assertThat(message(3)).isEqualTo(HEADER + SEPARATOR + PART_1_HEADER + PART_1 + END);
    }

    private String catenate(String parts) throws Exception {
        client.write("a1 APPEND Drafts CATENATE (" + parts + ")\r\n");
        return client.line();
    }

    private String message(int uid) throws Exception {
        client.command("m1 SELECT Drafts");
        client.write("m2 UID FETCH " + uid + " BODY.PEEK[]\r\n");
        String first = client.line();
        int size = Integer.parseInt(first.substring(first.indexOf('{') + 1, first.indexOf('}')));
        String content = new String(client.octets(size), StandardCharsets.US_ASCII);
        client.until("m2 ");
        return content;
    }

    private void assertNothingAppended() throws Exception {
        List<String> status = client.command("n1 STATUS Drafts (MESSAGES)");
        assertThat(status.get(0)).contains("MESSAGES 2");
    }
}
