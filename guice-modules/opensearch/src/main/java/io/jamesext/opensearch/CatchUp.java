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
package io.jamesext.opensearch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.annotation.PreDestroy;

import org.apache.james.events.EventDeadLetters.InsertionId;
import org.apache.james.lifecycle.api.Startable;
import org.apache.james.mailbox.model.MailboxId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import reactor.core.publisher.Mono;

/**
 * Brings the mailboxes with missed events into the index when OpenSearch is back, also those of before James's start: one after the other,
 * in a thread of its own, asking OpenSearch ever less often while it is down. An event says only which mailbox to compare with the index,
 * so that neither the order of events nor a second node that does the same matters. What the index refuses stays for the operator
 * (WebAdmin, {@code /events/deadLetter}) and is tried again at the next start.
 */
@Singleton
public final class CatchUp implements Startable {
    private static final Logger LOGGER = LoggerFactory.getLogger(CatchUp.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int EVENTS_PER_ROUND = 1000;
    private static final int MAX_REFUSED = 10_000;

    private final MissedEvents missed;
    private final Outage outage;
    private final IndexCreation creation;
    private final MailboxIndex index;
    private final IndexUpdates updates;
    private final Set<MailboxId> changed = new HashSet<>();
    private final Set<InsertionId> refused = new HashSet<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
        new ThreadFactoryBuilder().setNameFormat("opensearch-catch-up").setDaemon(true).build());
    private Duration pause = SHORTEST_PAUSE;

    @Inject
    CatchUp(MissedEvents missed, Outage outage, IndexCreation creation, MailboxIndex index, IndexUpdates updates) {
        this.missed = missed;
        this.outage = outage;
        this.creation = creation;
        this.index = index;
        this.updates = updates;
    }

    public void start() {
        thread.execute(this::roundAfterRound);
    }

    @PreDestroy
    public void stop() {
        thread.shutdownNow();
    }

    private void roundAfterRound() {
        try {
            pause = round() ? SHORTEST_PAUSE : longer(pause);
        } catch (RuntimeException e) {
            LOGGER.warn("Catching up with missed events failed, the next attempt is in {}", pause, e);
            pause = longer(pause);
        } finally {
            if (!thread.isShutdown()) {
                thread.schedule(this::roundAfterRound, pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Answers whether something was caught up with: then there may be more. */
    private boolean round() {
        // Asked also when nothing failed: so an outage is known before the next mail waits for it, and a deleted index is made again.
        if (!attempt(creation.whereMissing().then(index.probe()))) {
            return false;
        }
        changed.addAll(outage.ends());
        // Listed before any mailbox is compared: what these events are about is seen by the comparing.
        List<InsertionId> events = Objects.requireNonNull(
            missed.ids().filter(id -> !refused.contains(id)).take(EVENTS_PER_ROUND).collectList().block());
        Set<MailboxId> agreeing = new HashSet<>();
        for (MailboxId mailbox : List.copyOf(changed)) {
            if (outage.lasts()) {
                break;
            }
            if (attempt(updates.agree(mailbox))) {
                agreeing.add(mailbox);
            }
            if (!outage.lasts()) {
                changed.remove(mailbox);
            }
        }
        long done = events.stream().takeWhile(event -> !outage.lasts()).filter(event -> catchUp(event, agreeing)).count();
        if (!agreeing.isEmpty()) {
            LOGGER.info("Caught up with {} mailboxes", agreeing.size());
        }
        return done > 0 || !agreeing.isEmpty();
    }

    private boolean catchUp(InsertionId event, Set<MailboxId> agreeing) {
        boolean done = attempt(missed.mailbox(event)
            .filter(mailbox -> !agreeing.contains(mailbox))
            .flatMap(mailbox -> updates.agree(mailbox).then(Mono.<Void>fromRunnable(() -> agreeing.add(mailbox))))
            .then(missed.remove(event)));
        if (!done && !outage.lasts()) {
            LOGGER.error("The missed event {} cannot be indexed and stays in the dead letters", event.asString());
            if (refused.size() >= MAX_REFUSED) {
                refused.clear();
            }
            refused.add(event);
        }
        return done;
    }

    private boolean attempt(Mono<Void> work) {
        return Boolean.TRUE.equals(work.thenReturn(true)
            .onErrorResume(IndexUnavailableException.class, failure -> Mono.fromRunnable(() -> outage.begins(failure)))
            .onErrorResume(failure -> Mono.fromRunnable(() -> LOGGER.warn("Not caught up", failure)))
            .block());
    }
}
