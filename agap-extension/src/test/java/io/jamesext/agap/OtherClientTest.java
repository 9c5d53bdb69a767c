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

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.collect.ImmutableList;

import io.jamesext.groupware.MailboxClasses;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** What another client of the user does through James is seen through AGAP, and the other way round. */
@BothBackends
class OtherClientTest {
    @TempDir
    static Path folder;

    private AgapTestServer server;
    private MailboxManager mailboxes;
    private MailboxSession session;
    private AgapClient client;

    @BeforeEach
    void start() throws Exception {
        server = AgapTestServer.open(folder);
        mailboxes = server.james().mailboxManager();
        session = server.james().session(ALICE);
        client = new AgapClient(server.connect());
        client.logIn();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private MessageManager inbox() throws Exception {
        return mailboxes.getMailbox(MailboxPath.inbox(session), session);
    }

    private Flags flags(long uid) {
        try {
            return Flux.from(inbox().listMessagesMetadata(MessageRange.one(MessageUid.of(uid)), session)).blockFirst().getFlags();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anAppendedMessageShouldBeSeenAndRaiseTheFcid() throws Exception {
        String before = client.fcid("/INBOX");
        server.james().append(ALICE, "INBOX", AgapTestServer.newsletter(5));

        assertThat(client.command("STAT")).contains(".TOTAL 5", ".NEW 5");
        assertThat(client.fcid("/INBOX")).isGreaterThan(before);
        assertThat(client.find("TAG NEW UID 00000005")).containsExactly(".00000005");
        assertThat(client.command("RETR 00000005 header/subject")).containsExactly(".Newsletter 5", "200 OK RETR completed");
    }

    @Test
    void aDeletedMessageShouldRaiseTheFcid() throws Exception {
        String before = client.fcid("/INBOX");
        inbox().delete(ImmutableList.of(MessageUid.of(2)), session);

        assertThat(client.fcid("/INBOX")).isGreaterThan(before);
        assertThat(client.command("STAT")).contains(".TOTAL 3");
        assertThat(client.find("")).containsExactly(".00000001", ".00000003", ".00000004");
        assertThat(client.command("GTAG 00000002")).containsExactly("511 INVALID UID");
    }

    @Test
    void flagsShouldBeTags() throws Exception {
        Flags flags = new Flags(Flags.Flag.ANSWERED);
        flags.add(Flags.Flag.FLAGGED);
        flags.add("$Junk");
        flags.add("Work");
        flags.add("$Forwarded");
        inbox().setFlags(flags, FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(1)), session);

        assertThat(client.command("GTAG 00000001")).containsExactly(".ANSWERED", ".SPAM", ".WORK", "200 OK GTAG completed");
        assertThat(client.find("TAG WORK TAG SPAM")).containsExactly(".00000001");
    }

    @Test
    void tagsShouldBeFlagsAndLeaveTheOthersAlone() throws Exception {
        inbox().setFlags(new Flags(Flags.Flag.FLAGGED), FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(1)), session);

        client.command("STAG 00000001 = SEEN SPAM COLOUR=Red");
        assertThat(flags(1).contains(Flags.Flag.SEEN)).isTrue();
        assertThat(flags(1).contains(Flags.Flag.FLAGGED)).isTrue();
        assertThat(flags(1).getUserFlags()).containsExactlyInAnyOrder("$Junk", "COLOUR", "COLOUR=^red");

        client.command("STAG 00000001 =");
        assertThat(flags(1)).isEqualTo(flagsWithRecent(flags(1), Flags.Flag.FLAGGED));
    }

    private static Flags flagsWithRecent(Flags present, Flags.Flag flag) {
        Flags flags = new Flags(flag);
        if (present.contains(Flags.Flag.RECENT)) {
            flags.add(Flags.Flag.RECENT);
        }
        return flags;
    }

    @Test
    void aTagShouldRaiseTheFcidOfItsFolderOnly() throws Exception {
        String inbox = client.fcid("/INBOX");
        String root = client.fcid("/");
        client.command("STAG 00000001 + X");

        assertThat(client.fcid("/INBOX")).isGreaterThan(inbox);
        assertThat(client.fcid("/")).isEqualTo(root);
    }

    @Test
    void aNewSubfolderShouldRaiseTheFcidOfItsParentOnly() throws Exception {
        String archive = client.fcid("/ARCHIVE");
        String root = client.fcid("/");
        mailboxes.createMailbox(MailboxPath.forUser(ALICE, "ARCHIVE.2011"), session);

        assertThat(client.fcid("/ARCHIVE")).isGreaterThan(archive);
        assertThat(client.fcid("/")).isEqualTo(root);
        assertThat(client.fcid("/ARCHIVE/2011")).isNotEmpty();
    }

    @Test
    void renamingShouldKeepTheFcidAndRaiseTheParents() throws Exception {
        String folder = client.fcid("/ARCHIVE/2010");
        String archive = client.fcid("/ARCHIVE");
        client.command("SLCT /ARCHIVE/2010");
        mailboxes.renameMailbox(MailboxPath.forUser(ALICE, "ARCHIVE.2010"), MailboxPath.forUser(ALICE, "ARCHIVE.2012"), session);

        assertThat(client.fcid("/ARCHIVE/2012")).isEqualTo(folder);
        assertThat(client.fcid("/ARCHIVE")).isGreaterThan(archive);
        assertThat(client.command("STAT")).contains(".PATH /ARCHIVE/2012");
    }

    @Test
    void aFolderThatIsMadeAgainShouldGoOnAboveItsOldFcid() throws Exception {
        MailboxPath path = MailboxPath.forUser(ALICE, "ARCHIVE.2010");
        String before = client.fcid("/ARCHIVE/2010");
        mailboxes.deleteMailbox(path, session);
        mailboxes.createMailbox(path, session);

        assertThat(client.fcid("/ARCHIVE/2010")).isGreaterThan(before);
    }

    @Test
    void aSelectedFolderThatIsDeletedShouldBeSelectedNoMore() throws Exception {
        client.command("SLCT /ARCHIVE/2000");
        mailboxes.deleteMailbox(MailboxPath.forUser(ALICE, "ARCHIVE.2000"), session);

        assertThat(client.command("STAT")).containsExactly("512 ERROR The selected folder was deleted");
        assertThat(client.command("STAT")).containsExactly("512 ERROR First select a folder");
        assertThat(client.command("NOOP")).containsExactly("510 UNKNOWN command in this state");
        assertThat(client.command("SLCT /INBOX")).containsExactly("200 OK Folder selected");
    }

    @Test
    void foldersOfAnotherUserShouldNotBeThere() throws Exception {
        mailboxes.createMailbox(MailboxPath.forUser(TestJames.BOB, "Private"), server.james().session(TestJames.BOB));

        assertThat(client.command("LIST /Private")).containsExactly("511 ERROR The specified folder does not exist");
        assertThat(client.command("SLCT /Private")).containsExactly("511 INVALID folder");
    }

    @Test
    void mailboxNamesThatAgapForbidsShouldBeReachable() throws Exception {
        mailboxes.createMailbox(MailboxPath.forUser(ALICE, "what?"), session);
        server.james().append(ALICE, "what?", AgapTestServer.newsletter(1));

        assertThat(client.command("LIST /=:*")).containsExactly(".MESG /=:what=3F", "200 OK LIST completed (1 match)");
        assertThat(client.command("SLCT /=:what=3F")).containsExactly("200 OK Folder selected");
        assertThat(client.command("STAT")).contains(".TOTAL 1");
    }

    @Test
    void namesAsImapClientsWriteThemShouldBeReachable() throws Exception {
        for (String name : new String[] {"&AOk-t&AOk-", "a&b", "new\tline", "été", "=:=3D", "=41", "a=", "ARCHIVE.#x", "sent", "SENT"}) {
            mailboxes.createMailbox(MailboxPath.forUser(ALICE, name), session);
        }

        List<String> listed = client.command("LIST /*");
        assertThat(listed).contains(".MESG /&AOk-t&AOk-", ".MESG /a&b", ".MESG /=:new=09line", ".MESG /été", ".MESG /=:=3D:=3D3D",
            ".MESG /=:=3D41", ".MESG /=:a=3D", ".MESG /sent", ".MESG /=:SENT", ".MESG /SENT");
        for (String line : listed.subList(0, listed.size() - 1)) {
            assertThat(client.command("SLCT " + line.substring(6))).as(line).containsExactly("200 OK Folder selected");
        }
    }

    @Test
    void keywordsThatAreNoTagsShouldNeitherBeToldNorLost() throws Exception {
        Flags flags = new Flags();
        for (String keyword : new String[] {"two words", "NL\r\n.SPAM", "with]bracket", "a=b", "a=b=c", "new", "spam", "=",
            "ümlaut", "C=^"}) {
            flags.add(keyword);
        }
        inbox().setFlags(flags, FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(1)), session);

        assertThat(client.command("GTAG 00000001")).containsExactly("200 OK GTAG completed");
        client.command("STAG 00000001 = X");
        assertThat(client.command("GTAG 00000001")).containsExactly(".X", "200 OK GTAG completed");
        assertThat(flags(1).getUserFlags()).contains("two words", "with]bracket", "ümlaut");
    }

