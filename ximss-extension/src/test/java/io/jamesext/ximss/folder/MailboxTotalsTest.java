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

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.table.MailboxSummaries;
import io.jamesext.ximss.table.MailboxSummary;

@BothBackends
class MailboxTotalsTest {
    private static final Flags MEDIA = new Flags("$Media");

    private MailboxSession session;
    private MessageManager mailbox;
    private MailboxTotals totals;
    private final List<MessageRange> read = new ArrayList<>();

    @BeforeEach
    void setUp() throws Exception {
        TestJames james = TestJames.create();
        session = james.session(TestJames.ALICE);
        mailbox = watched(james.mailboxManager().getMailbox(MailboxPath.inbox(session), session));
        totals = new MailboxTotals(MailboxSummaries.on(james.cassandra().map(SideTables::create)));
    }

    private MessageManager watched(MessageManager real) {
        return (MessageManager) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {MessageManager.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("getMessagesReactive")) {
                    read.add((MessageRange) arguments[0]);
                }
                try {
                    return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
    }

    private void append(int length, long date, Flags flags) throws Exception {
        mailbox.appendMessage(MessageManager.AppendCommand.builder().withFlags(flags)
            .withInternalDate(Date.from(Instant.ofEpochSecond(date)))
            .build(("Subject: a\r\n\r\n" + "x".repeat(length)).getBytes(StandardCharsets.US_ASCII)), session);
    }

    private MailboxSummary total() {
        return Optional.ofNullable(totals.of(mailbox, session).block()).orElseThrow().summary();
    }

    /** By a look at all there is. */
    private void check(String why) throws Exception {
        MailboxSummary found = total();
        List<MessageResult> messages = new ArrayList<>();
        mailbox.getMessages(MessageRange.all(), FetchGroup.MINIMAL, session).forEachRemaining(messages::add);
        assertThat(found.state().messages()).as(why).isEqualTo(messages.size());
        assertThat(found.octets()).as(why).isEqualTo(messages.stream().mapToLong(MessageResult::getSize).sum());
        assertThat(found.oldest()).as(why)
            .isEqualTo(messages.stream().mapToLong(message -> message.getInternalDate().getTime()).min().orElse(Long.MAX_VALUE));
        assertThat(found.media()).as(why).isEqualTo(messages.stream().filter(message -> message.getFlags().contains(MEDIA)).count());
        assertThat(found.unseenMedia()).as(why).isEqualTo(messages.stream()
            .filter(message -> message.getFlags().contains(MEDIA) && !message.getFlags().contains(Flags.Flag.SEEN)).count());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void totalsShouldFollowTheMailbox(long seed) throws Exception {
        Random random = new Random(seed);
        // In the third run nobody ever sets Media, so flags are nothing to count.
        boolean withMedia = seed < 3;
        check("empty");
        for (int round = 0; round < 25; round++) {
            for (int i = random.nextInt(3); i > 0; i--) {
                change(random, withMedia);
            }
            check("seed " + seed + " round " + round);
        }
    }

    private void change(Random random, boolean withMedia) throws Exception {
        List<MessageUid> uids = new ArrayList<>();
        mailbox.getMessages(MessageRange.all(), FetchGroup.MINIMAL, session).forEachRemaining(message -> uids.add(message.getUid()));
        switch (uids.isEmpty() ? 0 : random.nextInt(4)) {
            case 0, 1 -> append(random.nextInt(100), random.nextInt(1_000_000), withMedia && random.nextBoolean() ? MEDIA : new Flags());
            case 2 -> mailbox.delete(List.of(uids.get(random.nextInt(uids.size()))), session);
            default -> mailbox.setFlags(withMedia && random.nextBoolean() ? new Flags(MEDIA) : new Flags(Flags.Flag.SEEN),
                random.nextBoolean() ? FlagsUpdateMode.ADD : FlagsUpdateMode.REMOVE,
                MessageRange.one(uids.get(random.nextInt(uids.size()))), session);
        }
    }

    @Test
    void unchangedMailboxShouldNotBeRead() throws Exception {
        append(1, 1000, new Flags());
        MailboxSummary counted = total();
        mailbox.setFlags(new Flags(Flags.Flag.SEEN), FlagsUpdateMode.ADD, MessageRange.all(), session);
        read.clear();
        MailboxSummary then = total();
        assertThat(then).isEqualTo(counted.at(then.state()));
        assertThat(total()).isEqualTo(then);
        assertThat(read).isEmpty();
    }

    @Test
    void onlyNewMessagesShouldBeReadWhereNothingElseHappened() throws Exception {
        append(1, 1000, new Flags());
        append(1, 2000, new Flags());
        total();
        append(1, 3000, new Flags());
        read.clear();
        check("after an append");
        assertThat(read).containsExactly(MessageRange.from(MessageUid.of(total().state().uidNext() - 1)));
    }
}
