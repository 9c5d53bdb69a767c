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

package io.jamesext.lemonade.imap.urlauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** What a transcript cannot show of URLAUTH: applications, large content, and what goes with a mailbox. */
@BothBackends
class UrlFetchTest {
    private static final Username SUBMIT = Username.of("submit@example.org");
    private static final Username STREAM = Username.of("stream@example.org");
    private static final String OWN = "imap://alice%40example.org@imap.example.org/INBOX/;UID=";

    private ImapTestServer server;
    private ImapTestClient alice;

    @BeforeEach
    void connect() throws Exception {
        server = ImapTestServer.start("<urlauth><hosts>imap.example.org, localhost:1143</hosts>"
            + "<submitUsers>submit@example.org</submitUsers><streamUsers>stream@example.org</streamUsers></urlauth>");
        for (Username user : List.of(SUBMIT, STREAM)) {
            server.james().users().addUser(user, ImapTestServer.PASSWORD);
        }
        alice = server.connectAs(ImapTestServer.ALICE);
    }

    @AfterEach
    void disconnect() throws Exception {
        alice.close();
        server.close();
    }

    /** The commands of RFC 3501 and our own but the few that an application may use. */
    @ParameterizedTest
    @ValueSource(strings = {"SELECT INBOX", "EXAMINE INBOX", "CREATE x", "DELETE INBOX", "RENAME INBOX x", "SUBSCRIBE x", "UNSUBSCRIBE x",
        "LIST \"\" *", "LSUB \"\" *", "STATUS INBOX (MESSAGES)", "APPEND INBOX {1+}\r\nx", "NAMESPACE", "GETQUOTAROOT INBOX",
        "MYRIGHTS INBOX",
        "GETACL INBOX", "SETACL INBOX bob@example.org lr", "IDLE", "ENABLE CONDSTORE", "GETMETADATA INBOX /private/comment", "RESETKEY",
        "GENURLAUTH \"imap://submit%40example.org@imap.example.org/INBOX/;UID=1;URLAUTH=anonymous\" INTERNAL", "XLIST \"\" *"})
    void applicationShouldBeRefused(String command) throws Exception {
        for (Username application : List.of(SUBMIT, STREAM)) {
            try (ImapTestClient client = server.connectAs(application)) {
                List<String> answer = client.command("a1 " + command);
                assertThat(answer).hasSize(1);
                assertThat(answer.get(0)).startsWith("a1 NO [NOPERM] ");
            }
        }
    }

