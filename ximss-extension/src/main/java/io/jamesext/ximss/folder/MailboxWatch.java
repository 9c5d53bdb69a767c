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
package io.jamesext.ximss.folder;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.events.MailboxEvents;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.groupware.MailboxClasses;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.reply.Mailbox;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells a session what has become of the mailboxes of its own account that change. James's events only say which to look at: that is done
 * a moment later and once for all that happens meanwhile, so that much mail at once costs as little as one message.
 */
public final class MailboxWatch {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailboxWatch.class);
    /** Each is a registration with James's event bus: with RabbitMQ, a binding. */
    private static final int MAX_MAILBOXES = 1000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration BETWEEN_REFRESHES = Duration.ofMinutes(1);

    private final Sources sources;
    private final MailboxSession session;
    private final Predicate<MailboxId> isOpen;
    private final BiConsumer<MailboxId, Mailbox> tell;
    private final Map<MailboxId, Registration> registrations = new HashMap<>();
    private final Set<MailboxId> due = ConcurrentHashMap.newKeySet();
    private final Listener listener = new Listener();
    private volatile long nextRefresh = System.nanoTime();
    private volatile boolean closed;

    /**
     * What all watches work on.
     *
     * @param eventBus James's bus of mailbox events
     * @param mailboxManager James's mailboxes
     * @param classes their classes
     * @param totals their numbers
     */
    public record Sources(EventBus eventBus, MailboxManager mailboxManager, MailboxClasses classes, MailboxTotals totals) {
    }

    /**
     * Watches nothing yet.
     *
     * @param isOpen whether the session has a folder of that mailbox, which tells of its changes itself
     * @param tell sends a mailbox; called from any thread
     */
    public MailboxWatch(Sources sources, MailboxSession session, Predicate<MailboxId> isOpen, BiConsumer<MailboxId, Mailbox> tell) {
        this.sources = sources;
        this.session = session;
        this.isOpen = isOpen;
        this.tell = tell;
    }

    /**
     * Watches the mailboxes that the account has now, and those no more that it has not. One caller at a time.
     *
     * @param tellNew whether those that were not there before are told as if they had changed
     * @return fails with {@link Failure#TOO_BIG} when there are too many
     */
    public Mono<Void> refresh(boolean tellNew) {
        return sources.mailboxManager.search(MailboxQuery.privateMailboxesBuilder(session).build(), session)
            .map(MailboxMetaData::getId)
            .take(MAX_MAILBOXES + 1L)
            .collect(HashSet<MailboxId>::new, Set::add)
            .flatMap(present -> {
                if (present.size() > MAX_MAILBOXES) {
                    return Mono.error(new ProtocolException(Failure.TOO_BIG, "more than " + MAX_MAILBOXES + " mailboxes to report on"));
                }
                List<MailboxId> gone = registrations.keySet().stream().filter(id -> !present.contains(id)).toList();
                List<MailboxId> added = present.stream().filter(id -> !registrations.containsKey(id)).toList();
                return Flux.fromIterable(gone).concatMap(this::unregister)
                    .thenMany(Flux.fromIterable(added).concatMap(id -> register(id, tellNew)))
                    .then();
            });
    }

    /** Does so at most once a minute, for clients that say something often. Never fails. */
    public Mono<Void> refreshNowAndThen() {
        return Mono.fromCallable(() -> {
            long now = System.nanoTime();
            boolean isDue = now - nextRefresh >= 0;
            if (isDue) {
                nextRefresh = now + BETWEEN_REFRESHES.toNanos();
            }
            return isDue;
        }).filter(isDue -> isDue).flatMap(isDue -> refresh(true)).onErrorResume(error -> {
            LOGGER.warn("the mailboxes of an account could not be listed", error);
            return Mono.empty();
        });
    }

    private Mono<Void> register(MailboxId id, boolean isNews) {
        return Mono.from(sources.eventBus.register(listener, new MailboxIdRegistrationKey(id)))
            .doOnNext(registration -> {
                registrations.put(id, registration);
                if (isNews) {
                    touched(id);
                }
            })
            .then();
    }

    private Mono<Void> unregister(MailboxId id) {
        return Mono.justOrEmpty(registrations.remove(id)).flatMap(registration -> Mono.from(registration.unregister()));
    }

    /** Tells nothing any more. */
    public Mono<Void> close() {
        closed = true;
        return Flux.fromIterable(List.copyOf(registrations.keySet())).concatMapDelayError(this::unregister).then();
    }

    private void touched(MailboxId id) {
        if (!closed && due.add(id)) {
            Mono.delay(PAUSE, Blocking.SCHEDULER)
                .then(Mono.defer(() -> report(id)))
                .subscribe(done -> { }, error -> LOGGER.warn("a mailbox that has changed could not be looked at", error));
        }
    }

    private Mono<Void> report(MailboxId id) {
        // Before the look: what happens during it is looked at again.
        due.remove(id);
        if (closed || isOpen.test(id)) {
            return Mono.empty();
        }
        return Mono.from(sources.mailboxManager.getMailboxReactive(id, session))
            .flatMap(mailbox -> Mono.fromCallable(mailbox::getMailboxPath)
                .filter(path -> path.belongsTo(session))
                .flatMap(path -> Mono.zip(sources.totals.counts(mailbox, session),
                        sources.classes.get(path, session).map(Optional::of).defaultIfEmpty(Optional.empty()))
                    .map(read -> new Mailbox(MailboxNames.name(path, session), Optional.of(read.getT1()), read.getT2(),
                        Optional.empty()))))
            .doOnNext(mailbox -> {
                if (!closed) {
                    tell.accept(id, mailbox);
                }
            })
            // Removed meanwhile.
            .onErrorResume(MailboxNotFoundException.class, gone -> Mono.empty())
            .then();
    }

    /** Called from the event bus's threads. */
    private final class Listener implements EventListener.ReactiveEventListener {
        @Override
        public boolean isHandling(Event event) {
            return event instanceof MailboxEvents.MessageEvent || event instanceof MailboxEvents.MailboxRenamed;
        }

        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            return Mono.fromRunnable(() -> touched(((MailboxEvents.MailboxEvent) event).getMailboxId()));
        }
    }
}
