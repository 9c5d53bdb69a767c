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

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.model.MessageId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.dmap.submit.SubmissionTable.Claim;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** What every table of submissions does. */
@BothBackends
class SubmissionTableTest {
    private final TestClock clock = new TestClock();
    private final MessageId message = InMemoryMessageId.of(ThreadLocalRandom.current().nextLong(100, Long.MAX_VALUE));
    private final UUID one = UUID.randomUUID();
    private final UUID two = UUID.randomUUID();
    private SubmissionTable table;

    @BeforeEach
    void setUp() throws Exception {
        table = SubmissionTable.on(TestJames.create().cassandra().map(SideTables::create), clock);
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
        clock.advance(SubmissionTable.LEASE.plusSeconds(5));
        // The second has died too.
        assertThat(claim(one)).isEqualTo(Claim.SENT);
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