    @Test
    void applicationShouldFetchUrlsAndWhatIsInEveryState() throws Exception {
        server.james().append(ImapTestServer.ALICE, "INBOX", "A: b\n\nbody");
        String submit = authorized(OWN + "1/;SECTION=TEXT;URLAUTH=submit+alice%40example.org");
        String stream = authorized(OWN + "1/;SECTION=TEXT;URLAUTH=stream");
        try (ImapTestClient client = server.connectAs(SUBMIT)) {
            assertThat(client.command("a1 CAPABILITY")).last().asString().startsWith("a1 OK");
            assertThat(client.command("a2 NOOP")).last().asString().startsWith("a2 OK");
            assertThat(client.command("a3 ID NIL")).last().asString().startsWith("a3 OK");
            assertThat(client.command("a4 URLFETCH \"" + submit + "\" \"" + stream + "\"")).containsExactly(
                "* URLFETCH \"" + submit + "\" {4}", "body", "* URLFETCH \"" + stream + "\" NIL", "a4 OK URLFETCH completed.");
            assertThat(client.command("a5 LOGOUT")).last().asString().startsWith("a5 OK");
        }
        try (ImapTestClient client = server.connectAs(STREAM)) {
            assertThat(client.command("a1 URLFETCH \"" + submit + "\" \"" + stream + "\"")).contains(
                "* URLFETCH \"" + submit + "\" NIL", "* URLFETCH \"" + stream + "\" {4}", "body");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {262_143, 262_144, 262_145, 5_000_000})
    void largeContentShouldComeWhole(int size) throws Exception {
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        octets[0] = 'A';
        octets[1] = ':';
        store(octets);
        String url = authorized(OWN + "1;URLAUTH=anonymous");
        alice.write("a1 URLFETCH \"" + url + "\" \"" + url + "0\"\r\na2 NOOP\r\n");
        assertThat(alice.line()).isEqualTo("* URLFETCH \"" + url + "\" {" + size + "}");
        byte[] fetched = alice.octets(size);
        for (int i = 0; i < size; i++) {
            // A literal has no NUL.
            assertThat(fetched[i]).isEqualTo(octets[i] == 0 ? (byte) 0x80 : octets[i]);
        }
        assertThat(alice.until("a2 ")).containsExactly("", "* URLFETCH \"" + url + "0\" NIL", "a1 OK URLFETCH completed.",
            "a2 OK NOOP completed.");
    }

    /** RFC 5524: what is decoded comes piece by piece too, and each octet as it is. */
    @ParameterizedTest
    @ValueSource(ints = {1, 262_144, 3_000_001})
    void decodedContentShouldComeWhole(int size) throws Exception {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        content[size / 2] = 0;
        store(("Content-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Base64.getMimeEncoder().encodeToString(content))
            .getBytes(StandardCharsets.US_ASCII));
        String url = authorized(OWN + "1/;SECTION=1;URLAUTH=anonymous");
        String last = authorized(OWN + "1/;SECTION=1/;PARTIAL=" + (size - 1) + ";URLAUTH=anonymous");
        alice.write("a1 URLFETCH (\"" + url + "\" BINARY BODYPARTSTRUCTURE) (\"" + last + "\" BINARY)\r\n");
        assertThat(alice.line()).isEqualTo("* URLFETCH \"" + url + "\" (BODYPARTSTRUCTURE (\"A\" \"B\" NIL NIL NIL \"BINARY\" " + size
            + " NIL NIL NIL NIL)) (BINARY ~{" + size + "}");
        assertThat(alice.octets(size)).isEqualTo(content);
        assertThat(alice.line()).isEqualTo(")");
        assertThat(alice.line()).isEqualTo("* URLFETCH \"" + last + "\" (BINARY " + (content[size - 1] == 0 ? "~{1}" : "{1}"));
        assertThat(alice.octets(1)).containsExactly(content[size - 1]);
        assertThat(alice.until("a1 ")).containsExactly(")", "a1 OK URLFETCH completed.");
    }

    /** A NUL that nobody has encoded: BODY has no octet for it, BINARY has, and the structure says which it was. */
    @Test
    void storedNulShouldComeAsItIsOnlyInBinary() throws Exception {
        store("Content-Type: a/b\r\nContent-Transfer-Encoding: binary\r\n\r\na\0b".getBytes(StandardCharsets.US_ASCII));
        String url = authorized(OWN + "1/;SECTION=TEXT;URLAUTH=anonymous");
        String structure = " (BODYPARTSTRUCTURE (\"A\" \"B\" NIL NIL NIL \"%s\" 3 NIL NIL NIL NIL)) (%s{3}";
        assertThat(alice.command("a1 URLFETCH (\"" + url + "\" BODYPARTSTRUCTURE BINARY)")).containsExactly(
            "* URLFETCH \"" + url + "\"" + structure.formatted("BINARY", "BINARY ~"), "a\0b)", "a1 OK URLFETCH completed.");
        assertThat(alice.command("a2 URLFETCH (\"" + url + "\" BODYPARTSTRUCTURE BODY)")).containsExactly(
            "* URLFETCH \"" + url + "\"" + structure.formatted("8BIT", "BODY "), "a\u0080b)", "a2 OK URLFETCH completed.");
    }

    @Test
    void oddOctetsOfAUrlShouldComeBackAsALiteral() throws Exception {
        alice.write("a1 URLFETCH {5+}\r\na\r\nb\"\r\n");
        assertThat(alice.until("a1 ")).containsExactly("* URLFETCH {5}", "a", "b\" NIL", "a1 OK URLFETCH completed.");
        assertThat(alice.command("a2 URLFETCH \"a\\\"\\\\b\"")).containsExactly(
            "* URLFETCH \"a\\\"\\\\b\" NIL", "a2 OK URLFETCH completed.");
    }

    @Test
    void keysShouldGoWithTheMailbox() throws Exception {
        alice.command("a1 CREATE other");
        MailboxId other = server.mailboxManager().getMailbox(MailboxPath.forUser(ImapTestServer.ALICE, "other"),
            server.session(ImapTestServer.ALICE)).getId();
        authorized(OWN.replace("INBOX", "other") + "1;URLAUTH=anonymous");
        assertThat(server.mailboxKeys().find(ImapTestServer.ALICE, other.serialize()).blockOptional()).isPresent();
        server.mailboxManager().deleteMailbox(MailboxPath.forUser(ImapTestServer.ALICE, "other"), server.session(ImapTestServer.ALICE));
        for (int i = 0; i < 200 && server.mailboxKeys().find(ImapTestServer.ALICE, other.serialize()).blockOptional().isPresent(); i++) {
            Thread.sleep(50);
        }
        assertThat(server.mailboxKeys().find(ImapTestServer.ALICE, other.serialize()).blockOptional()).isEmpty();
    }

    @Test
    void renamedMailboxShouldKeepItsKeyUnderItsNewName() throws Exception {
        alice.command("a1 CREATE other");
        server.james().append(ImapTestServer.ALICE, "other", "A: b\n\nbody");
        String before = authorized(OWN.replace("INBOX", "other") + "1;URLAUTH=anonymous");
        alice.command("a2 RENAME other another");
        assertThat(alice.command("a3 URLFETCH \"" + before + "\"").get(0)).endsWith(" NIL");
        alice.command("a4 RENAME another other");
        assertThat(alice.command("a5 URLFETCH \"" + before + "\"").get(0)).endsWith("}");
    }

    private void store(byte[] message) throws Exception {
        MessageManager inbox = server.mailboxManager().getMailbox(MailboxPath.inbox(ImapTestServer.ALICE),
            server.session(ImapTestServer.ALICE));
        inbox.appendMessage(MessageManager.AppendCommand.builder().build(message), server.session(ImapTestServer.ALICE));
    }

    private String authorized(String rump) throws Exception {
        String answer = alice.command("g1 GENURLAUTH \"" + rump + "\" INTERNAL").get(0);
        assertThat(answer).startsWith("* GENURLAUTH \"" + rump + ":internal:");
        return answer.substring("* GENURLAUTH \"".length(), answer.length() - 1);
    }
}
