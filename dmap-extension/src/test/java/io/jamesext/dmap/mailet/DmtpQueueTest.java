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

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
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
        try (Spool message = new Spool(0)) {
            message.out().write("message".getBytes(StandardCharsets.US_ASCII));
            byte[] header = DimeWrapper.header(Instant.now(), new byte[0], Optional.empty());
            MailImpl mail = MailInTransit.of(message, header, "example.org", "example.net");
            queue.add(mail);
            LifecycleUtil.dispose(mail);
            return Objects.requireNonNull(ends.poll(20, TimeUnit.SECONDS), "nothing has become of it");
        } finally {
            queue.stop();
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
        MailQueueFactory<MailQueue> rabbit = new MailQueueFactory<>() {
            @Override
            public Optional<MailQueue> getQueue(MailQueueName name, PrefetchCount count) {
                return queues.getQueue(name, count).map(MailQueue.class::cast);
            }

            @Override
            public MailQueue createQueue(MailQueueName name, PrefetchCount count) {
                MailQueue real = queues.createQueue(name, count);
                return (MailQueue) Proxy.newProxyInstance(MailQueue.class.getClassLoader(), new Class<?>[] {MailQueue.class},
                    (proxy, method, arguments) -> method.getName().equals("enQueue") && arguments.length == 2
                        ? MailQueue.class.getMethod("enQueue", Mail.class).invoke(real, arguments[0])
                        : method.invoke(real, arguments));
            }

            @Override
            public Set<MailQueueName> listCreatedMailQueues() {
                return queues.listCreatedMailQueues();
            }
        };
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
}
