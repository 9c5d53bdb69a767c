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
package io.jamesext.agap.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.james.core.Username;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.inject.Inject;

import io.jamesext.agap.session.AgapSession;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The presence of users, and the connections of this node that have announced any. AGAP section 4.33: a user whose connections have all
 * gone is no longer online. A connection is a lease in the store, which this node renews while it lives.
 */
public final class Presences {
    private static final Logger LOGGER = LoggerFactory.getLogger(Presences.class);
    /** How long users stay online whose node has stopped without a word. */
    private static final Duration LEASE = Duration.ofMinutes(5);
    /** Leases that are renewed at once. */
    private static final int CONCURRENCY = 16;

    private record Attendance(Username user, UUID connection) {
    }

    private final PresenceStore store;
    private final Clock clock;
    private final Duration lease;
    private final Map<AgapSession, Attendance> attending = new ConcurrentHashMap<>();
    private @Nullable Disposable renewal;

    /** On this store. */
    @Inject
    public Presences(PresenceStore store, Clock clock) {
        this(store, clock, LEASE);
    }

    /** With another lease, in whole seconds. */
    public Presences(PresenceStore store, Clock clock, Duration lease) {
        this.store = store;
        this.clock = clock;
        this.lease = lease;
    }

    /** The time that announcements and answers are of. */
    public Instant now() {
        return clock.instant();
    }

    /** What was announced by a user; empty for anybody else. */
    public Mono<Presence> find(Username user) {
        return store.find(user);
    }

    /** The session's user has announced something. While it is not that they are away, they are online no longer than their connections. */
    public Mono<Void> announce(AgapSession session, Statement statement) {
        Username user = session.mailboxSession().getUser();
        Mono<Void> attended = statement.state() == Statement.State.AWAY ? Mono.empty() : Mono.defer(() -> attend(session, user));
        return store.announce(user, statement).then(attended);
    }

    /** The session's user has set a text. */
    public Mono<Void> put(AgapSession session, PresenceStore.Text text, String value) {
        return store.put(session.mailboxSession().getUser(), text, value);
    }

    private Mono<Void> attend(AgapSession session, Username user) {
        Attendance attendance = attending.computeIfAbsent(session, first -> new Attendance(user, UUID.randomUUID()));
        session.onDeparture(() -> leave(session));
        keepRenewing();
        return store.attend(user, attendance.connection, now(), lease);
    }

    /** Blocks. */
    private void leave(AgapSession session) {
        Optional.ofNullable(attending.remove(session))
            .ifPresent(attendance -> store.leave(attendance.user, attendance.connection, now()).block());
        stopRenewing();
    }

    private synchronized void keepRenewing() {
        if (renewal == null) {
            long millis = lease.toMillis() / 3;
            renewal = Blocking.SCHEDULER.schedulePeriodically(this::renew, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void stopRenewing() {
        if (renewal != null && attending.isEmpty()) {
            renewal.dispose();
            renewal = null;
        }
    }

    private void renew() {
        Flux.fromIterable(attending.values())
            .flatMap(attendance -> store.attend(attendance.user, attendance.connection, now(), lease)
                .onErrorResume(error -> {
                    // Until the next round the lease still runs.
                    LOGGER.warn("the presence of {} could not be renewed", attendance.user.asString(), error);
                    return Mono.empty();
                }), CONCURRENCY)
            .then()
            .block();
    }
}
