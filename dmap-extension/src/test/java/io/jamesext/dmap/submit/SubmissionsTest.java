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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.ComposedMessageId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;

import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whatever breaks and whoever dies: nothing is sent twice, and flags say what was sent. PROTOCOL.md section 9.3. */
@BothBackends
class SubmissionsTest {
    private static final Delivery PLAIN = new Delivery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final String MESSAGE = "From: alice@example.org\r\nTo: bob@example.org\r\n\r\nHello\r\n";
    private static final String SUBMITTED = "$Submitted";
    private static final String PENDING = "$SubmitPending";

    private final TestClock clock = new TestClock();
    private TestJames james;
    private TestQueue queue;
    private SubmissionTable table;
    private Submissions submissions;
    private MessageManager inbox;

    @BeforeEach
    void start() throws Exception {
        james = TestJames.create();
        queue = new TestQueue(james);
        Optional<SideTables> tables = james.cassandra().map(SideTables::create);
        table = SubmissionTable.on(tables, clock);
        Dime dime = TestDime.on(tables, TestDime.settings(Mode.TRUSTFUL));
        submissions = new Submissions(table, queue.spool(), queue.addresses(), dime, clock);
        inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), james.session(TestJames.ALICE));
    }

    @AfterEach
    void stop() {
        queue.close();
    }

    private ComposedMessageId waiting(String... keywords) throws Exception {
        Flags flags = new Flags();
        Arrays.stream(keywords).forEach(flags::add);
        return inbox.appendMessage(MessageManager.AppendCommand.builder().withFlags(flags)
            .build(MESSAGE.getBytes(StandardCharsets.US_ASCII)), james.session(TestJames.ALICE)).getId();
    }

    private Outcome submit(MessageManager mailbox, ComposedMessageId message) {
        return begin(mailbox, message).block(Duration.ofSeconds(20));
    }

    private Mono<Outcome> begin(MessageManager mailbox, ComposedMessageId message) {
        return Flux.from(mailbox.listMessagesMetadata(MessageRange.one(message.getUid()), james.session(TestJames.ALICE))).next()
            .flatMap(found -> submissions.submit(mailbox, found, james.session(TestJames.ALICE), PLAIN));
    }

    private Set<String> flags(ComposedMessageId message) {
        return Flux.from(inbox.listMessagesMetadata(MessageRange.one(message.getUid()), james.session(TestJames.ALICE)))
            .flatMapIterable(found -> List.of(found.getFlags().getUserFlags())).collect(Collectors.toSet()).block();
    }

    private static Optional<String> code(Outcome outcome) {
        return outcome.problem().flatMap(Outcome.Problem::code);
    }

    /** The mailbox, where some changes of flags come to something else. */
    private MessageManager mailbox(BiPredicate<FlagsUpdateMode, Flags> which, Mono<Object> instead) {
        return (MessageManager) Proxy.newProxyInstance(MessageManager.class.getClassLoader(), new Class<?>[] {MessageManager.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("setFlagsReactive") && which.test((FlagsUpdateMode) arguments[1], (Flags) arguments[0])) {
                    return instead;
                }
                try {
                    return method.invoke(inbox, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
    }

    @Test
    void aSentMessageShouldSaySo() throws Exception {
        ComposedMessageId message = waiting(PENDING, SubmitFlags.FAILED);
        assertThat(submit(inbox, message)).isEqualTo(Outcome.SENT);
        assertThat(flags(message)).containsExactly(SUBMITTED);
        assertThat(queue.accepted()).hasSize(1);
        assertThat(code(submit(inbox, message))).contains("SUBMISSIONRACE");
        assertThat(queue.accepted()).hasSize(1);
    }

    @Test
    void aSentMessageShouldNotBeSentAgain() throws Exception {
        ComposedMessageId message = waiting(PENDING);
        submit(inbox, message);
        inbox.setFlags(new Flags(PENDING), FlagsUpdateMode.REPLACE, MessageRange.one(message.getUid()), james.session(TestJames.ALICE));
        Outcome outcome = submit(inbox, message);
        assertThat(code(outcome)).contains("SUBMISSIONRACE");
        assertThat(outcome.isChanged()).isTrue();
        assertThat(flags(message)).containsExactly(SUBMITTED);
        assertThat(queue.accepted()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = {"CAUTIOUS", "PARANOID"})
    void plainMessagesShouldBeDeniedWhereTheServerIsNotTrusted(Mode mode) throws Exception {
        Dime dime = TestDime.on(Optional.empty(), TestDime.settings(mode));
        submissions = new Submissions(table, queue.spool(), queue.addresses(), dime, clock);
        ComposedMessageId message = waiting(PENDING);
        Outcome outcome = submit(inbox, message);
        assertThat(code(outcome)).contains("POLICYDENIED");
        assertThat(outcome.isChanged()).isFalse();
        assertThat(flags(message)).containsExactly(PENDING);
        assertThat(queue.accepted()).isEmpty();
        assertThat(table.claim(message.getMessageId(), UUID.randomUUID()).block()).isEqualTo(SubmissionTable.Claim.FREE);
    }

    @Test
    void whatAClientSubmitsItselfShouldBeLeftToIt() throws Exception {
        ComposedMessageId message = waiting(PENDING, SUBMITTED);
        Outcome outcome = submit(inbox, message);
        assertThat(code(outcome)).contains("SUBMISSIONRACE");
        assertThat(outcome.isChanged()).isFalse();
        assertThat(flags(message)).containsExactlyInAnyOrder(PENDING, SUBMITTED);
        assertThat(queue.accepted()).isEmpty();
    }

    @Test
    void aQueueThatTakesNothingShouldFailTheMessage() throws Exception {
        ComposedMessageId message = waiting(PENDING);
        queue.breakDown(true);
        Outcome outcome = submit(inbox, message);
        assertThat(outcome.isChanged()).isTrue();
        assertThat(outcome.problem()).isPresent();
        assertThat(flags(message)).containsExactly(SubmitFlags.FAILED);
        // Who sets \SubmitPending again tries again.
        queue.breakDown(false);
        inbox.setFlags(new Flags(PENDING), FlagsUpdateMode.ADD, MessageRange.one(message.getUid()), james.session(TestJames.ALICE));
        assertThat(submit(inbox, message)).isEqualTo(Outcome.SENT);
        assertThat(flags(message)).containsExactly(SUBMITTED);
    }

    @Test
    void nothingShouldBeSentBeforeItsFlagIsWritten() throws Exception {
        ComposedMessageId message = waiting(PENDING);
        Outcome outcome = submit(mailbox((mode, flags) -> flags.contains(SUBMITTED) && mode == FlagsUpdateMode.ADD,
            Mono.error(new MailboxException("broken"))), message);
        assertThat(outcome.isSent()).isFalse();
        assertThat(flags(message)).containsExactly(SubmitFlags.FAILED);
        assertThat(queue.accepted()).isEmpty();
    }

    @Test
    void aMessageWhoseLastFlagsCannotBeWrittenShouldBeSettledLater() throws Exception {
        ComposedMessageId message = waiting(PENDING);
        Outcome outcome = submit(mailbox((mode, flags) -> mode == FlagsUpdateMode.REMOVE, Mono.error(new MailboxException("broken"))),
            message);
        assertThat(outcome.isSent()).isFalse();
        assertThat(outcome.isChanged()).isTrue();
        assertThat(queue.accepted()).hasSize(1);
        assertThat(code(submit(inbox, message))).contains("SUBMISSIONRACE");
        assertThat(flags(message)).containsExactlyInAnyOrder(PENDING, SUBMITTED);
        clock.advance(SubmissionTable.LEASE.plusSeconds(5));
        Outcome later = submit(inbox, message);
        assertThat(code(later)).contains("SUBMISSIONRACE");
        assertThat(later.isChanged()).isTrue();
        assertThat(flags(message)).containsExactly(SUBMITTED);
        assertThat(queue.accepted()).hasSize(1);
    }

    @Test
    void whoDiesBeforeItsFlagIsWrittenShouldLeaveAMessageThatIsMarkedAsFailed() throws Exception {
        ComposedMessageId message = waiting(PENDING);
        die(mailbox((mode, flags) -> flags.contains(SUBMITTED), Mono.never()), message);
        assertThat(code(submit(inbox, message))).contains("SUBMISSIONRACE");
        assertThat(queue.accepted()).isEmpty();
        clock.advance(SubmissionTable.LEASE.plusSeconds(5));
        assertThat(code(submit(inbox, message))).contains("SUBMISSIONRACE");
        assertThat(flags(message)).containsExactly(SubmitFlags.FAILED);
        inbox.setFlags(new Flags(PENDING), FlagsUpdateMode.ADD, MessageRange.one(message.getUid()), james.session(TestJames.ALICE));
        assertThat(submit(inbox, message)).isEqualTo(Outcome.SENT);
        assertThat(flags(message)).containsExactly(SUBMITTED);
        assertThat(queue.accepted()).hasSize(1);
    }

    @Test
    void whoDiesAroundTheQueueShouldLeaveAMessageThatIsMarkedAsFailed() throws Exception {
        ComposedMessageId message = waiting(PENDING);
        MessageManager dying = mailbox((mode, flags) -> {
            if (mode == FlagsUpdateMode.ADD && flags.contains(SUBMITTED)) {
                inbox(flags, message);
                return true;
            }
            return false;
        }, Mono.never());
        die(dying, message);
        assertThat(flags(message)).containsExactlyInAnyOrder(PENDING, SUBMITTED);
        clock.advance(SubmissionTable.LEASE.plusSeconds(5));
        Outcome outcome = submit(inbox, message);
        assertThat(code(outcome)).contains("SUBMISSIONRACE");
        assertThat(outcome.isChanged()).isTrue();
        assertThat(flags(message)).containsExactly(SubmitFlags.FAILED);
        assertThat(queue.accepted()).isEmpty();
    }

    private void inbox(Flags flags, ComposedMessageId message) {
        try {
            inbox.setFlags(flags, FlagsUpdateMode.ADD, MessageRange.one(message.getUid()), james.session(TestJames.ALICE));
        } catch (MailboxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoDiesBehindTheQueueShouldLeaveAMessageThatIsKnownToBeSent() throws Exception {
        ComposedMessageId message = waiting(PENDING);
        die(mailbox((mode, flags) -> mode == FlagsUpdateMode.REMOVE, Mono.never()), message);
        assertThat(queue.accepted()).hasSize(1);
        clock.advance(SubmissionTable.LEASE.plusSeconds(5));
        assertThat(code(submit(inbox, message))).contains("SUBMISSIONRACE");
        assertThat(flags(message)).containsExactly(SUBMITTED);
        assertThat(queue.accepted()).hasSize(1);
    }

    /** Runs into what never answers, and is given up. */
    private void die(MessageManager mailbox, ComposedMessageId message) {
        assertThat(begin(mailbox, message).timeout(Duration.ofSeconds(2), Mono.empty()).blockOptional()).isEmpty();
    }

    @Test
    void whoIsTooSlowShouldNotSend() throws Exception {
        ComposedMessageId message = waiting(PENDING);
        MessageManager slow = mailbox((mode, flags) -> {
            if (flags.contains(SUBMITTED) && mode == FlagsUpdateMode.ADD) {
                clock.advance(SubmissionTable.LEASE);
            }
            return false;
        }, Mono.empty());
        assertThat(submit(slow, message).isSent()).isFalse();
        assertThat(flags(message)).containsExactly(SubmitFlags.FAILED);
        assertThat(queue.accepted()).isEmpty();
    }

    @Test
    void whatHasBegunShouldGoOnWhenItsClientLeaves() throws Exception {
        ComposedMessageId message = waiting(PENDING);
        queue.before(() -> pause(Duration.ofMillis(500)));
        begin(inbox, message).timeout(Duration.ofMillis(200), Mono.empty()).block();
        assertThat(queue.next().mail().getRecipients()).hasSize(1);
        for (int i = 0; i < 100 && flags(message).size() > 1; i++) {
            pause(Duration.ofMillis(50));
        }
        assertThat(flags(message)).containsExactly(SUBMITTED);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Breaks each step now and then, by a seed. A message is sent at most once, and if its flags say that it was sent, it was. */
    @Test
    void flagsShouldAgreeWithWhatWasSentWhateverBreaks() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            ComposedMessageId message = waiting(PENDING);
            int before = queue.accepted().size();
            for (int attempt = 0; attempt < 4; attempt++) {
                queue.breakDown(random.nextInt(3) == 0);
                FlagsUpdateMode bad = random.nextBoolean() ? FlagsUpdateMode.ADD : FlagsUpdateMode.REMOVE;
                boolean breaks = random.nextInt(3) == 0;
                Publisher<Object> error = Mono.error(new MailboxException("broken"));
                submit(mailbox((mode, flags) -> breaks && mode == bad, Mono.from(error)), message);
                clock.advance(SubmissionTable.LEASE.plusSeconds(5));
            }
            queue.breakDown(false);
            // Whatever is left half-way is settled now.
            submit(inbox, message);
            int sent = queue.accepted().size() - before;
            assertThat(sent).as("seed %s", seed).isLessThanOrEqualTo(1);
            assertThat(flags(message)).as("seed %s", seed)
                .isEqualTo(sent == 1 ? Set.of(SUBMITTED) : Set.of(SubmitFlags.FAILED));
        }
    }
}
