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

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.model.MessageId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.dmap.submit.SubmissionTable.Claim;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What every table of submissions does. */
@BothBackends
class SubmissionTableTest {
    private final TestClock clock = new TestClock();
    private final MessageId message = InMemoryMessageId.of(ThreadLocalRandom.current().nextLong(100, Long.MAX_VALUE));
    private final UUID one = UUID.randomUUID();
    private final UUID two = UUID.randomUUID();
    private Optional<SideTables> tables;
    private SubmissionTable table;

    @BeforeEach
    void setUp() throws Exception {
        tables = TestJames.create().cassandra().map(SideTables::create);
        table = SubmissionTable.on(tables, clock);
    }

    private Claim claim(UUID owner) {
        return table.claim(message, owner).block();
    }

    @Test
    void oneOfManyShouldGetTheMessage() {
        List<Claim> claims = Flux.range(0, 32)
            .flatMap(i -> table.claim(message, UUID.randomUUID()).subscribeOn(Schedulers.boundedElastic()), 32)
            .collectList().block();
        assertThat(claims).hasSize(32).containsOnlyOnce(Claim.FREE).containsOnly(Claim.FREE, Claim.BUSY);
    }

    @Test
    void otherMessagesShouldBeFree() {
        assertThat(claim(one)).isEqualTo(Claim.FREE);
        assertThat(table.claim(InMemoryMessageId.of(1), two).block()).isEqualTo(Claim.FREE);
        table.release(InMemoryMessageId.of(1), two).block();
    }

    @Test
    void theOwnerAloneShouldGiveBack() {
        claim(one);
        table.release(message, two).block();
        assertThat(claim(two)).isEqualTo(Claim.BUSY);
        table.release(message, one).block();
        assertThat(claim(two)).isEqualTo(Claim.FREE);
    }

    @Test
    void aRowThatNobodyEndedShouldBeTakenOverOnce() {
        claim(one);
        clock.advance(SubmissionTable.LEASE.minusSeconds(5));
        assertThat(claim(two)).isEqualTo(Claim.BUSY);
        clock.advance(SubmissionTable.LEASE);
        List<Claim> claims = Flux.range(0, 8)
            .flatMap(i -> table.claim(message, UUID.randomUUID()).subscribeOn(Schedulers.boundedElastic()), 8)
            .collectList().block();
        assertThat(claims).hasSize(8).containsOnlyOnce(Claim.ABANDONED).containsOnly(Claim.ABANDONED, Claim.BUSY);
    }

    @Test
    void aRowOfASentMessageShouldSaySo() {
        claim(one);
        table.sent(message, two).block();
        table.sent(message, one).block();
        assertThat(claim(two)).isEqualTo(Claim.BUSY);
        clock.advance(SubmissionTable.LEASE.plusSeconds(5));
        assertThat(claim(two)).isEqualTo(Claim.SENT);
        assertThat(claim(one)).isEqualTo(Claim.SENT);
    }

    @Test
    void aSentMessageShouldBeKnownFromWhenItsFlagsSaySo() {
        claim(one);
        table.settled(message, two).block();
        assertThat(claim(two)).isEqualTo(Claim.BUSY);
        table.settled(message, one).block();
        assertThat(claim(two)).isEqualTo(Claim.SENT);
        table.release(message, two).block();
        assertThat(claim(UUID.randomUUID())).isEqualTo(Claim.SENT);
    }

    /** The owner wakes up while another one is taking its row over: at whatever step, what it says is not lost. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aRowShouldNotBeTakenFromWhoSaysMeanwhileThatItHasSent(int step) {
        AtomicInteger steps = new AtomicInteger();
        SubmissionTable[] meddled = new SubmissionTable[1];
        meddled[0] = SubmissionTable.on(tables, new Clock() {
            @Override
            public Instant instant() {
                if (steps.getAndDecrement() == 1) {
                    // Reactor may take this very thread for free, and block() would wait for what is to be done on it.
                    Scheduler.Worker own = Blocking.SCHEDULER.createWorker();
                    meddled[0].sent(message, one).block();
                    own.dispose();
                }
                return clock.instant();
            }

            @Override
            public ZoneId getZone() {
                return clock.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return clock.withZone(zone);
            }
        });
        meddled[0].claim(message, one).block();
        clock.advance(SubmissionTable.LEASE.plusSeconds(5));
        steps.set(step);
        Claim claim = meddled[0].claim(message, two).block();
        // A table that does it in fewer steps is not disturbed.
        boolean isDisturbed = steps.getAndSet(0) <= 0;
        assertThat(claim).isEqualTo(isDisturbed ? Claim.BUSY : Claim.ABANDONED);
        clock.advance(SubmissionTable.LEASE.plusSeconds(5));
        assertThat(meddled[0].claim(message, two).block()).isEqualTo(isDisturbed ? Claim.SENT : Claim.ABANDONED);
    }

    @Test
    void whoHasLostARowShouldNotSayThatItWasSent() {
        claim(one);
        clock.advance(SubmissionTable.LEASE.plusSeconds(5));
        assertThat(claim(two)).isEqualTo(Claim.ABANDONED);
        table.sent(message, one).block();
        clock.advance(SubmissionTable.LEASE.plusSeconds(5));
        assertThat(claim(one)).isEqualTo(Claim.ABANDONED);
    }
}
