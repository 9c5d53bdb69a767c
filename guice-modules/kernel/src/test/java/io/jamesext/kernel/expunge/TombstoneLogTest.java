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

package io.jamesext.kernel.expunge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** The log's promises, on James's own mod-sequences. */
@BothBackends
class TombstoneLogTest {
    private final Tombstones tombstones = new MemoryTombstones();
    private TestJames james;
    private MailboxSessionMapperFactory mappers;
    private MailboxId inbox;
    private ExpungeLog log;

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        mappers = ((StoreMailboxManager) james.mailboxManager()).getMapperFactory();
        MailboxSession session = james.session(TestJames.ALICE);
        MessageManager manager = james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), session);
        inbox = manager.getId();
        log = new TombstoneLog(tombstones, james.mailboxManager(), mappers);
        for (int i = 0; i < 6; i++) {
            james.append(TestJames.ALICE, "INBOX", "Subject: test\n\nbody\n");
        }
        manager.delete(uids(2, 3, 6), session);
    }

    private static List<MessageUid> uids(long... uids) {
        return LongStream.of(uids).mapToObj(MessageUid::of).toList();
    }

    private ModSeq highest() throws Exception {
        return mappers.getModSeqProvider().highestModSeq(inbox);
    }

    private List<MessageUid> after(ModSeq since) {
        return log.after(inbox, since).collectList().block();
    }

    /** RFC 7162 section 5.1. */
    @Test
    void withoutALogEverythingThatIsNotThereShouldBeTold() throws Exception {
        assertThat(after(highest())).containsExactlyElementsOf(uids(2, 3, 6));
    }

    @Test
    void logShouldSayWhatWasAddedSince() throws Exception {
        ModSeq before = highest();
        log.begin(inbox).block();
        ModSeq begun = highest();
        log.add(inbox, uids(6)).block();
        ModSeq added = highest();
        log.add(inbox, uids(2, 3)).block();
        assertThat(after(before)).containsExactlyElementsOf(uids(2, 3, 6));
        assertThat(after(begun)).containsExactlyElementsOf(uids(6, 2, 3));
        assertThat(after(added)).containsExactlyElementsOf(uids(2, 3));
        assertThat(after(highest())).isEmpty();
        assertThat(added).isGreaterThan(begun);
        assertThat(highest()).isGreaterThan(added);
    }

    @Test
    void whatWasAddedShouldNotBeAddedAgain() throws Exception {
        log.add(inbox, uids(6)).block();
        ModSeq added = highest();
        log.add(inbox, uids(6)).block();
        assertThat(highest()).isEqualTo(added);
        log.add(inbox, uids(2, 6)).block();
        assertThat(after(added)).containsExactlyElementsOf(uids(2));
    }

    @Test
    void logShouldBeginOnce() throws Exception {
        log.begin(inbox).block();
        ModSeq begun = highest();
        log.begin(inbox).block();
        assertThat(highest()).isEqualTo(begun);
    }

    @Test
    void whatWasTrimmedShouldBeToldAsNotThere() throws Exception {
        log.begin(inbox).block();
        ModSeq begun = highest();
        log.add(inbox, uids(2)).block();
        ModSeq first = highest();
        log.add(inbox, uids(3)).block();
        tombstones.raiseFloor(inbox, first).then(tombstones.removeUpTo(inbox, first)).block();
        assertThat(after(begun)).containsExactlyElementsOf(uids(2, 3, 6));
        assertThat(after(first)).containsExactlyElementsOf(uids(3));
    }

    /** Nodes that write tombstones at the same time, others that draw mod-sequences, and a client that comes back all the while. */
    @Test
    void writersAtOnceShouldHideNothingFromAReader() throws Exception {
        log.begin(inbox).block();
        ExpungeLog otherNode = new TombstoneLog(tombstones, james.mailboxManager(), mappers);
        Flux<Void> writers = Flux.range(100, 120)
            .flatMap(uid -> (uid % 2 == 0 ? log : otherNode).add(inbox, uids(uid))
                .then(mappers.getModSeqProvider().nextModSeqReactive(inbox)).then()
                .subscribeOn(Blocking.SCHEDULER), 4);
        AtomicBoolean done = new AtomicBoolean();
        ModSeq known = highest();
        writers.doFinally(signal -> done.set(true)).subscribeOn(Blocking.SCHEDULER).subscribe();
        Set<MessageUid> seen = new HashSet<>();
        boolean last;
        do {
            last = done.get();
            ModSeq now = highest();
            seen.addAll(after(known));
            known = now;
        } while (!last);
        assertThat(seen).containsAll(LongStream.range(100, 220).mapToObj(MessageUid::of).toList());
    }

    @Test
    void droppedMailboxShouldHaveNoLog() {
        log.add(inbox, uids(6)).block();
        log.drop(inbox).block();
        assertThat(tombstones.floor(inbox).blockOptional()).isEmpty();
    }
}
