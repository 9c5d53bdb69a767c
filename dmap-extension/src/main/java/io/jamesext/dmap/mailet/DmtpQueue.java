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

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javax.mail.MessagingException;

import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.dmap.dmtp.client.DmtpException;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The mails that wait to be sent by DMTP, in two queues of James's: one for first attempts, so that these never stand behind mails
 * that have to wait, and one for later ones. A mail leaves a queue when it has been handed over, is in the other queue, or its author
 * has been told.
 */
final class DmtpQueue {
    private static final Logger LOGGER = LoggerFactory.getLogger(DmtpQueue.class);
    private static final MailQueueName FIRST = MailQueueName.of("dmtp");
    private static final MailQueueName LATER = MailQueueName.of("dmtp-later");
    private static final AttributeName ATTEMPTS = AttributeName.of("dime.attempts");
    private static final AttributeName DUE = AttributeName.of("dime.due");
    /** After so many attempts, a domain without a server is believed to have none: the DNS does not tell that from its own failure. */
    private static final int ATTEMPTS_WITHOUT_SERVER = 3;
    /** Transfers at once, of each queue. */
    private static final int AT_ONCE = 16;
    /** Mails that are held until they are due, where James's queue holds none itself: that on RabbitMQ. */
    private static final int HELD = 64;
    /** RabbitMQ takes a mail away from who has held it for half an hour; so it goes to the end of the queue before. */
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(1);

    /** An attempt to send. */
    interface Attempt {
        /** Returns when the mail is the other server's. Blocks. */
        void send(Mail mail) throws DmtpException, IOException, MessagingException;
    }

    /** Tells the author. */
    interface Bounce {
        /** With the reason. Blocks. */
        void of(Mail mail, String reason) throws MessagingException;
    }

    private final MailQueue first;
    private final MailQueue later;
    private final Clock clock;
    private final List<Duration> delays;
    private final Attempt attempt;
    private final Bounce bounce;
    private final List<Disposable> running = new ArrayList<>();

    DmtpQueue(MailQueueFactory<?> queues, Clock clock, List<Duration> delays, Attempt attempt, Bounce bounce) {
        this.first = queues.createQueue(FIRST);
        this.later = queues.createQueue(LATER);
        this.clock = clock;
        this.delays = delays;
        this.attempt = attempt;
        this.bounce = bounce;
    }

    /** A mail to be sent. When this returns, the queue has it. */
    void add(Mail mail) throws MailQueue.MailQueueException {
        first.enQueue(mail);
    }

    /** Begins to send. Nobody waits for what comes of it, so it subscribes by itself, as James's RemoteDelivery does. */
    void start() {
        running.add(run(first, AT_ONCE));
        running.add(run(later, HELD));
    }

    private Disposable run(MailQueue queue, int atOnce) {
        Scheduler threads = Schedulers.newBoundedElastic(AT_ONCE, Integer.MAX_VALUE, queue.getName().asString());
        Disposable mails = Flux.from(queue.deQueue())
            .flatMap(item -> hold(item.getMail()).then(Mono.fromRunnable(() -> process(item)).subscribeOn(threads)), atOnce)
            .onErrorContinue((error, item) -> LOGGER.error("A mail in the queue {} has failed", queue.getName().asString(), error))
            .subscribeOn(Schedulers.boundedElastic())
            .subscribe();
        return Disposables.composite(mails, threads);
    }

    private Mono<Long> hold(Mail mail) {
        Duration wait = untilDue(mail);
        return wait.isNegative() || wait.isZero() ? Mono.empty() : Mono.delay(wait.compareTo(LONGEST_HOLD) < 0 ? wait : LONGEST_HOLD);
    }

    private Duration untilDue(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, DUE, Long.class)
            .map(due -> Duration.between(clock.instant(), Instant.ofEpochMilli(due)))
            .orElse(Duration.ZERO);
    }

    private void process(MailQueue.MailQueueItem item) {
        Mail mail = item.getMail();
        try {
            Duration wait = untilDue(mail);
            if (wait.isNegative() || wait.isZero()) {
                send(mail);
            } else {
                later.enQueue(mail, wait);
            }
            item.done(MailQueue.MailQueueItem.CompletionStatus.SUCCESS);
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("Mail {} stays in the queue", mail.getName(), e);
            stay(item);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    private static void stay(MailQueue.MailQueueItem item) {
        try {
            item.done(MailQueue.MailQueueItem.CompletionStatus.RETRY);
        } catch (MailQueue.MailQueueException e) {
            LOGGER.error("Mail {} is not given back to the queue", item.getMail().getName(), e);
        }
    }

    private void send(Mail mail) throws MessagingException {
        try {
            attempt.send(mail);
            LOGGER.info("Mail {} is sent by DMTP", mail.getName());
        } catch (DmtpException e) {
            LOGGER.info("Mail {} is not sent by DMTP: {}", mail.getName(), e.text(), e.getCause());
            failed(mail, e.kind(), e.text());
        } catch (IOException | RuntimeException e) {
            LOGGER.error("Mail {} cannot be sent by DMTP", mail.getName(), e);
            failed(mail, DmtpException.Kind.TEMPORARY, "the server had a fault of its own");
        }
    }

    private void failed(Mail mail, DmtpException.Kind kind, String reason) throws MessagingException {
        int attempts = AttributeUtils.getValueAndCastFromMail(mail, ATTEMPTS, Integer.class).orElse(0) + 1;
        int most = switch (kind) {
            case TEMPORARY -> delays.size() + 1;
            case NO_SERVER -> Math.min(delays.size() + 1, ATTEMPTS_WITHOUT_SERVER);
            case PERMANENT -> 1;
        };
        if (attempts >= most) {
            bounce.of(mail, reason);
            return;
        }
        Duration delay = delays.get(attempts - 1);
        mail.setAttribute(new Attribute(ATTEMPTS, AttributeValue.of(attempts)));
        mail.setAttribute(new Attribute(DUE, AttributeValue.of(clock.instant().plus(delay).toEpochMilli())));
        later.enQueue(mail, delay);
    }

    /** Ends. What is in the queues stays there. */
    void stop() {
        running.forEach(Disposable::dispose);
        running.clear();
        try {
            first.close();
            later.close();
        } catch (IOException e) {
            LOGGER.warn("The queues of DMTP do not close", e);
        }
    }
}
