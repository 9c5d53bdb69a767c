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
package io.jamesext.dmap.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.mail.MessagingException;

import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.Test;

import io.jamesext.dmap.dmtp.client.DmtpException;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.kernel.mailbox.Spool;

/** Mails that cannot be sent at once. */
class DmtpQueueTest {
    private final MemoryMailQueueFactory queues = new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory());
    private final List<Instant> attempts = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    private DmtpQueue queue(List<Duration> delays, int failures, DmtpException.Kind kind) {
        return new DmtpQueue(queues, Clock.systemUTC(), delays, mail -> {
            attempts.add(Instant.now());
            if (attempts.size() <= failures) {
                throw new DmtpException(kind, "failed");
            }
            ends.add("sent " + new String(mail.getMessage().getRawInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }, (mail, reason) -> ends.add("bounced: " + reason));
    }

    private String end(DmtpQueue queue) throws Exception {
        queue.start();
        try {
            add(queue, "example.net");
            return Objects.requireNonNull(ends.poll(20, TimeUnit.SECONDS), "nothing has become of it");
        } finally {
            queue.stop();
        }
    }

    private static void add(DmtpQueue queue, String destination) throws Exception {
        try (Spool message = new Spool(0)) {
            message.out().write("message".getBytes(StandardCharsets.US_ASCII));
            byte[] header = DimeWrapper.header(Instant.now(), new byte[0], Optional.empty());
            MailImpl mail = MailInTransit.of("example.org", destination);
            MailInTransit.replace(mail, message, header);
            queue.add(mail);
            LifecycleUtil.dispose(mail);
        }
    }

    @Test
    void aMailShouldBeTriedAgainAfterTheDelays() throws Exception {
        List<Duration> delays = List.of(Duration.ofMillis(50), Duration.ofMillis(300), Duration.ofMillis(50));
        assertThat(end(queue(delays, 2, DmtpException.Kind.TEMPORARY))).isEqualTo("sent message");
        assertThat(attempts).hasSize(3);
        assertThat(Duration.between(attempts.get(0), attempts.get(1))).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(Duration.between(attempts.get(1), attempts.get(2))).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void theLastAttemptShouldBeTold() throws Exception {
        List<Duration> delays = List.of(Duration.ofMillis(10), Duration.ofMillis(10));
        assertThat(end(queue(delays, 9, DmtpException.Kind.TEMPORARY))).isEqualTo("bounced: failed");
        assertThat(attempts).hasSize(3);
    }

    @Test
    void aRefusalShouldBeToldAtOnce() throws Exception {
        assertThat(end(queue(List.of(Duration.ofMillis(10)), 9, DmtpException.Kind.PERMANENT))).isEqualTo("bounced: failed");
        assertThat(attempts).hasSize(1);
    }

    @Test
    void aDomainWithoutServerShouldBeTriedThreeTimes() throws Exception {
        List<Duration> delays = List.of(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMillis(10));
        assertThat(end(queue(delays, 9, DmtpException.Kind.NO_SERVER))).isEqualTo("bounced: failed");
        assertThat(attempts).hasSize(3);
    }

    /** James's queue on RabbitMQ hands a mail out at once, whatever its delay is. */
    @Test
    void aMailShouldWaitWhereTheQueueDoesNotHoldIt() throws Exception {
        WatchedQueues rabbit = new WatchedQueues(queues, (queue, mail, delay) -> queue.enQueue(mail));
        DmtpQueue queue = new DmtpQueue(rabbit, Clock.systemUTC(), List.of(Duration.ofMillis(500)), mail -> {
            attempts.add(Instant.now());
            if (attempts.size() == 1) {
                throw new DmtpException(DmtpException.Kind.TEMPORARY, "failed");
            }
            ends.add("sent");
        }, (mail, reason) -> ends.add("bounced"));
        assertThat(end(queue)).isEqualTo("sent");
        assertThat(Duration.between(attempts.get(0), attempts.get(1))).isGreaterThanOrEqualTo(Duration.ofMillis(490));
    }

    /** As where its content is gone. */
    @Test
    void aMailThatCannotBeReadShouldBeTriedAgainAndThenTold() throws Exception {
        DmtpQueue queue = new DmtpQueue(queues, Clock.systemUTC(), List.of(Duration.ofMillis(10), Duration.ofMillis(10)), mail -> {
            attempts.add(Instant.now());
            throw new MessagingException("no content");
        }, (mail, reason) -> ends.add("bounced: " + reason));
        assertThat(end(queue)).isEqualTo("bounced: the server had a fault of its own");
        assertThat(attempts).hasSize(3);
    }

    @Test
    void aMailThatStaysShouldWait() throws Exception {
        List<Instant> bounces = new CopyOnWriteArrayList<>();
        DmtpQueue queue = new DmtpQueue(queues, Clock.systemUTC(), List.of(Duration.ofMillis(300)), mail -> {
            throw new DmtpException(DmtpException.Kind.PERMANENT, "failed");
        }, (mail, reason) -> {
            bounces.add(Instant.now());
            if (bounces.size() == 1) {
                throw new MessagingException("the spool is away");
            }
            ends.add("bounced: " + mail.getMessage().getContentType());
        });
        assertThat(end(queue)).isEqualTo("bounced: " + DimeWrapper.MEDIA_TYPE);
        assertThat(Duration.between(bounces.get(0), bounces.get(1))).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aSlowDomainShouldNotHoldUpOthers() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        DmtpQueue queue = new DmtpQueue(queues, Clock.systemUTC(), List.of(Duration.ofMillis(50)), mail -> {
            if (MailInTransit.attribute(mail, MailInTransit.DESTINATION).orElseThrow().equals("slow.example")) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                waitFor(slow);
                now.decrementAndGet();
                ends.add("slow");
            } else {
                ends.add("sent");
            }
        }, (mail, reason) -> ends.add("bounced: " + reason));
        queue.start();
        try {
            for (int i = 0; i < 100; i++) {
                add(queue, "slow.example");
            }
            add(queue, "example.net");
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("sent");
            slow.countDown();
            for (int i = 0; i < 100; i++) {
                assertThat(ends.poll(20, TimeUnit.SECONDS)).as("has used up no attempt").isEqualTo("slow");
            }
            assertThat(most.get()).isBetween(1, 4);
        } finally {
            queue.stop();
        }
    }

    @Test
    void whatIsBeingSentShouldComeToItsEndWhenJamesStops() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        DmtpQueue queue = new DmtpQueue(queues, Clock.systemUTC(), List.of(), mail -> {
            attempts.add(Instant.now());
            begun.countDown();
            waitFor(answer);
            ends.add("sent");
        }, (mail, reason) -> ends.add("bounced: " + reason));
        queue.start();
        // So that they are still there when the queue is closed.
        queues.createQueue(MailQueueName.of("dmtp"));
        add(queue, "example.net");
        begun.await();
        Thread stop = new Thread(queue::stop);
        stop.start();
        while (stop.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(5);
        }
        add(queue, "example.net");
        Thread.sleep(100);
        answer.countDown();
        stop.join();
        assertThat(ends).containsExactly("sent");
        assertThat(attempts).as("none is begun").hasSize(1);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
