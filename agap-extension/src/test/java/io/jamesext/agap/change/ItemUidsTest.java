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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.expunge.MemoryTombstones;
import io.jamesext.kernel.expunge.TombstoneLog;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.Connection;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

@BothBackends
class ItemUidsTest {
    private final AliasTable aliases = new MemoryAliasTable();
    private MessageManager inbox;
    private MailboxSession mailboxSession;
    private AgapSession session;
    private ExpungeLog log;
    private ModSeq begun;
    private ItemUids uids;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void setUp() throws Exception {
        TestJames james = TestJames.create();
        mailboxSession = james.session(ALICE);
        inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(ALICE), mailboxSession);
        for (int i = 0; i < 5; i++) {
            james.append(ALICE, "INBOX", "Subject: test\n\nbody\n");
        }
        MailboxSessionMapperFactory mappers = ((StoreMailboxManager) james.mailboxManager()).getMapperFactory();
        log = new TombstoneLog(new MemoryTombstones(), james.mailboxManager(), mappers);
        log.begin(inbox.getId()).block();
        begun = mappers.getModSeqProvider().highestModSeq(inbox.getId());
        uids = new ItemUids(aliases, log);
        session = new AgapSession((Connection<Line, AgapReply>) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] {Connection.class}, (connection, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            }));
        session.authenticated(mailboxSession);
    }

    private static MessageUid uid(long uid) {
        return MessageUid.of(uid);
    }

    private List<Long> there() {
        return Flux.from(inbox.listMessagesMetadata(MessageRange.all(), mailboxSession))
            .map(message -> message.getComposedMessageId().getUid().asLong()).sort().collectList().block();
    }

    private MessageUid message(long item) {
        return uids.message(uid(item), inbox, mailboxSession).block();
    }

    @Test
    void anItemThatWasNeverChangedShouldBeItsOwnMessage() {
        assertThat(message(2)).isEqualTo(uid(2));
        assertThat(message(77)).isEqualTo(uid(77));
    }

    @Test
    void theLastMessageShouldBeTheItemAndTheOnlyOne() {
        uids.replace(uid(4), uid(2), inbox, session).block();
        assertThat(message(2)).isEqualTo(uid(4));
        uids.replace(uid(5), uid(2), inbox, session).block();
        assertThat(message(2)).isEqualTo(uid(5));
        assertThat(there()).containsExactly(1L, 3L, 5L);
        assertThat(session.takeChanges().folders()).containsExactly(inbox.getId());
        // Its message has no item of its own.
        assertThatThrownBy(() -> message(5)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aDeletedItemShouldNotComeBackWithWhatWasLeftOfIt() throws Exception {
        // As when DATT was interrupted before the old message went.
        aliases.put(inbox.getId(), uid(4), uid(2)).block();
        uids.delete(List.of(message(2), uid(3)), inbox, session).block();
        assertThat(there()).containsExactly(1L, 5L);
        assertThatThrownBy(() -> message(2)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void onlyWhatIsNotThereShouldHaveMovedAway() throws Exception {
        inbox.delete(List.of(uid(2), uid(4)), mailboxSession);
        uids.moved(List.of(uid(2), uid(3), uid(4)), inbox, session).block();
        assertThat(log.after(inbox.getId(), begun).collectList().block()).containsExactlyInAnyOrder(uid(2), uid(4));
    }
}
