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

package io.jamesext.kernel.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.apache.james.events.Registration;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.MimeMessageId;
import org.apache.james.mailbox.store.mail.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

/** Messages arrive by James's own manager, as from SMTP; the table is asked for the next one. */
class MemoryThreadsTest {
    private static final MessageId NEXT = InMemoryMessageId.of(1_000_000);
    private static final String FIRST = "Message-ID: <first@example.org>\r\nSubject: Lunch\r\n\r\n";

    private TestJames james;
    private MemoryThreads threads;
    private Registration registration;
    private MailboxSession alice;

    @BeforeEach
    void listen() throws Exception {
        james = TestJames.create();
        threads = new MemoryThreads(james.mailboxManager(), new NaiveThreadIdGuessingAlgorithm());
        registration = james.eventBus().register(threads);
        alice = james.session(TestJames.ALICE);
    }

    @AfterEach
    void unregister() {
        Mono.from(registration.unregister()).block();
    }

    @Test
    void replyShouldBeInTheThreadOfItsMessage() throws Exception {
        james.append(TestJames.ALICE, "INBOX", FIRST);
        assertThat(threadOfReply("Re: Lunch", alice)).isEqualTo(thread("INBOX"));
    }

    @Test
    void anotherSubjectShouldBeAnotherThread() throws Exception {
        james.append(TestJames.ALICE, "INBOX", FIRST);
        assertThat(threadOfReply("Dinner", alice)).isEqualTo(ThreadId.fromBaseMessageId(NEXT));
    }

    @Test
    void threadsOfOthersShouldNotBeKnown() throws Exception {
        james.append(TestJames.ALICE, "INBOX", FIRST);
        assertThat(threadOfReply("Re: Lunch", james.session(TestJames.BOB))).isEqualTo(ThreadId.fromBaseMessageId(NEXT));
    }

    @Test
    void messageWithoutIdsShouldBeAThreadOfItsOwn() throws Exception {
        james.append(TestJames.ALICE, "INBOX", "Subject: Lunch\r\n\r\n");
        assertThat(guess(Optional.empty(), Optional.of("Lunch"), alice)).isEqualTo(ThreadId.fromBaseMessageId(NEXT));
    }

    @Test
    void eachOfSeveralReferencesShouldBeOneId() throws Exception {
        james.append(TestJames.ALICE, "INBOX", "References: <zero@example.org>\r\n <first@example.org>\r\nSubject: Re: Lunch\r\n\r\n");
        assertThat(threadOfReply("Lunch", alice)).isEqualTo(thread("INBOX"));
    }

    @Test
    void threadShouldLastUntilTheLastCopyIsGone() throws Exception {
        james.append(TestJames.ALICE, "INBOX", FIRST);
        ThreadId thread = thread("INBOX");
        james.mailboxManager().createMailbox(MailboxPath.forUser(TestJames.ALICE, "Copy"), alice);
        james.mailboxManager().copyMessages(MessageRange.all(), MailboxPath.inbox(TestJames.ALICE),
            MailboxPath.forUser(TestJames.ALICE, "Copy"), alice);
        MessageManager inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), alice);
        inbox.delete(List.of(MessageUid.MIN_VALUE), alice);
        assertThat(threadOfReply("Lunch", alice)).isEqualTo(thread);
        james.mailboxManager().deleteMailbox(MailboxPath.forUser(TestJames.ALICE, "Copy"), alice);
        assertThat(threadOfReply("Lunch", alice)).isEqualTo(ThreadId.fromBaseMessageId(NEXT));
    }

    private ThreadId thread(String mailbox) throws Exception {
        MessageManager manager = james.mailboxManager().getMailbox(MailboxPath.forUser(TestJames.ALICE, mailbox), alice);
        MessageResult message = manager.getMessages(MessageRange.all(), FetchGroup.MINIMAL, alice).next();
        return message.getThreadId();
    }

    private ThreadId threadOfReply(String subject, MailboxSession session) {
        return guess(Optional.of(new MimeMessageId("<first@example.org>")), Optional.of(subject), session);
    }

    private ThreadId guess(Optional<MimeMessageId> inReplyTo, Optional<String> subject, MailboxSession session) {
        return threads.guessThreadIdReactive(NEXT, Optional.empty(), inReplyTo, Optional.empty(), subject.map(Subject::new), session)
            .block();
    }
}