    @Test
    void deepHierarchiesShouldBeListedAndPathsThatFitOnNoLineLeftOut() throws Exception {
        String deep = String.join(".", Collections.nCopies(90, "d"));
        mailboxes.createMailbox(MailboxPath.forUser(ALICE, deep), session);
        mailboxes.createMailbox(MailboxPath.forUser(ALICE, "L.long"), session);
        String old = "L.long";
        for (String part : new String[] {"€".repeat(190), "¥".repeat(190)}) {
            mailboxes.createMailbox(MailboxPath.forUser(ALICE, old + "." + part.substring(0, 150)), session);
            mailboxes.renameMailbox(MailboxPath.forUser(ALICE, "L"), MailboxPath.forUser(ALICE, "=".repeat(190)), session);
            mailboxes.renameMailbox(MailboxPath.forUser(ALICE, "=".repeat(190)), MailboxPath.forUser(ALICE, "M" + part), session);
            mailboxes.createMailbox(MailboxPath.forUser(ALICE, "L.long"), session);
        }

        assertThat(client.command("SLCT /" + deep.replace('.', '/'))).containsExactly("200 OK Folder selected");
        assertThat(client.command("STAT")).contains("200 OK STAT completed");
        assertThat(client.command("CHNG")).contains("200 OK CHNG completed");
        assertThat(client.command("LIST /*")).last().asString().startsWith("200 OK LIST completed");
        String selected = "/M" + "€".repeat(190) + "/long/";
        List<String> below = client.command("LIST " + selected + "*");
        assertThat(below).last().asString().startsWith("200 OK LIST completed (0");
        assertThat(client.command("SLCT /" + "m".repeat(300))).containsExactly("511 INVALID folder");
        assertThat(client.command("SLCT " + selected + "€".repeat(150))).containsExactly("511 INVALID folder");
        assertThat(client.command("LIST /M*")).last().asString().startsWith("200 OK LIST completed");
    }

