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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.folder.Folder;
import io.jamesext.agap.folder.FolderPath;
import io.jamesext.agap.folder.FolderTag;
import io.jamesext.testing.mailbox.BothBackends;
import reactor.core.publisher.Flux;

/** What James's ACL says of folders' tags, and what James makes of that: the README says it in words. */
@BothBackends
class OwnerRightsTest {
    private static final MailboxPath WORK = MailboxPath.forUser(ALICE, "WORK");

    @TempDir
    static Path folder;

    private AgapTestServer server;
    private MailboxManager mailboxes;
    private MailboxSession alice;
    private MailboxSession bob;

    @BeforeEach
    void start() throws Exception {
        server = AgapTestServer.open(folder);
        mailboxes = server.james().mailboxManager();
        alice = server.james().session(ALICE);
        bob = server.james().session(BOB);
        server.james().append(ALICE, "WORK", AgapTestServer.newsletter(1));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void set(FolderTag... tags) {
        for (FolderTag tag : tags) {
            server.set(tag, "/WORK");
        }
    }

    private void unset(FolderTag tag) {
        server.services().tags().unset(tag, work(), alice).block();
    }

    private Folder work() {
        return server.services().folders().find(FolderPath.parse("/WORK", Optional.empty()), alice).block();
    }

    private String rights(MailboxSession user) throws Exception {
        Rfc4314Rights rights = mailboxes.myRights(mailboxes.getMailbox(WORK, alice).getMailboxEntity(), user);
        return "aeiklprstwx".chars().filter(right -> contains(rights, (char) right))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static boolean contains(Rfc4314Rights rights, char right) {
        try {
            return rights.contains(right);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void eachTagShouldTakeWhatRfc4314CanSayOfIt() throws Exception {
        assertThat(rights(alice)).isEqualTo("aeiklprstwx");
        set(FolderTag.NO_COPY, FolderTag.NO_MOVE, FolderTag.NO_RENAME);
        assertThat(rights(alice)).isEqualTo("aeiklprstwx");
        set(FolderTag.READ_ONLY);
        assertThat(rights(alice)).isEqualTo("aelprtx");
        set(FolderTag.NO_FOLDERS);
        unset(FolderTag.READ_ONLY);
        assertThat(rights(alice)).as("NO-FOLDERS takes k too").isEqualTo("aeilprstwx");
        unset(FolderTag.NO_FOLDERS);
        set(FolderTag.NO_DELETE);
        assertThat(rights(alice)).isEqualTo("aiklprsw");
        set(FolderTag.NO_DELF, FolderTag.RESERVED);
        unset(FolderTag.NO_DELETE);
        assertThat(rights(alice)).isEqualTo("aeiklprstw");
        unset(FolderTag.NO_DELF);
        unset(FolderTag.RESERVED);
        assertThat(rights(alice)).isEqualTo("aeiklprstwx");
    }

    @Test
    void publicShouldLetAllUsersReadAndNoMore() throws Exception {
        assertThatThrownBy(() -> mailboxes.getMailbox(WORK, bob)).isInstanceOf(MailboxNotFoundException.class);
        set(FolderTag.PUBLIC);
        assertThat(rights(bob)).isEqualTo("lr");
        assertThat(Flux.from(mailboxes.getMailbox(WORK, bob).getMessagesReactive(MessageRange.all(), FetchGroup.MINIMAL, bob))
            .map(MessageResult::getUid).collectList().block()).hasSize(1);
        unset(FolderTag.PUBLIC);
        assertThatThrownBy(() -> mailboxes.getMailbox(WORK, bob)).isInstanceOf(MailboxNotFoundException.class);
    }

    /** What James checks by the ACL, the owner cannot do any more: what JMAP does, and EXPUNGE of IMAP. */
    @Test
    void theMessagesOfTheOwnerShouldBeOutOfReachByTheirIds() throws Exception {
        MessageId id = Flux.from(mailboxes.getMailbox(WORK, alice).getMessagesReactive(MessageRange.all(), FetchGroup.MINIMAL, alice))
            .map(MessageResult::getMessageId).blockFirst();
        set(FolderTag.NO_DELETE);

        assertThatThrownBy(() -> server.james().messageIdManager().delete(id, ImmutableList.of(work().id()), alice))
            .isInstanceOf(MailboxNotFoundException.class);

        assertThat(mailboxes.getMailbox(WORK, alice).getMessageCount(alice)).isEqualTo(1);
    }

    /** James 3.8.1 asks only whose a mailbox is where it is the owner's. This test fails when a later James asks the ACL too. */
    @Test
    void jamesShouldLetTheOwnerDoAllByMailboxWhateverTheAclSays() throws Exception {
        set(FolderTag.values());
        MessageManager work = mailboxes.getMailbox(WORK, alice);

        assertThat(work.isWriteable(alice)).isTrue();
        work.setFlags(new Flags(Flags.Flag.SEEN), FlagsUpdateMode.ADD, MessageRange.all(), alice);
        assertThat(server.james().append(ALICE, "WORK", AgapTestServer.newsletter(2))).isPositive();
        assertThatCode(() -> work.delete(List.of(MessageUid.of(1)), alice)).doesNotThrowAnyException();
        mailboxes.createMailbox(MailboxPath.forUser(ALICE, "WORK.below"), alice);
        mailboxes.renameMailbox(WORK, MailboxPath.forUser(ALICE, "Renamed"), alice);
        mailboxes.deleteMailbox(MailboxPath.forUser(ALICE, "Renamed"), alice);
    }
}
