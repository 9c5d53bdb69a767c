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
package io.jamesext.ximss.folder;

import static io.jamesext.groupware.UserSettings.Kind.PREFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.groupware.MailboxClasses;
import io.jamesext.groupware.UserSettings;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.mail.MessageFlags;
import reactor.core.publisher.Flux;

/** What the preferences DeleteMode and TrashBox do: XIMSS, "Mailbox Operations", messageRemove. */
@BothBackends
class RemovalTest {
    private static final List<MessageRange> FIRST = List.of(MessageRange.one(MessageUid.of(1)));

    private TestJames james;
    private UserSettings settings;
    private MailboxSession alice;
    private MessageManager inbox;
    private Removal removal;

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        settings = UserSettings.on(james.cassandra().map(SideTables::create));
        alice = james.session(TestJames.ALICE);
        inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(alice), alice);
        Mailboxes mailboxes = new Mailboxes(james.mailboxManager(), new MailboxClasses(james.mailboxManager()), settings);
        removal = new Removal(new Transfers(james.mailboxManager(), mailboxes), mailboxes, settings);
        james.append(TestJames.ALICE, "INBOX", "Subject: one\n\n");
        james.append(TestJames.ALICE, "INBOX", "Subject: two\n\n");
    }

    private void prefer(String name, String value) {
        settings.put(TestJames.ALICE, PREFERENCE, name, value).block();
    }

    private List<String> messages(String mailbox) throws Exception {
        MessageManager manager = james.mailboxManager().getMailbox(MailboxPath.forUser(TestJames.ALICE, mailbox), alice);
        return Flux.from(manager.listMessagesMetadata(MessageRange.all(), alice))
            .map(message -> message.getComposedMessageId().getUid().asLong() + " " + MessageFlags.of(message.getFlags()).asText())
            .collectList().block();
    }

    @Test
    void immediatelyShouldDelete() throws Exception {
        prefer("DeleteMode", "Immediately");
        removal.remove(FIRST, inbox, alice).block();
        assertThat(messages("INBOX")).containsExactly("2 Recent");
        assertThatThrownBy(() -> messages("Trash")).isInstanceOf(MailboxNotFoundException.class);
    }

    @Test
    void markShouldMark() throws Exception {
        prefer("DeleteMode", "Mark");
        removal.remove(FIRST, inbox, alice).block();
        assertThat(messages("INBOX")).containsExactlyInAnyOrder("1 Deleted,Recent", "2 Recent");
    }

    @Test
    void moveShouldTakeTheTrashOfThePreference() throws Exception {
        prefer("DeleteMode", "Move To Trash");
        prefer("TrashBox", "Papierkorb");
        removal.remove(FIRST, inbox, alice).block();
        assertThat(messages("INBOX")).containsExactly("2 Recent");
        assertThat(messages("Papierkorb")).hasSize(1);
        removal.emptyTrash(alice).block();
        assertThat(messages("Papierkorb")).isEmpty();
    }

    @Test
    void wholeMailboxShouldGo() throws Exception {
        prefer("DeleteMode", "Immediately");
        for (int i = 0; i < 3; i++) {
            james.append(TestJames.ALICE, "INBOX", "Subject: more\n\n");
        }
        removal.remove(List.of(MessageRange.all()), inbox, alice).block();
        assertThat(messages("INBOX")).isEmpty();
    }

    @Test
    void emptyingATrashThatIsNotThereShouldMakeNone() {
        removal.emptyTrash(alice).block();
        assertThatThrownBy(() -> messages("Trash")).isInstanceOf(MailboxNotFoundException.class);
    }
}
