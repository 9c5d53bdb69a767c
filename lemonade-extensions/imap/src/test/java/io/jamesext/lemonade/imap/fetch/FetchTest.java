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

package io.jamesext.lemonade.imap.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** What a transcript cannot show of FETCH: octets, sizes, and other clients. */
@BothBackends
class FetchTest {
    private static final MailboxPath BOX = MailboxPath.forUser(ImapTestServer.ALICE, "box");
    private static final int LARGE = 3_000_000;

    private static ImapTestServer server;

    private MailboxSession session;
    private MessageManager box;
    private ImapTestClient client;

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void setUp() throws Exception {
        session = server.session(ImapTestServer.ALICE);
        server.mailboxManager().createMailbox(BOX, session);
        box = server.mailboxManager().getMailbox(BOX, session);
        client = server.connectAs(ImapTestServer.ALICE);
    }

    @AfterEach
    void tearDown() throws Exception {
        client.close();
        server.mailboxManager().deleteMailbox(BOX, session);
    }

    @Test
    void largeContentShouldComeOctetByOctet() throws Exception {
        byte[] content = new byte[LARGE];
        new Random(1).nextBytes(content);
        byte[] encoded = Base64.getMimeEncoder().encode(content);
        byte[] message = concat(bytes("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n"), encoded, bytes("\r\n--b--\r\n"));
        append(message);
        select();
        assertThat(literal("FETCH 1 BODY.PEEK[]", "BODY[] {")).isEqualTo(message);
        assertThat(literal("FETCH 1 BODY.PEEK[1]", "BODY[1] {")).isEqualTo(encoded);
        assertThat(literal("FETCH 1 BINARY.PEEK[1]", "BINARY[1] ~{")).isEqualTo(content);
        assertThat(literal("FETCH 1 BINARY.PEEK[1]<1000001.1000000>", "BINARY[1]<1000001> ~{")).hasSize(1_000_000)
            .startsWith(content[1_000_001], content[1_000_002]).endsWith(content[2_000_000]);
        assertThat(literal("FETCH 1 BODY.PEEK[]<5.2000000>", "BODY[]<5> {")).hasSize(2_000_000).startsWith(message[5], message[6]);
    }

    @Test
    void twoLargePartsShouldBeInOneAnswer() throws Exception {
        append(bytes("A: b\r\n\r\n" + "x".repeat(LARGE)));
        select();
        client.write("a1 FETCH 1 (BODY.PEEK[TEXT] BODY.PEEK[HEADER] FLAGS BODY.PEEK[TEXT]<1.100000>)\r\n");
        assertThat(client.line()).isEqualTo("* 1 FETCH (FLAGS (\\Recent) BODY[TEXT] {" + LARGE + "}");
        client.octets(LARGE);
        assertThat(client.line()).isEqualTo(" BODY[HEADER] {8}");
        assertThat(client.line()).isEqualTo("A: b");
        assertThat(client.line()).isEmpty();
        assertThat(client.line()).isEqualTo(" BODY[TEXT]<1> {100000}");
        client.octets(100_000);
        assertThat(client.line()).isEqualTo(")");
        assertThat(client.line()).startsWith("a1 OK");
    }

