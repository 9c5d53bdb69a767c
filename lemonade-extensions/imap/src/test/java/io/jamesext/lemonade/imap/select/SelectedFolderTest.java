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

package io.jamesext.lemonade.imap.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import javax.mail.Flags;

import org.apache.james.events.Event;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.encode.FakeImapSession;
import org.apache.james.imap.message.response.ExpungeResponse;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.TestMessageId;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.mailbox.PermanentFlags;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

/** What happens while a client is being told is told next. */
@BothBackends
class SelectedFolderTest {
    private TestJames james;
    private MailboxSession other;
    private MessageManager manager;
    private SelectedFolder folder;
    private long modSeq = 9;

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        other = james.session(TestJames.ALICE);
        manager = james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), other);
        folder = new SelectedFolder(james.mailboxManager(), manager, james.session(TestJames.ALICE), new PermanentFlags(true, true, true));
        folder.loaded(uids(1, 2, 5), List.of(), new Flags(), ModSeq.of(9));
    }

    private static List<MessageUid> uids(long... uids) {
        return LongStream.of(uids).mapToObj(MessageUid::of).toList();
    }

    private void happened(Event event) {
        Mono.from(folder.reactiveEvent(event)).block();
    }

    private Event expunged(long uid) throws Exception {
        return new Expunged(other.getSessionId(), other.getUser(), manager.getMailboxPath(), manager.getId(),
            ImmutableMap.of(MessageUid.of(uid), metaData(uid)), Event.EventId.random());
    }

    private Event added(long uid) throws Exception {
        return new Added(other.getSessionId(), other.getUser(), manager.getMailboxPath(), manager.getId(),
            new TreeMap<>(ImmutableMap.of(MessageUid.of(uid), metaData(uid))), Event.EventId.random(), false);
    }

    private Event flagged(long uid) throws Exception {
        modSeq++;
        return new FlagsUpdated(other.getSessionId(), other.getUser(), manager.getMailboxPath(), manager.getId(),
            ImmutableList.of(UpdatedFlags.builder().uid(MessageUid.of(uid)).modSeq(ModSeq.of(modSeq)).oldFlags(new Flags())
                .newFlags(new Flags(Flags.Flag.SEEN)).build()), Event.EventId.random());
    }

    private static MessageMetaData metaData(long uid) {
        return new MessageMetaData(MessageUid.of(uid), ModSeq.of(1), new Flags(), 1, new Date(), Optional.empty(), TestMessageId.of(uid),
            ThreadId.fromBaseMessageId(TestMessageId.of(uid)));
    }

    @Test
    void numbersShouldStayUntilTheClientIsTold() throws Exception {
        happened(added(6));
        assertThat(folder.existsCount()).isEqualTo(3);
        assertThat(folder.getLastUid()).contains(MessageUid.of(5));
        assertThat(folder.isSizeChanged()).isTrue();
        assertThat(folder.existsCount()).isEqualTo(4);
        assertThat(folder.isSizeChanged()).isFalse();
    }

    @Test
    void expungeWhileTheClientIsToldOfAnotherShouldComeNext() throws Exception {
        happened(expunged(1));
        assertThat(folder.expungedUids()).containsExactly(MessageUid.of(1));
        happened(expunged(5));
        folder.remove(MessageUid.of(1));
        folder.resetExpungedUids();
        folder.resetEvents();
        assertThat(folder.expungedUids()).containsExactly(MessageUid.of(5));
    }

    @Test
    void flagsThatChangeWhileTheClientIsToldOfThemShouldComeNext() throws Exception {
        happened(flagged(1));
        assertThat(folder.flagUpdateUids()).containsExactly(MessageUid.of(1));
        happened(flagged(1));
        happened(flagged(2));
        folder.resetEvents();
        assertThat(folder.flagUpdateUids()).containsExactly(MessageUid.of(1), MessageUid.of(2));
        folder.resetEvents();
        assertThat(folder.flagUpdateUids()).isEmpty();
    }

    /** RFC 7162 section 3.2: a client that is cut off has missed nothing below the highest mod-sequence that it has seen. */
    @Test
    void changedFlagsShouldBeToldInTheOrderOfTheirChanges() throws Exception {
        happened(flagged(5));
        happened(flagged(2));
        happened(flagged(1));
        happened(flagged(2));
        assertThat(folder.flags().first(2, folder::contains)).isEqualTo(uids(5, 1));
        assertThat(folder.flags().firstLeft()).contains(ModSeq.of(13));
        folder.resetEvents();
        assertThat(folder.flagUpdateUids()).isEqualTo(uids(2));
        assertThat(folder.flags().firstLeft()).isEmpty();
    }

    @Test
    void arrivalWhileTheClientIsToldOfAnotherShouldComeNext() throws Exception {
        happened(added(6));
        assertThat(folder.isSizeChanged()).isTrue();
        happened(added(7));
        folder.resetEvents();
        assertThat(folder.isSizeChanged()).isTrue();
        assertThat(folder.existsCount()).isEqualTo(5);
    }

    /** RFC 3501 section 2.3.1.1: no number is ever pushed up, be the last message gone or not. */
    @Test
    void messageBelowOneThatIsToldShouldNotBeTold() throws Exception {
        happened(added(7));
        Thread.sleep(Arrivals.PATIENCE.toMillis());
        folder.lookup().missed(folder.arrivals(), 1, 100).block();
        assertThat(folder.isSizeChanged()).isTrue();
        happened(added(6));
        assertThat(folder.isSizeChanged()).isFalse();
        happened(expunged(7));
        folder.remove(MessageUid.of(7));
        folder.resetExpungedUids();
        happened(added(6));
        assertThat(folder.isSizeChanged()).isFalse();
        assertThat(folder.msn(MessageUid.of(5)).asInt()).contains(3);
        assertThat(folder.existsCount()).isEqualTo(3);
    }

    @Test
    void messageThatComesWhileTheFolderIsReadShouldHaveItsPlace() throws Exception {
        folder = new SelectedFolder(james.mailboxManager(), manager, james.session(TestJames.ALICE), new PermanentFlags(true, true, true));
        happened(added(3));
        happened(added(6));
        folder.loaded(uids(1, 2, 5), List.of(), new Flags(), ModSeq.of(9));
        assertThat(folder.existsCount()).isEqualTo(4);
        assertThat(folder.msn(MessageUid.of(3)).asInt()).contains(3);
        assertThat(folder.isSizeChanged()).isTrue();
        assertThat(folder.getLastUid()).contains(MessageUid.of(6));
    }

    @Test
    void messageThatComesAboveAGapWhileTheFolderIsReadShouldBeLookedAtLater() throws Exception {
        folder = new SelectedFolder(james.mailboxManager(), manager, james.session(TestJames.ALICE), new PermanentFlags(true, true, true));
        happened(added(7));
        CountDownLatch rung = new CountDownLatch(1);
        folder.news().listen(rung::countDown);
        folder.loaded(uids(1, 2, 5), List.of(), new Flags(), ModSeq.of(9));
        assertThat(rung.await(5, TimeUnit.SECONDS)).isTrue();
        folder.lookup().missed(folder.arrivals(), 1, 100).block();
        assertThat(folder.isSizeChanged()).isTrue();
        assertThat(folder.getLastUid()).contains(MessageUid.of(7));
    }

    /** On Cassandra messages have their UIDs before they are stored. */
    @Test
    void messagesOnTheirWayWhenTheMailboxIsSelectedShouldNotBeHidden() throws Exception {
        List<MessageUid> stored = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stored.add(manager.appendMessage(MessageManager.AppendCommand.builder().build("A: b\r\n\r\nc"), other).getId().getUid());
        }
        manager.delete(stored.subList(1, 3), other);
        ExpungeLog log = (ExpungeLog) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ExpungeLog.class},
            (self, method, arguments) -> Mono.empty());
        FakeImapSession session = new FakeImapSession();
        session.setMailboxSession(james.session(TestJames.ALICE));
        folder = new SelectedFolder(james.mailboxManager(), manager, session.getMailboxSession(), new PermanentFlags(true, true, true));
        new Opening(james.mailboxManager(), new SelectProcessor.Services(new Registrations(james.eventBus()), log, new OpenFolders()))
            .open(folder, session, Optional.empty(), false).block();
        happened(added(stored.get(2).asLong()));
        assertThat(folder.isSizeChanged()).isFalse();
        happened(added(stored.get(1).asLong()));
        assertThat(folder.isSizeChanged()).isTrue();
        assertThat(folder.existsCount()).isEqualTo(3);
    }

    @Test
    void newMessagesThatWereTooManyShouldBeReadInParts() throws Exception {
        List<MessageUid> stored = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            stored.add(manager.appendMessage(MessageManager.AppendCommand.builder().build("A: b\r\n\r\nc"), other).getId().getUid());
        }
        folder = new SelectedFolder(james.mailboxManager(), manager, james.session(TestJames.ALICE), new PermanentFlags(true, true, true));
        folder.loaded(stored.subList(0, 1), List.of(), new Flags(), ModSeq.of(9));
        folder.arrivals().came(LongStream.rangeClosed(2, Arrivals.MAX_WAITING + 2).mapToObj(MessageUid::of).toList(), false);
        folder.lookup().missed(folder.arrivals(), 1, 3).block();
        assertThat(folder.isSizeChanged()).isTrue();
        assertThat(folder.existsCount()).isEqualTo(4);
        assertThat(folder.arrivals().areReady()).isTrue();
        folder.lookup().missed(folder.arrivals(), 1, 3).block();
        assertThat(folder.isSizeChanged()).isTrue();
        assertThat(folder.getLastUid()).contains(stored.get(4));
        assertThat(folder.arrivals().areReady()).isFalse();
    }

    /** RFC 3501 section 2.3.1.1: it cannot be told later than one with a higher UID. */
    @Test
    void messageWhoseEventIsLostShouldBeFound() throws Exception {
        List<MessageUid> stored = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stored.add(manager.appendMessage(MessageManager.AppendCommand.builder().build("A: b\r\n\r\nc"), other).getId().getUid());
        }
        folder = new SelectedFolder(james.mailboxManager(), manager, james.session(TestJames.ALICE), new PermanentFlags(true, true, true));
        folder.loaded(stored.subList(0, 1), List.of(), new Flags(), ModSeq.of(9));
        CountDownLatch rung = new CountDownLatch(2);
        folder.news().listen(rung::countDown);
        happened(added(stored.get(2).asLong()));
        assertThat(folder.isSizeChanged()).isFalse();
        assertThat(rung.await(5, TimeUnit.SECONDS)).as("when the patience is over").isTrue();
        folder.lookup().missed(folder.arrivals(), 1, 100).block();
        assertThat(folder.isSizeChanged()).isTrue();
        assertThat(folder.existsCount()).isEqualTo(3);
        assertThat(folder.msn(stored.get(1)).asInt()).contains(2);
    }

    /** RFC 7162 section 3.2.10.2: VANISHED only of what was announced. */
    @Test
    void messageThatCameAndWentUnheardOfShouldNotBeTold() throws Exception {
        happened(added(6));
        happened(expunged(6));
        happened(expunged(4));
        assertThat(folder.isSizeChanged()).isFalse();
        assertThat(folder.expungedUids()).isEmpty();
        assertThat(folder.arrivals().gone()).isEqualTo(uids(4, 6));
    }

    /** RFC 3501 section 7.4.1: what the list has is announced, and so is its end. */
    @Test
    void messagesThatComeAndGoWhileTheFolderIsReadShouldNotStay() throws Exception {
        folder = new SelectedFolder(james.mailboxManager(), manager, james.session(TestJames.ALICE), new PermanentFlags(true, true, true));
        happened(added(2));
        happened(expunged(2));
        happened(expunged(3));
        happened(added(3));
        happened(added(4));
        happened(expunged(4));
        folder.loaded(uids(1, 2, 3, 5), List.of(), new Flags(), ModSeq.of(9));
        assertThat(folder.existsCount()).isEqualTo(4);
        assertThat(folder.expungedUids()).isEqualTo(uids(2, 3));
    }

    @Test
    @Timeout(10)
    void aLargeMailboxShouldBeEmptiedInNoTime() throws Exception {
        int size = 400_000;
        folder = new SelectedFolder(james.mailboxManager(), manager, james.session(TestJames.ALICE), new PermanentFlags(true, true, true));
        folder.loaded(uids(LongStream.rangeClosed(1, size).toArray()), List.of(), new Flags(), ModSeq.of(9));
        MessageMetaData metaData = metaData(1);
        happened(new Expunged(other.getSessionId(), other.getUser(), manager.getMailboxPath(), manager.getId(),
            LongStream.rangeClosed(1, size).mapToObj(MessageUid::of).collect(ImmutableMap.toImmutableMap(uid -> uid, uid -> metaData)),
            Event.EventId.random()));
        FakeImapSession session = new FakeImapSession();
        session.setMailboxSession(james.session(TestJames.ALICE));
        session.selected(folder).block();
        AtomicInteger told = new AtomicInteger();
        Responder responder = new Responder() {
            @Override
            public void respond(ImapResponseMessage message) {
                if (message instanceof ExpungeResponse expunge) {
                    assertThat(expunge.getMessageSequenceNumber().asInt()).contains(1);
                    told.incrementAndGet();
                }
            }

            @Override
            public void flush() {
            }
        };
        Unsolicited.tell(session, responder, Unsolicited.During.OTHER).block();
        assertThat(told).hasValue(size);
        assertThat(folder.existsCount()).isZero();
    }

    @Test
    void firstFromShouldFindThePlaceOfAnyUid() {
        assertThat(LongStream.of(1, 2, 3, 5, 6, Long.MAX_VALUE).mapToObj(uid -> MessageSet.firstFrom(folder, uid)))
            .containsExactly(1, 2, 3, 3, 4, 4);
    }
}
