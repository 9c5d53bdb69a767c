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
package io.jamesext.dmap.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import javax.mail.Flags;

import org.apache.james.events.Event;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.store.event.EventFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Exists;
import io.jamesext.dmap.reply.Expunged;
import io.jamesext.testing.mailbox.TestJames;

/** What waits for a client that is told nothing, or not all. Draft section 3.3.1.2. */
class MailboxChangesTest {
    private static final Telling PLAIN = new Telling(false, false, false, false);
    private static final Telling QRESYNC = new Telling(true, true, true, false);

    private MailboxSession session;
    private Mailbox inbox;
    private MailboxChanges changes;
    private Uids uids;

    @BeforeEach
    void setUp() throws Exception {
        TestJames james = TestJames.create();
        session = james.session(TestJames.ALICE);
        inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), session).getMailboxEntity();
        changes = new MailboxChanges(session.getSessionId());
        uids = new Uids(new long[] {1, 2, 3});
    }

    private static MessageMetaData message(long uid) {
        InMemoryMessageId id = InMemoryMessageId.of(uid);
        return new MessageMetaData(MessageUid.of(uid), ModSeq.of(uid), new Flags(), 1, new Date(), Optional.empty(), id,
            ThreadId.fromBaseMessageId(id));
    }

    private Event added(long uid) {
        return EventFactory.added().randomEventId().mailboxSession(session).mailbox(inbox).addMetaData(message(uid)).isDelivery(false)
            .build();
    }

    private Event expunged(long uid) {
        return EventFactory.expunged().randomEventId().mailboxSession(session).mailbox(inbox).addMetaData(message(uid)).build();
    }

    private List<DmapReply> apply(boolean mayRenumber, Telling telling) {
        return changes.apply(uids, mayRenumber, telling);
    }

    @Test
    void nothingShouldBeKeptOfWhatNobodyHasHeardOf() {
        apply(false, QRESYNC);
        LongStream.range(4, 1000).forEach(uid -> {
            changes.add(added(uid));
            changes.add(expunged(uid));
        });
        assertThat(changes.size()).isZero();
        assertThat(apply(true, QRESYNC)).isEmpty();
    }

    @Test
    void whatTheClientKnowsShouldBeToldAsSoonAsItMay() {
        apply(false, PLAIN);
        changes.add(added(4));
        assertThat(apply(false, PLAIN)).containsExactly(new Exists(4));
        changes.add(expunged(4));
        assertThat(apply(false, PLAIN)).isEmpty();
        assertThat(apply(true, PLAIN)).containsExactly(new Expunged(4));
        assertThat(changes.size()).isZero();
    }

    /** Its event and that of its end may come before the client's view has been read with it. */
    @Test
    void aMessageOfTheFirstViewShouldNotStayInIt() {
        changes.add(added(3));
        changes.add(expunged(3));
        assertThat(apply(true, PLAIN)).containsExactly(new Expunged(3));
    }
}
