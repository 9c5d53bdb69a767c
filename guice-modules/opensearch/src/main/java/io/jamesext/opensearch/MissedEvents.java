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

import org.apache.james.events.Event;
import org.apache.james.events.EventDeadLetters;
import org.apache.james.events.EventDeadLetters.InsertionId;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.model.MailboxId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.inject.Inject;
import com.google.inject.Singleton;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which mailboxes have changes that are not in the index: James's dead letters of our group, one event for each mailbox and outage, so that
 * a long outage leaves no more of them than there are mailboxes. They are stored at once: James's own retries would hold up each delivery
 * for half a minute on a bus within the JVM. Where the dead letters are durable, as on Cassandra, they outlive James.
 */
@Singleton
final class MissedEvents {
    private static final Logger LOGGER = LoggerFactory.getLogger(MissedEvents.class);

    private final EventDeadLetters deadLetters;
    private final Outage outage;

    @Inject
    MissedEvents(EventDeadLetters deadLetters, Outage outage) {
        this.deadLetters = deadLetters;
        this.outage = outage;
    }

    /** Indexes the event, or keeps it for {@link CatchUp}; fails only when it cannot be kept either, and then James retries. */
    Mono<Void> indexOrKeep(Event event, MailboxId mailbox, Mono<Void> indexing) {
        return Mono.defer(() -> outage.lasts() ? keep(event, mailbox) : indexing.onErrorResume(failure -> {
            if (failure instanceof IndexUnavailableException) {
                outage.begins(failure);
            } else {
                LOGGER.error("The event {} could not be indexed", event.getEventId().getId(), failure);
            }
            return keep(event, mailbox);
        }));
    }

    private Mono<Void> keep(Event event, MailboxId mailbox) {
        return outage.isFirstChangeOf(mailbox)
            ? deadLetters.store(OpenSearchMessageSearchIndex.GROUP, event).doOnError(failure -> outage.forget(mailbox)).then()
            : Mono.empty();
    }

    Flux<InsertionId> ids() {
        return deadLetters.failedIds(OpenSearchMessageSearchIndex.GROUP);
    }

    /** The mailbox that the event is about; empty where another node was faster. */
    Mono<MailboxId> mailbox(InsertionId id) {
        return deadLetters.failedEvent(OpenSearchMessageSearchIndex.GROUP, id).ofType(MailboxEvent.class).map(MailboxEvent::getMailboxId);
    }

    Mono<Void> remove(InsertionId id) {
        return Mono.defer(() -> deadLetters.remove(OpenSearchMessageSearchIndex.GROUP, id));
    }
}