    @Test
    void nulShouldStandInALiteral8Only() throws Exception {
        append(bytes("Subject: a\u0000b\r\nContent-Transfer-Encoding: binary\r\nContent-Type: a/b\r\n\r\nx\u0000y"));
        select();
        assertThat(literal("FETCH 1 BODY.PEEK[TEXT]", "BODY[TEXT] {")).isEqualTo(bytes("x\u0080y"));
        assertThat(literal("FETCH 1 BINARY.PEEK[1]", "BINARY[1] ~{")).isEqualTo(bytes("x\u0000y"));
        assertThat(client.command("a1 FETCH 1 (BINARY.SIZE[1] BODY)").get(0))
            .isEqualTo("* 1 FETCH (BINARY.SIZE[1] 3 BODY (\"A\" \"B\" NIL NIL NIL \"8BIT\" 3))");
        assertThat(literal("FETCH 1 ENVELOPE", "ENVELOPE (NIL {")).isEqualTo(bytes("a\u0080b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Subject: s", "Subject: s\r\n", "Subject: s\r\n\r\n", "Subject: s\n\nbody", "Subject: s\r\n\r\nbody",
        "Subject: s\n"})
    void headersOfAllEndsShouldBeFound(String message) throws Exception {
        append(bytes(message));
        select();
        String envelope = "ENVELOPE (NIL \"s\" NIL NIL NIL NIL NIL NIL NIL NIL)";
        assertThat(client.command("a1 FETCH 1 ENVELOPE").get(0)).isEqualTo("* 1 FETCH (" + envelope + ")");
        assertThat(client.command("a2 FETCH 1 (ENVELOPE BODY)").get(0)).startsWith("* 1 FETCH (" + envelope + " BODY (\"TEXT\"");
        byte[] header = literal("FETCH 1 RFC822.HEADER", "RFC822.HEADER {");
        byte[] text = message.endsWith("body") ? literal("FETCH 1 BODY.PEEK[TEXT]", "BODY[TEXT] {") : new byte[0];
        assertThat(concat(header, text)).isEqualTo(bytes(message));
        assertThat(literal("FETCH 1 BODY.PEEK[HEADER.FIELDS (Subject)]", "BODY[HEADER.FIELDS (Subject)] {")).isEqualTo(header);
    }

    @Test
    void emptyMessageShouldBeEmpty() throws Exception {
        append(bytes("\r\n"));
        select();
        assertThat(client.command("a1 FETCH 1 (BODY.PEEK[TEXT] BODY.PEEK[1] BODY.PEEK[2])").get(0))
            .isEqualTo("* 1 FETCH (BODY[TEXT] \"\" BODY[1] \"\" BODY[2] NIL)");
    }

    @Test
    void messageThatAnotherHasExpungedShouldBePassedOver() throws Exception {
        for (int i = 0; i < 3; i++) {
            append(bytes("A: b\r\n\r\nc"));
        }
        select();
        try (ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            other.command("b1 SELECT box");
            other.command("b2 STORE 2 +FLAGS.SILENT (\\Deleted)");
            other.command("b3 EXPUNGE");
        }
        List<String> answer = client.command("a1 FETCH 1:3 (UID)");
        assertThat(answer).contains("* 1 FETCH (UID 1)", "* 3 FETCH (UID 3)").noneMatch(line -> line.contains("EXPUNGE"));
        assertThat(answer).last().asString().startsWith("a1 OK");
        assertThat(client.command("a2 NOOP")).contains("* 2 EXPUNGE");
    }

    @Test
    void flagsOfOthersShouldStillBeTold() throws Exception {
        append(bytes("A: b\r\n\r\nc"));
        select();
        box.setFlags(new Flags(Flags.Flag.FLAGGED), MessageManager.FlagsUpdateMode.ADD, MessageRange.all(),
            server.session(ImapTestServer.ALICE));
        assertThat(String.join("\n", client.command("a1 NOOP")) + String.join("\n", client.command("a2 NOOP")))
            .contains("* 1 FETCH (FLAGS (\\Flagged \\Recent))");
    }

    @Test
    void scatteredSetShouldBeAnsweredInOrder() throws Exception {
        for (int i = 0; i < 300; i++) {
            append(bytes("Subject: " + i + "\r\n\r\n" + "x".repeat(i)));
        }
        select();
        StringBuilder set = new StringBuilder("299");
        for (int i = 1; i < 299; i += 2) {
            set.append(',').append(i);
        }
        List<String> sizes = client.command("a1 FETCH " + set + " (RFC822.SIZE)");
        assertThat(sizes).hasSize(151);
        assertThat(sizes.get(0)).isEqualTo("* 1 FETCH (RFC822.SIZE 14)");
        assertThat(sizes.get(149)).isEqualTo("* 299 FETCH (RFC822.SIZE 314)");
        List<String> all = client.command("a2 FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (Subject)])");
        assertThat(all.stream().filter(line -> line.startsWith("Subject: "))).hasSize(300);
        assertThat(all.stream().filter(line -> line.startsWith("* 17 FETCH (UID 17 "))).hasSize(1);
        assertThat(client.command("a3 FETCH 1:* (BODY.PEEK[TEXT])").stream().filter(line -> line.endsWith(")"))).hasSize(300);
    }

    private void append(byte[] message) throws Exception {
        box.appendMessage(MessageManager.AppendCommand.builder().recent().build(message), session);
    }

    private void select() throws Exception {
        assertThat(client.command("s1 SELECT box")).last().asString().startsWith("s1 OK");
    }

    /** The octets of the one literal in the answer, whose header ends a first line that has this in it. */
    private byte[] literal(String command, String before) throws Exception {
        client.write("l1 " + command + "\r\n");
        String line = client.line();
        assertThat(line).contains(before).endsWith("}");
        byte[] octets = client.octets(Integer.parseInt(line.substring(line.lastIndexOf('{') + 1, line.length() - 1)));
        assertThat(client.until("l1 ")).last().asString().startsWith("l1 OK");
        return octets;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] concat(byte[]... pieces) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            whole.writeBytes(piece);
        }
        return whole.toByteArray();
    }
}
