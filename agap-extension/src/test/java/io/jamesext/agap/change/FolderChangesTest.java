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
package io.jamesext.agap.change;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.expunge.MemoryTombstones;
import io.jamesext.kernel.expunge.TombstoneLog;
import io.jamesext.kernel.expunge.Tombstones;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

@BothBackends
class FolderChangesTest {
    private final Tombstones tombstones = new MemoryTombstones();
    private final AliasTable aliases = new MemoryAliasTable();
    private TestJames james;
    private MailboxSession session;
    private MailboxSessionMapperFactory mappers;
    private MessageManager inbox;
    private ExpungeLog expunges;
    private FolderChanges changes;

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        session = james.session(ALICE);
        mappers = ((StoreMailboxManager) james.mailboxManager()).getMapperFactory();
        inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(ALICE), session);
        expunges = new TombstoneLog(tombstones, james.mailboxManager(), mappers);
        changes = new FolderChanges(expunges, new ItemUids(aliases, expunges));
        for (int i = 0; i < 5; i++) {
            james.append(ALICE, "INBOX", "Subject: test\n\nbody\n");
        }
        expunges.begin(inbox.getId()).block();
    }

    private Fcid now() throws Exception {
        return new Fcid(1, mappers.getModSeqProvider().highestModSeq(inbox.getId()).asLong(),
            inbox.getMetaData(MessageManager.MailboxMetaData.RecentMode.IGNORE, session,
                EnumSet.of(MessageManager.MailboxMetaData.Item.NextUid)).getUidNext().asLong() - 1);
    }

    private void expunge(long... uids) throws Exception {
        List<MessageUid> gone = Arrays.stream(uids).mapToObj(MessageUid::of).toList();
        inbox.delete(gone, session);
        expunges.add(inbox.getId(), gone).block();
    }

    private Delta since(Fcid since) throws Exception {
        return changes.since(since, now(), inbox, session).block();
    }

    @Test
    void whatCameAndWentMeanwhileShouldNotBeTold() throws Exception {
        Fcid since = now();
        long came = james.append(ALICE, "INBOX", "Subject: test\n\nbody\n");
        long stays = james.append(ALICE, "INBOX", "Subject: test\n\nbody\n");
        expunge(2, came);
        Delta delta = since(since);
        assertThat(delta.gone()).containsExactly(MessageUid.of(2));
        assertThat(delta.came()).containsExactly(MessageUid.of(stays));
        assertThat(delta.changed()).isEmpty();
    }

    @Test
    void anItemWithANewMessageShouldBeChangedAndGoWithItsLastOne() throws Exception {
        Fcid since = now();
        MessageUid first = MessageUid.of(james.append(ALICE, "INBOX", "Subject: test\n\nbody\n"));
        aliases.put(inbox.getId(), first, MessageUid.of(3)).block();
        Fcid between = now();
        expunge(3);
        assertThat(since(between).gone()).isEmpty();
        assertThat(since(since).changed()).containsExactly(MessageUid.of(3));
        assertThat(since(since).gone()).isEmpty();
        assertThat(since(since).came()).isEmpty();
        Fcid written = now();
        expunge(first.asLong());
        assertThat(since(written).gone()).containsExactly(MessageUid.of(3));
        assertThat(since(since).gone()).containsExactly(MessageUid.of(3));
    }

    @Test
    void whatLiesBehindTheLogShouldNotBeGuessed() throws Exception {
        Fcid first = now();
        expunge(2);
        Fcid second = now();
        expunge(3);
        assertThat(since(first).gone()).containsExactly(MessageUid.of(2), MessageUid.of(3));
        tombstones.raiseFloor(inbox.getId(), ModSeq.of(second.modSeq())).block();
        assertThat(changes.since(first, now(), inbox, session).blockOptional()).isEmpty();
        assertThat(since(second).gone()).containsExactly(MessageUid.of(3));
    }
}
