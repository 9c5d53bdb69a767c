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
import static io.jamesext.testing.mailbox.TestJames.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.mail.Flags;

import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.QuotaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.agap.folder.FolderTag;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.testing.mailbox.BothBackends;
import reactor.core.publisher.Mono;

/** What is done in part, because the quota or another client is in the way: sections 5.3.1 and 5.3.2. */
@BothBackends
class PartialWorkTest {
    private static final String GO_AHEAD = "110 OK SEND filter definition (end it with an empty line)";

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
        server.james().maxQuotaManager().removeMaxMessage(quotaRoot());
        server.james().maxQuotaManager().removeMaxStorage(quotaRoot());
        client.close();
        server.close();
    }

    private MessageManager open(String mailbox) throws Exception {
        return mailboxes.getMailbox(MailboxPath.forUser(ALICE, mailbox), session);
    }

    private long count(String mailbox) throws Exception {
        return open(mailbox).getMessageCount(session);
    }

    /** The answer to a command with a filter. */
    private String answer(String command, String filter) throws Exception {
        assertThat(client.command(command)).containsExactly(GO_AHEAD);
        return client.command(filter.isEmpty() ? "" : filter + "\r\n").get(0);
    }

    private QuotaRoot quotaRoot() throws Exception {
        return server.james().quotaRootResolver().getQuotaRoot(MailboxPath.inbox(ALICE));
    }

    /** Beyond what there is: on Cassandra that counts what earlier tests had. */
    private void allowMoreMessages(long count) throws Exception {
        long used = server.james().quotaManager().getMessageQuota(quotaRoot()).getUsed().asLong();
        server.james().maxQuotaManager().setMaxMessage(quotaRoot(), QuotaCountLimit.count(used + count));
    }

    private void allowMoreOctets(long count) throws Exception {
        long used = server.james().quotaManager().getStorageQuota(quotaRoot()).getUsed().asLong();
        server.james().maxQuotaManager().setMaxStorage(quotaRoot(), QuotaSizeLimit.size(used + count));
    }

    /** Gives INBOX, which has four, so many items. */
    private void fill(int items) throws Exception {
        for (int i = 4; i < items; i++) {
            server.james().append(ALICE, "INBOX", AgapTestServer.newsletter(i));
        }
    }

    /** Another client does it once, as soon as something happens in a mailbox. */
    private interface Interference {
        void run() throws Exception;
    }

    private Registration once(String mailbox, Class<? extends Event> when, Interference interference) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        EventListener.ReactiveEventListener listener = event -> Blocking.run(() -> {
            if (when.isInstance(event) && done.compareAndSet(false, true)) {
                interference.run();
            }
        });
        return Mono.from(server.james().eventBus().register(listener, new MailboxIdRegistrationKey(open(mailbox).getId()))).block();
    }

    private void delete(int uid) throws Exception {
        open("INBOX").delete(List.of(MessageUid.of(uid)), session);
    }

    /** Figure 81. */
    @Test
    void asManyShouldBeCopiedAsThereIsRoomFor() throws Exception {
        fill(10);
        allowMoreMessages(8);

        assertThat(answer("FCPY /ARCHIVE", "UID 00000001:00001000"))
            .isEqualTo("210 OK FCPY completed (8 from 10 were copied - out of space)");

        assertThat(count("ARCHIVE")).isEqualTo(8);
        assertThat(count("INBOX")).isEqualTo(10);
        assertThat(answer("FCPY /WORK", "")).isEqualTo("410 0 from 10 were copied - out of space");
        assertThat(client.command("CPYF /WORK")).containsExactly("410 0 from 10 were copied - out of space");
        assertThat(client.command("COPY 00000001 /WORK")).singleElement().asString().startsWith("410 ");
        assertThat(count("WORK")).isZero();
    }

    @Test
    void itemsApartShouldBeCopiedAsFarAsThereIsRoomToo() throws Exception {
        fill(10);
        allowMoreMessages(2);
        client.command("FTAG + ODD");
        client.command("OR UID 00000001 UID 00000003 UID 00000005 UID 00000007\r\n");

        assertThat(answer("FCPY /ARCHIVE", "TAG ODD")).isEqualTo("210 OK FCPY completed (2 from 4 were copied - out of space)");
        assertThat(count("ARCHIVE")).isEqualTo(2);
    }

    @Test
    void sizesShouldCountToo() throws Exception {
        server.james().append(ALICE, "INBOX", "Subject: big\n\n" + "x".repeat(50_000));
        fill(9);
        allowMoreOctets(20_000);

        assertThat(client.command("CPYF /ARCHIVE")).containsExactly("410 4 from 10 were copied - out of space");
        assertThat(count("ARCHIVE")).isEqualTo(4);
    }

    @Test
    void moreThanABatchShouldBeCopiedMovedTaggedAndDeleted() throws Exception {
        fill(300);
        allowMoreMessages(230);

        assertThat(answer("FCPY /ARCHIVE", "")).isEqualTo("210 OK FCPY completed (230 from 300 were copied - out of space)");
        assertThat(count("ARCHIVE")).isEqualTo(230);
        // A move takes no more room.
        assertThat(answer("FMOV /WORK", "")).isEqualTo("200 OK FMOV completed (300 matches)");
        client.command("SLCT /WORK");
        assertThat(answer("FTAG + A B=c", "")).isEqualTo("200 OK FTAG completed (300 matches)");
        assertThat(client.find("TAG A TAG B=c")).hasSize(300);
        assertThat(client.command("MOVF /INBOX")).containsExactly("200 OK MOVF completed");
        client.command("SLCT /INBOX");
        assertThat(answer("FDEL", "TAG A")).isEqualTo("200 OK FDEL completed (300 matches)");
        assertThat(count("INBOX")).isZero();
    }

    @Test
    void anItemThatIsDeletedMeanwhileShouldNotBeCountedAsCopied() throws Exception {
        client.command("STAG 00000001 + PICK");
        client.command("STAG 00000003 + PICK");
        once("ARCHIVE", Event.class, () -> delete(3));

        assertThat(answer("FCPY /ARCHIVE", "TAG PICK"))
            .isEqualTo("210 OK FCPY completed (1 from 2 were copied - the others are there no more)");
        assertThat(count("ARCHIVE")).isEqualTo(1);
    }

    @Test
    void anItemThatIsDeletedMeanwhileShouldNotBeCountedAsMoved() throws Exception {
        client.command("STAG 00000001 + PICK");
        client.command("STAG 00000003 + PICK");
        once("ARCHIVE", Event.class, () -> delete(3));

        assertThat(answer("FMOV /ARCHIVE", "TAG PICK")).isEqualTo("210 OK FMOV completed (1 from 2 moved - the others are there no more)");
        assertThat(count("ARCHIVE")).isEqualTo(1);
        assertThat(count("INBOX")).isEqualTo(2);
    }

    /** Figure 97. */
    @Test
    void anItemThatIsDeletedMeanwhileShouldNotBeCountedAsTagged() throws Exception {
        open("INBOX").setFlags(new Flags("PICK"), FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(1)), session);
        open("INBOX").setFlags(new Flags("PICK"), FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(3)), session);
        once("INBOX", Event.class, () -> delete(3));

        assertThat(answer("FTAG + SEEN", "TAG PICK"))
            .isEqualTo("210 OK FTAG completed (only 1 from 2 matches tagged - the others are there no more)");
    }

    /** Figure 85. */
    @Test
    void anItemThatIsDeletedMeanwhileShouldNotBeCountedAsDeletedByUs() throws Exception {
        fill(300);
        once("INBOX", Expunged.class, () -> delete(300));

        assertThat(answer("FDEL", "UID 00000001:zzzzzzzz"))
            .isEqualTo("210 OK FDEL completed (only 299 from 300 matches were deleted - the others are there no more)");
        assertThat(count("INBOX")).isZero();
    }

    @Test
    void aDestinationThatIsDeletedMeanwhileShouldStopIt() throws Exception {
        client.command("STAG 00000001 + PICK");
        client.command("STAG 00000003 + PICK");
        once("ARCHIVE.2000", Event.class, () -> mailboxes.deleteMailbox(MailboxPath.forUser(ALICE, "ARCHIVE.2000"), session));

        assertThat(answer("FMOV /ARCHIVE/2000", "TAG PICK")).isEqualTo("210 OK FMOV completed (1 from 2 moved - no such mailbox)");
        assertThat(count("INBOX")).isEqualTo(3);
    }

    @Test
    void whatIsRefusedMeanwhileShouldBeRefusedBehindTheFilter() throws Exception {
        assertThat(client.command("FCPY /WORK")).containsExactly(GO_AHEAD);
        server.set(FolderTag.READ_ONLY, "/WORK");

        assertThat(client.command("")).containsExactly("511 ERROR Nothing can be written into the folder (it has the tag READ-ONLY)");
        assertThat(count("WORK")).isZero();
    }

    @Test
    void foldersThatGoBehindTheGoAheadShouldBeMissed() throws Exception {
        assertThat(client.command("FMOV /ARCHIVE/2000")).containsExactly(GO_AHEAD);
        mailboxes.renameMailbox(MailboxPath.forUser(ALICE, "ARCHIVE"), MailboxPath.forUser(ALICE, "Old"), session);
        assertThat(client.command("")).containsExactly("511 INVALID Destination (there is no such folder)");
        assertThat(count("INBOX")).isEqualTo(4);

        client.command("SLCT /WORK");
        assertThat(client.command("FDEL")).containsExactly(GO_AHEAD);
        mailboxes.deleteMailbox(MailboxPath.forUser(ALICE, "WORK"), session);
        // There is no selected folder any more.
        assertThat(client.command("TAG NEW\r\n")).containsExactly("510 UNKNOWN command in this state");
        assertThat(client.command("STAT")).containsExactly("512 ERROR First select a folder");
    }

    @Test
    void aSelectedFolderThatIsRenamedShouldBeWorkedOnWhereItIs() throws Exception {
        server.james().append(ALICE, "ARCHIVE.2000", AgapTestServer.newsletter(1));
        client.command("SLCT /ARCHIVE/2000");
        mailboxes.renameMailbox(MailboxPath.forUser(ALICE, "ARCHIVE"), MailboxPath.forUser(ALICE, "Old"), session);

        assertThat(client.command("MAKE MESG below")).containsExactly("200 OK Folder created");
        assertThat(client.command("MOVE 00000001 below")).containsExactly("200 OK MOVE completed");
        assertThat(client.command("NAME 1999")).containsExactly("200 OK NAME completed");
        assertThat(client.command("LIST")).containsExactly(".MESG /Old/1999/below", "200 OK LIST completed (1 match)");
        assertThat(client.command("DELF")).containsExactly("200 OK Folder '/Old/1999' was deleted");
        assertThat(mailboxes.list(session)).extracting(MailboxPath::getName).contains("Old", "Old.2010").doesNotContain("Old.1999.below");
    }

    @Test
    void foldersThatAreInTheWayShouldStopARename() throws Exception {
        mailboxes.createMailbox(MailboxPath.forUser(ALICE, "Old.2000"), session);
        mailboxes.deleteMailbox(MailboxPath.forUser(ALICE, "Old"), session);
        client.command("SLCT /ARCHIVE");

        assertThat(client.command("NAME Old")).singleElement().asString().startsWith("511 ");

        assertThat(mailboxes.list(session)).extracting(MailboxPath::getName)
            .contains("ARCHIVE", "ARCHIVE.2000", "ARCHIVE.2010", "Old.2000");
        assertThat(client.command("NAME " + "x".repeat(198))).singleElement().asString().startsWith("511 ");
        assertThat(client.command("NAME " + "x".repeat(1000))).singleElement().asString().startsWith("511 ");
        assertThat(client.command("STAT")).contains(".PATH /ARCHIVE");
    }

    @Test
    void foldersOfAnotherUserShouldNotBeReached() throws Exception {
        MailboxSession bob = server.james().session(BOB);
        mailboxes.createMailbox(MailboxPath.forUser(BOB, "Private"), bob);
        for (String path : new String[] {"/Private", "/#user/bob/Private", "/#private:bob@example.org:Private",
            "/bob@example.org/Private"}) {
            for (String command : new String[] {"COPY 00000001 ", "MOVE 00000001 ", "CPYF ", "MOVF ", "FCPY ", "FMOV "}) {
                assertThat(client.command(command + path)).as(command + path).singleElement().asString()
                    .startsWith("511 INVALID Destination");
            }
        }
        assertThat(mailboxes.getMailbox(MailboxPath.forUser(BOB, "Private"), bob).getMessageCount(bob)).isZero();
        assertThat(count("INBOX")).isEqualTo(4);
    }

    @Test
    void twoClientsThatMakeTheSameFolderShouldMakeOne() throws Exception {
        try (AgapClient second = new AgapClient(server.connect())) {
            second.logIn();
            for (int i = 0; i < 10; i++) {
                byte[] line = ("MAKE CALE /race" + i + "\r\n").getBytes(StandardCharsets.UTF_8);
                client.send(line);
                second.send(line);
                assertThat(List.of(client.response().get(0).substring(0, 3), second.response().get(0).substring(0, 3)))
                    .as("one of them").contains("200");
                assertThat(client.command("LIST /race" + i)).containsExactly(".CALE /race" + i, "200 OK LIST completed (1 match)");
            }
        }
    }
}
