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
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

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

import com.google.common.collect.ConcurrentHashMultiset;

import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.dmap.dmtp.client.DmtpException;
import io.jamesext.kernel.operation.Blocking;
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
    /** How often in a row there was no place for the mail's domain. */
    private static final AttributeName BUSY = AttributeName.of("dime.busy");
    /** After so many attempts, a domain without a server is believed to have none: a record may be about to come. */
    private static final int ATTEMPTS_WITHOUT_SERVER = 3;
    /** Transfers at once, of each queue. Each takes a thread. */
    private static final int AT_ONCE = 32;
    /** Transfers at once to one domain with all below it: one that is slow, or away, does not hold up those to others. */
    private static final int TO_ONE_DOMAIN = 4;
    /** How often the pause of a mail without a place is doubled: up to five minutes, for each time it is written anew. */
    private static final int DOUBLED = 5;
    /** Mails that are held until they are due, where James's queue holds none itself: that on RabbitMQ. */
    private static final int HELD = 64;
    /** RabbitMQ takes a mail away from who has held it for half an hour; so it goes to the end of the queue before. */
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(1);
    /** Before what could not be done now is looked at again; no longer than before a second attempt. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** For what is being sent when James stops. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(10);

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
    private final Duration pause;
    private final Attempt attempt;
    private final Bounce bounce;
    private final ConcurrentHashMultiset<String> domains = ConcurrentHashMultiset.create();
    /** Has a permit less for each mail that is being worked on, and none after the end. */
    private final Semaphore working = new Semaphore(Integer.MAX_VALUE);
    private volatile boolean stopping;
    private final List<Disposable> running = new ArrayList<>();

    DmtpQueue(MailQueueFactory<?> queues, Clock clock, List<Duration> delays, Attempt attempt, Bounce bounce) {
        this.first = queues.createQueue(FIRST);
        this.later = queues.createQueue(LATER);
        this.clock = clock;
        this.delays = delays;
        this.pause = delays.stream().findFirst().filter(first -> first.compareTo(LONGEST_PAUSE) < 0).orElse(LONGEST_PAUSE);
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
            .flatMap(item -> taken(item, threads), atOnce)
            .onErrorContinue((error, item) -> LOGGER.error("A mail in the queue {} has failed", queue.getName().asString(), error))
            .subscribeOn(Schedulers.boundedElastic())
            .subscribe();
        return Disposables.composite(mails, threads);
    }

    private Mono<Void> taken(MailQueue.MailQueueItem item, Scheduler threads) {
        return hold(item.getMail())
            // At the end, what is not begun stays as it is: the queue hands it out again after the next start.
            .then(Mono.defer(() -> stopping ? Mono.never() : on(threads, () -> work(item))))
            .onErrorResume(failure -> {
                LOGGER.error("Mail {} stays in the queue", item.getMail().getName(), failure);
                // The queue hands it out again at once.
                return Mono.delay(pause).then(on(threads, () -> item.done(MailQueue.MailQueueItem.CompletionStatus.RETRY)));
            })
            .doFinally(signal -> LifecycleUtil.dispose(item.getMail()))
            .onErrorStop();
    }

    private static Mono<Void> on(Scheduler threads, Blocking.Action work) {
        return Mono.<Void>fromCallable(() -> {
            work.run();
            return null;
        }).subscribeOn(threads);
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

    private void work(MailQueue.MailQueueItem item) throws MessagingException {
        if (!stopping && working.tryAcquire()) {
            try {
                process(item);
            } finally {
                working.release();
            }
        }
    }

    private void process(MailQueue.MailQueueItem item) throws MessagingException {
        Mail mail = item.getMail();
        Duration wait = untilDue(mail);
        if (wait.isNegative() || wait.isZero()) {
            sendUnlessBusy(mail);
        } else {
            later.enQueue(mail, wait);
        }
        item.done(MailQueue.MailQueueItem.CompletionStatus.SUCCESS);
    }

    private void sendUnlessBusy(Mail mail) throws MessagingException {
        // Whoever has a domain has as many below it as they like.
        String domain = MailInTransit.attribute(mail, MailInTransit.DESTINATION)
            .map(name -> Domains.registered(name.toLowerCase(Locale.ROOT))).orElse("");
        if (domains.add(domain, 1) < TO_ONE_DOMAIN) {
            try {
                mail.removeAttribute(BUSY);
                send(mail);
            } finally {
                domains.remove(domain);
            }
        } else {
            domains.remove(domain);
            waitForPlace(mail);
        }
    }

    /** No attempt. Some sooner and some later, so that they do not meet again. */
    private void waitForPlace(Mail mail) throws MailQueue.MailQueueException {
        int busy = AttributeUtils.getValueAndCastFromMail(mail, BUSY, Integer.class).orElse(0);
        mail.setAttribute(new Attribute(BUSY, AttributeValue.of(busy + 1)));
        long longest = pause.toMillis() << Math.min(busy, DOUBLED);
        postpone(mail, Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1)));
    }

    private void send(Mail mail) throws MessagingException {
        try {
            attempt.send(mail);
            LOGGER.info("Mail {} is sent by DMTP", mail.getName());
        } catch (DmtpException e) {
            LOGGER.info("Mail {} is not sent by DMTP: {}", mail.getName(), e.text(), e.getCause());
            failed(mail, e.kind(), e.text());
        } catch (IOException | MessagingException | RuntimeException e) {
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
            // What is kept for the operator has all its attempts when it is given back.
            mail.removeAttribute(ATTEMPTS);
            mail.removeAttribute(DUE);
            bounce.of(mail, reason);
            return;
        }
        mail.setAttribute(new Attribute(ATTEMPTS, AttributeValue.of(attempts)));
        postpone(mail, delays.get(attempts - 1));
    }

    private void postpone(Mail mail, Duration delay) throws MailQueue.MailQueueException {
        mail.setAttribute(new Attribute(DUE, AttributeValue.of(clock.instant().plus(delay).toEpochMilli())));
        later.enQueue(mail, delay);
    }

    /** Ends. What is in the queues stays there; what is being sent has some seconds to be told that it has come. Blocks. */
    void stop() {
        stopping = true;
        try {
            if (!working.tryAcquire(Integer.MAX_VALUE, LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.warn("Transfers by DMTP are cut off; what they send may come twice");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
