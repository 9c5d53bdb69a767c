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
package io.jamesext.lemonade.imap.select;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.model.MailboxId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.inject.Inject;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Registers listeners of mailboxes with James's event bus, those of a mailbox one after the other. With RabbitMQ the first listener of a
 * mailbox binds a queue and the last one unbinds it: of two that cross, James may do the second one's part first, and nobody hears of
 * the mailbox any more.
 */
public final class Registrations {
    private static final Logger LOGGER = LoggerFactory.getLogger(Registrations.class);

    private final EventBus eventBus;
    /** The end of what is under way last for each mailbox. */
    private final Map<MailboxId, Mono<Void>> last = new ConcurrentHashMap<>();

    /** None yet. */
    @Inject
    public Registrations(EventBus eventBus) {
        this.eventBus = eventBus;
    }

    /** Begins to listen. What ends it never fails: there is nothing that the one who leaves could do about it. */
    public Mono<Registration> register(ReactiveEventListener listener, MailboxId mailbox) {
        return afterOthers(mailbox, Mono.defer(() -> Mono.from(eventBus.register(listener, new MailboxIdRegistrationKey(mailbox)))))
            .map(made -> () -> afterOthers(mailbox, Mono.defer(() -> Mono.from(made.unregister())))
                .onErrorResume(e -> Mono.fromRunnable(() ->
                    LOGGER.error("a listener of {} could not be unregistered", mailbox.serialize(), e))));
    }

    private <T> Mono<T> afterOthers(MailboxId mailbox, Mono<T> step) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> ended = Sinks.empty();
            Mono<Void> end = ended.asMono();
            Mono<Void> before = last.put(mailbox, end);
            return (before == null ? Mono.<Void>empty() : before)
                .then(step)
                .doFinally(signal -> {
                    last.remove(mailbox, end);
                    ended.tryEmitEmpty();
                })
                // It goes on when nobody waits for it any more: the next one waits for its end.
                .cache();
        });
    }
}
