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

package io.jamesext.lemonade.imap.sort;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.google.common.primitives.Longs;

import io.jamesext.lemonade.imap.search.MailboxSource;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** What is read of a mailbox to sort it, and what is not. */
@BothBackends
class MessageOrderTest {
    private static final List<String> SUBJECTS = List.of("delta", "bravo", "echo", "alpha", "charlie");

    private final AtomicInteger questions = new AtomicInteger();
    private final List<Long> uids = new ArrayList<>();
    private TestJames james;
    private MailboxSession session;
    private MailboxSource mailbox;
    private MessageOrder order = new MessageOrder();

    @BeforeEach
    void fill() throws Exception {
        james = TestJames.create();
        session = james.session(TestJames.ALICE);
        for (String subject : SUBJECTS) {
            uids.add(append("Subject: " + subject + "\n\nx\n"));
        }
        mailbox = counting(james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), session));
    }

    @Test
    void warmOrderShouldAskTheMailboxNothing() throws Exception {
        assertThat(sorted(SortKey.SUBJECT, uids)).isEqualTo(at(3, 1, 4, 0, 2));
        assertThat(questions).hasValue(1);
        assertThat(sorted(SortKey.SUBJECT, uids)).isEqualTo(at(3, 1, 4, 0, 2));
        assertThat(sorted(SortKey.ARRIVAL, at(2, 0))).isEqualTo(at(0, 2));
        assertThat(sorted(SortKey.DISPLAYTO, at(2, 0))).isEqualTo(at(0, 2));
        assertThat(order.rows(uids, mailbox).block()).extracting(MessageRow::uid).isEqualTo(uids);
        assertThat(questions).hasValue(1);
        uids.add(append("Subject: able\n\nx\n"));
        assertThat(sorted(SortKey.SUBJECT, uids)).isEqualTo(at(5, 3, 1, 4, 0, 2));
        assertThat(questions).hasValue(2);
    }

    @Test
    void whatTheMailboxKnowsShouldNeedNoHeader() {
        assertThat(sorted(SortKey.SIZE, uids)).isEqualTo(at(2, 0, 1, 3, 4));
        assertThat(sorted(SortKey.ARRIVAL, uids)).isEqualTo(uids);
        assertThat(questions).hasValue(1);
    }

    @Test
    void orderShouldFollowNewMessages() throws Exception {
        Random random = new Random(1);
        SortOrder bySubject = new SortOrder(List.of(new SortOrder.Criterion(SortKey.SUBJECT, true)));
        for (int i = 0; i < 30; i++) {
            uids.add(append("Subject: " + random.nextInt(10) + "\n\nx\n"));
            List<Long> some = uids.stream().filter(uid -> random.nextInt(3) > 0).toList();
            // Sizes are known of more messages than subjects.
            sorted(SortKey.SIZE, uids);
            List<Long> expected = new MessageOrder().rows(bySubject, some, mailbox).block().stream()
                .sorted(bySubject.comparator()).map(MessageRow::uid).toList();
            assertThat(Longs.asList(order.sort(bySubject, some, mailbox).block())).isEqualTo(expected);
        }
    }

    @Test
    void orderWithoutRoomShouldSortAsWell() {
        order = new MessageOrder(0);
        assertThat(sorted(SortKey.SUBJECT, uids)).isEqualTo(at(3, 1, 4, 0, 2));
        assertThat(sorted(SortKey.SUBJECT, at(4, 3))).isEqualTo(at(3, 4));
        assertThat(questions).hasValue(2);
    }

    @Test
    void messagesThatHaveGoneShouldBeLeftOut() throws Exception {
        james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), session)
            .delete(List.of(MessageUid.of(uids.get(1))), session);
        assertThat(sorted(SortKey.SUBJECT, uids)).isEqualTo(at(3, 4, 0, 2));
        assertThat(sorted(SortKey.SIZE, List.of(99_999L))).isEmpty();
        assertThat(sorted(SortKey.SUBJECT, List.of())).isEmpty();
    }

    @Test
    void scatteredMessagesShouldBeSorted() throws Exception {
        for (int i = 0; i < 40; i++) {
            uids.add(append("Subject: " + (char) ('z' - i % 20) + "\n\nx\n"));
        }
        assertThat(sorted(SortKey.SUBJECT, at(44, 3, 20))).isEqualTo(at(3, 44, 20));
        assertThat(sorted(SortKey.SUBJECT, at(0, 24))).isEqualTo(at(0, 24));
    }

    @Test
    void rowsShouldFindTheirPlaceInASortedList() throws Exception {
        SortOrder bySubject = new SortOrder(List.of(new SortOrder.Criterion(SortKey.SUBJECT, true)));
        List<MessageRow> sorted = order.rows(bySubject, uids, mailbox).block().stream().sorted(bySubject.comparator()).toList();
        long late = append("Subject: Re: charlie\n\nx\n");
        MessageRow row = order.rows(bySubject, List.of(late), mailbox).block().get(0);
        // Behind the other "charlie", for REVERSE does not turn the order of the mailbox.
        assertThat(-1 - Collections.binarySearch(sorted, row, bySubject.comparator())).isEqualTo(3);
    }

    private long append(String message) throws Exception {
        return james.append(TestJames.ALICE, "INBOX", message);
    }

    private List<Long> sorted(SortKey key, List<Long> wanted) {
        return Longs.asList(order.sort(new SortOrder(List.of(new SortOrder.Criterion(key, false))), wanted, mailbox).block());
    }

    private List<Long> at(int... places) {
        return Arrays.stream(places).mapToObj(uids::get).toList();
    }

    private MailboxSource counting(MessageManager manager) {
        Class<?>[] kind = {MessageManager.class};
        MessageManager counting = (MessageManager) Proxy.newProxyInstance(getClass().getClassLoader(), kind,
            (proxy, method, arguments) -> {
                if (method.getName().equals("getMessagesReactive")) {
                    questions.incrementAndGet();
                    // Contents are never asked for.
                    assertThat(arguments[1]).isIn(FetchGroup.MINIMAL, FetchGroup.HEADERS);
                }
                try {
                    return method.invoke(manager, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        return new MailboxSource(counting, session);
    }
}
