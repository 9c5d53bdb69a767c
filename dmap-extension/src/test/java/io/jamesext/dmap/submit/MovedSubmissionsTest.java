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
package io.jamesext.dmap.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/**
 * A message that is moved or copied while it is sent. James stores it elsewhere with the flags that it had when it began, and a move
 * deletes it here at the end. PROTOCOL.md section 9.3.
 */
@BothBackends
class MovedSubmissionsTest {
    private static final Delivery PLAIN = new Delivery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final String SUBMITTED = "$Submitted";
    private static final String PENDING = "$SubmitPending";

    private TestJames james;
    private MailboxSession alice;
    private TestQueue queue;
    private Submissions submissions;
    private MessageManager inbox;
    private MessageManager outbox;
    private MessageRange message;

    @BeforeEach
    void start() throws Exception {
        james = TestJames.create();
        alice = james.session(TestJames.ALICE);
        queue = new TestQueue(james);
        Optional<SideTables> tables = james.cassandra().map(SideTables::create);
        submissions = new Submissions(SubmissionTable.on(tables, Clock.systemUTC()), queue.spool(), queue.addresses(),
            TestDime.on(tables, TestDime.settings(Mode.TRUSTFUL)), Clock.systemUTC());
        inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), alice);
        MailboxPath path = MailboxPath.forUser(TestJames.ALICE, "Outbox");
        james.mailboxManager().createMailbox(path, alice);
        outbox = james.mailboxManager().getMailbox(path, alice);
        byte[] mail = "From: alice@example.org\r\nTo: bob@example.org\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);
        message = MessageRange.one(inbox.appendMessage(
            MessageManager.AppendCommand.builder().withFlags(new Flags(PENDING)).build(mail), alice).getId().getUid());
    }

    @AfterEach
    void stop() {
        queue.close();
    }

    private static ComposedMessageIdWithMetaData last(MessageManager mailbox, MailboxSession session) {
        return Flux.from(mailbox.listMessagesMetadata(MessageRange.all(), session)).blockLast();
    }

    private Outcome submit(MessageManager mailbox) {
        return submissions.submit(mailbox, last(mailbox, alice), alice, PLAIN).block();
    }

    private Set<String> flags(MessageManager mailbox) {
        return List.of(last(mailbox, alice).getFlags().getUserFlags()).stream().collect(Collectors.toSet());
    }

    private void copy() {
        try {
            james.mailboxManager().copyMessages(message, inbox.getId(), outbox.getId(), alice);
        } catch (MailboxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void move() {
        try {
            james.mailboxManager().moveMessages(message, inbox.getId(), outbox.getId(), alice);
        } catch (MailboxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void outboxShouldSayThatItWasSent() {
        Outcome outcome = submit(outbox);
        assertThat(outcome.problem().flatMap(Outcome.Problem::code)).contains("SUBMISSIONRACE");
        assertThat(outcome.isChanged()).isTrue();
        assertThat(flags(outbox)).containsExactly(SUBMITTED);
        assertThat(queue.accepted()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCopyWithFlagsOfBeforeShouldNotBeSentToo(boolean isSubmitted) {
        if (isSubmitted) {
            queue.before(this::copy);
        } else {
            copy();
        }
        assertThat(submit(inbox)).isEqualTo(Outcome.SENT);
        assertThat(flags(outbox)).isEqualTo(isSubmitted ? Set.of(PENDING, SUBMITTED) : Set.of(PENDING));
        outboxShouldSayThatItWasSent();
    }

    @Test
    void aMessageThatIsMovedMeanwhileShouldBeSentOnce() {
        queue.before(this::move);
        assertThat(submit(inbox)).isEqualTo(Outcome.SENT);
        outboxShouldSayThatItWasSent();
    }
}
