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

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import javax.mail.Flags;

import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.QuotaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.groupware.MailboxClasses;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.transcript.Transcript;
import reactor.core.publisher.Flux;

/** What STOR does to James's mailboxes, beyond what one client sees in transcripts. */
@BothBackends
class StoreTest {
    private static final int MAX_ITEM_BYTES = 6_000_000;
    private static final String NOTE = "<NOTE><SUBJECT>x</SUBJECT><CONTENT>%s</CONTENT></NOTE>";

    @TempDir
    static Path folder;

    private AgapTestServer server;
    private MailboxSession session;
    private AgapClient client;

    @BeforeEach
    void start() throws Exception {
        server = AgapTestServer.open(folder, "<maxItemBytes>" + MAX_ITEM_BYTES + "</maxItemBytes>");
        session = server.james().session(ALICE);
        client = new AgapClient(server.connect());
        client.logIn();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private MessageManager mailbox(String name) throws Exception {
        return server.james().mailboxManager().getMailbox(MailboxPath.forUser(ALICE, name), session);
    }

    private List<MessageResult> messages(String name) throws Exception {
        return Flux.from(mailbox(name).getMessagesReactive(MessageRange.all(), FetchGroup.FULL_CONTENT, session)).collectList().block();
    }

    private String store(String body) throws Exception {
        assertThat(client.command("STOR")).containsExactly("110 OK Send the item ended with an empty line");
        return client.command(body + "\r\n").get(0);
    }

    /** Section 4.28's MAKE, as another client would do it. */
    private void makeFilterFolder(String name) throws Exception {
        MailboxPath path = MailboxPath.forUser(ALICE, name);
        server.james().mailboxManager().createMailbox(path, session);
        new MailboxClasses(server.james().mailboxManager()).set(path, "IPF.AGAP.Filter", session).block();
    }

    /** Section 7.13, figure 155: its STOR, after the SLCT that it needs, and its RETR, where nothing of the rules is put otherwise. */
    @Test
    void aFilterShouldTakeThePlaceOfTheOneBefore() throws Exception {
        makeFilterFolder("New-messages");
        server.play(Transcript.read(Objects.requireNonNull(getClass().getResource("/filters/stor.txt"))));
        assertThat(messages("New-messages")).hasSize(1);
    }

    @Test
    void aFolderOfFoldersShouldTakeNothing() throws Exception {
        MailboxPath path = MailboxPath.forUser(ALICE, "Folders");
        server.james().mailboxManager().createMailbox(path, session);
        new MailboxClasses(server.james().mailboxManager()).set(path, "IPF.AGAP.Folder", session).block();
        client.command("SLCT /Folders");

        assertThat(client.command("STOR")).containsExactly("511 Cannot store it, a FOLD folder holds no items");
    }

    /** Figure 136. */
    @Test
    void aFullAccountShouldStoreNothingAndKeepTheOldFilter() throws Exception {
        makeFilterFolder("Filter");
        client.command("SLCT /Filter");
        String filter = "<FILTER><FOLDERS><FOLDER>/INBOX</FOLDER></FOLDERS><RULES><TAG>SEEN</TAG></RULES></FILTER>";
        assertThat(store(filter)).isEqualTo("200 OK Filter stored");
        List<String> before = client.command("RETR");
        QuotaRoot root = server.james().quotaRootResolver().getQuotaRoot(MailboxPath.inbox(ALICE));
        server.james().maxQuotaManager().setMaxStorage(root, QuotaSizeLimit.size(10));

        assertThat(store(filter.replace("SEEN", "SPAM"))).startsWith("410 ");
        assertThat(client.command("RETR")).isEqualTo(before);
        client.command("SLCT /NOTE");
        assertThat(store(String.format(NOTE, "y"))).startsWith("410 ");
        assertThat(client.command("SUID")).containsExactly("200 OK There was no successful STOR since last SLCT");
        assertThat(messages("NOTE")).isEmpty();
    }

    @Test
    void anItemThatIsTooLargeShouldBeReadToItsEndAndRefused() throws Exception {
        client.command("SLCT /NOTE");
        String line = "x".repeat(999);
        String text = (line + "\r\n").repeat(MAX_ITEM_BYTES / 1000 + 1);

        assertThat(store(String.format(NOTE, "\r\n" + text + "</CONTENT></NOTE>\r\nSTAG 00000001 + INJECTED\r\n" + text)))
            .isEqualTo("410 Cannot store it, it is larger than " + MAX_ITEM_BYTES + " octets");
        assertThat(client.command("NOOP")).containsExactly("200 OK NOOP completed");
        assertThat(messages("NOTE")).isEmpty();
        assertThat(store(String.format(NOTE, "y"))).startsWith("200 OK Note stored (UID is ");
    }

    /** References are shorter than what they stand for, and what is written grows by them. */
    @Test
    void anItemShouldNotGrowWithoutLimit() throws Exception {
        client.command("SLCT /CONFIGURATION");
        String many = ("<a>" + ">".repeat(200) + "</a>\r\n").repeat(10_000);

        assertThat(store("<CONFIGURATION>\r\n" + many + "</CONFIGURATION>")).isEqualTo("410 Cannot store it, it is too large");
    }

    @Test
    void aBigFileShouldComeBackWhole() throws Exception {
        byte[] content = new byte[4_000_000];
        new Random(7).nextBytes(content);
        client.command("SLCT /FILESHARE");
        assertThat(store("<FILE><NAME>big</NAME><CONTENT>\r\n" + Base64.getMimeEncoder().encodeToString(content)
            + "</CONTENT></FILE>")).startsWith("200 OK File stored");

        assertThat(content("CONTENT")).isEqualTo(content);
    }

    private byte[] content(String part) throws Exception {
        String uid = client.command("SUID").get(0).substring(1);
        List<String> lines = client.command("RETR " + uid + " " + part);
        ByteArrayOutputStream base64 = new ByteArrayOutputStream();
        lines.subList(0, lines.size() - 1).forEach(line -> base64.writeBytes(line.substring(1).getBytes(StandardCharsets.US_ASCII)));
        return Base64.getDecoder().decode(base64.toByteArray());
    }

    @Test
    void theOwnerShouldBeTheSenderAndTheMessageNew() throws Exception {
        client.command("SLCT /NOTE");
        store(String.format(NOTE, "y"));
        MessageResult note = messages("NOTE").get(0);
        List<String> headers = new ArrayList<>();
        note.getHeaders().headers().forEachRemaining(header -> {
            try {
                headers.add(header.getName() + ": " + header.getValue());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(headers).contains("From: alice@example.org", "Subject: x", "MIME-Version: 1.0")
            .anyMatch(header -> header.startsWith("Message-ID: <"))
            .anyMatch(header -> header.startsWith("Content-Type: multipart/alternative"));
        assertThat(note.getFlags().contains(Flags.Flag.SEEN)).isFalse();
        assertThat(note.getInternalDate().toInstant()).isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(600));
        assertThat(new String(note.getFullContent().getInputStream().readAllBytes(),
            StandardCharsets.UTF_8)).contains("Content-Type: text/plain; charset=utf-8", "\r\n\r\ny\r\n",
            "Content-Type: application/vnd.agap+xml; root=NOTE; charset=utf-8");
    }

    @Test
    void aClientThatGoesAwayShouldStoreNothing() throws Exception {
        client.command("SLCT /NOTE");
        client.command("STOR");
        client.send(String.format(NOTE, "y").concat("\r\n").getBytes(StandardCharsets.UTF_8));
        client.socket().close();
        try (AgapClient other = new AgapClient(server.connect())) {
            other.logIn();
            assertThat(other.command("NOOP")).containsExactly("200 OK NOOP completed");
        }
        assertThat(messages("NOTE")).isEmpty();
    }

    @Test
    void aFolderThatIsDeletedMeanwhileShouldTakeNothing() throws Exception {
        client.command("SLCT /WORK/YEAR-2010/JUN");
        assertThat(client.command("STOR").get(0)).startsWith("110 ");
        server.james().mailboxManager().deleteMailbox(MailboxPath.forUser(ALICE, "WORK.YEAR-2010.JUN"), session);

        assertThat(client.command("<MESSAGE><HEADER><subject>x</subject></HEADER></MESSAGE>\r\n"))
            .containsExactly("510 UNKNOWN command in this state");
        assertThat(client.command("STAT")).containsExactly("512 ERROR First select a folder");
    }

    /** James itself cannot store such a message. */
    @Test
    void aContentDispositionThatCannotBeReadShouldBeRefused() throws Exception {
        client.command("SLCT /WORK");
        String header = "<HEADER><Content-Disposition>attachment; filename*=utf-8''%zz</Content-Disposition></HEADER>";

        assertThat(store("<MESSAGE>" + header + "<TEXT>x</TEXT></MESSAGE>")).startsWith("511 Cannot store it");
        assertThat(store("<MESSAGE><HEADER/><ATTACHMENT-1>" + header + "<BODY>x</BODY></ATTACHMENT-1></MESSAGE>"))
            .startsWith("511 Cannot store it");
        assertThat(messages("WORK")).isEmpty();
    }

    @Test
    void noPropertyShouldEndAnEventForOtherClients() throws Exception {
        client.command("SLCT /CALENDAR");
        store("<VEVENT><UID>a</UID><SUMMARY>seen</SUMMARY><END>VEVENT</END><BEGIN>VEVENT</BEGIN><UID ENCODED=\"utf-8\">b</UID></VEVENT>");
        store("<VEVENT><UID>a</UID><SUMMARY>seen</SUMMARY><END>VEVENT</END><BEGIN>VEVENT</BEGIN><X-UID>b</X-UID></VEVENT>");

        List<MessageResult> stored = messages("CALENDAR");
        assertThat(stored).hasSize(1);
        String message = new String(stored.get(0).getFullContent().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(message).containsOnlyOnce("BEGIN:VEVENT").containsOnlyOnce("END:VEVENT").contains("<END>VEVENT</END>");
        assertThat(client.command("RETR 00000001")).contains(".<END>VEVENT</END>");
    }
}