    @Test
    void theReservedFoldersShouldBeMadeWithTheirClasses() throws Exception {
        assertThat(mailboxes.list(session)).extracting(MailboxPath::getName)
            .contains("Sent", "Drafts", "Spam", "Trash", "Outbox", "CALENDAR", "CONTACT").doesNotContain("SENT", "JUNK");
        assertThat(new MailboxClasses(mailboxes)
            .get(MailboxPath.forUser(ALICE, "CONTACT"), session).block()).isEqualTo("IPF.Contact");
        // A second log-in finds them.
        int folders = mailboxes.list(session).size();
        try (AgapClient second = new AgapClient(server.connect())) {
            second.logIn();
        }
        assertThat(mailboxes.list(session)).hasSize(folders);
    }

    /** Section 2.9.4, also where an IMAP client has made the mailbox, or the class could not be set behind it. */
    @Test
    void aReservedFolderShouldHaveItsTypeWithoutAClass() throws Exception {
        MailboxPath tasks = MailboxPath.forUser(ALICE, "TASK");
        mailboxes.deleteMailbox(tasks, session);
        mailboxes.createMailbox(tasks, session);

        assertThat(client.command("LIST /TASK")).containsExactly(".TASK /TASK", "200 OK LIST completed (1 match)");
        client.command("SLCT /TASK");
        client.command("STOR");
        assertThat(client.command("<VTODO><UID>a</UID></VTODO>\r\n")).singleElement().asString().startsWith("200 OK Task stored");
    }

    @Test
    void classesShouldBeTypes() throws Exception {
        MailboxClasses classes = new MailboxClasses(mailboxes);
        for (String mailboxClass : new String[] {"IPF.AGAP.Filter", "IPF.AGAP.Folder", "IPF.Unheard"}) {
            MailboxPath path = MailboxPath.forUser(ALICE, "Typed " + mailboxClass.substring(mailboxClass.lastIndexOf('.') + 1));
            mailboxes.createMailbox(path, session);
            classes.set(path, mailboxClass, session).block();
        }

        assertThat(client.command("LIST /Typed*")).containsExactly(".FILT /Typed Filter", ".FOLD /Typed Folder", ".MESG /Typed Unheard",
            "200 OK LIST completed (3 matches)");
        client.command("SLCT /Typed Folder");
        assertThat(client.command("STAT")).noneMatch(line -> line.startsWith(".UCID") || line.startsWith(".TOTAL"));
        client.command("SLCT /Typed Filter");
        assertThat(client.command("STAT")).contains(".TAGS NO-FOLDERS", ".TOTAL 0").noneMatch(line -> line.startsWith(".UCID"));
        // Section 4.22: it holds no filter.
        assertThat(client.command("FIND")).containsExactly("200 OK FIND completed (0 matches)");
        assertThat(client.command("RETR 00000001")).singleElement().asString().startsWith("511 ");
    }

    @Test
    void aSelectedFolderShouldKeepItsTypeWhenAnotherClientRenamesIt() throws Exception {
        MailboxPath before = MailboxPath.forUser(ALICE, "ARCHIVE.2000");
        server.james().append(ALICE, "ARCHIVE.2000", AgapTestServer.newsletter(5));
        client.command("SLCT /ARCHIVE/2000");
        mailboxes.renameMailbox(before, MailboxPath.forUser(ALICE, "ARCHIVE.2001"), session);
        // Under its old name there is a folder of another type now.
        mailboxes.createMailbox(before, session);
        new MailboxClasses(mailboxes).set(before, "IPF.StickyNote", session).block();

        assertThat(client.find("IS header/subject = 'Newsletter 5'")).containsExactly(".00000001");
        assertThat(client.command("RETR 00000001 header/subject")).containsExactly(".Newsletter 5", "200 OK RETR completed");
        assertThat(client.command("SPAM 00000001 header/subject")).containsExactly("200 OK Message added to the spam database");
        assertThat(client.command("DATT 00000001 1")).containsExactly("521 There are not so many attachments");
        assertThat(client.command("STOR")).hasSize(1);
        assertThat(client.command("<MESSAGE><HEADER><subject>x</subject></HEADER></MESSAGE>\r\n").get(0))
            .startsWith("200 OK Message stored");
    }
}
