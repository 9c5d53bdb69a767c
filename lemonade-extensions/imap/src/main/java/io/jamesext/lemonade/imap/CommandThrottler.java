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
package io.jamesext.lemonade.imap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imapserver.netty.ReactiveThrottler;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.reactivestreams.Publisher;

import io.jamesext.lemonade.imap.frame.Conversation;
import io.jamesext.lemonade.imap.frame.Slots;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * At most so many commands of a listener run at once, the next ones wait in their order, and further ones are refused: James's keys
 * {@code concurrentRequests} and {@code maxQueueSize}. News for clients wait among them and are never refused: a connection has
 * them once at a time. In James's own class a command that queues up just as the last one ends may wait for ever, and so does one whose
 * own work fails after it has waited.
 */
final class CommandThrottler extends ReactiveThrottler {
    private final int slots;
    private final int queueSize;
    private final Deque<Permit> waiting = new ArrayDeque<>();
    private int taken;
    private int waitingNews;

    /** A slot, or the place in the queue for one. Given back once, whichever of end and cancellation comes first. */
    private final class Permit {
        private final Sinks.Empty<Void> turn = Sinks.empty();
        private final AtomicBoolean givenBack = new AtomicBoolean();
        private final boolean news;

        Permit(boolean news) {
            this.news = news;
        }

        void giveBack() {
            if (givenBack.compareAndSet(false, true) && !leaveQueue(this)) {
                passOn();
            }
        }
    }

    /**
     * @param slots how many commands run at once; negative for no limit
     * @param queueSize how many wait beside them
     */
    CommandThrottler(GaugeRegistry gauges, int slots, int queueSize) {
        // James's class registers a gauge of its own queue, which stays empty here.
        super(new NoopGaugeRegistry(), slots, queueSize);
        this.slots = slots;
        this.queueSize = queueSize;
        gauges.register("imap.request.queue.size", this::queued);
    }

    @Override
    public Mono<Void> throttle(Publisher<Void> command, ImapMessage message) {
        if (slots < 0) {
            return Mono.from(command);
        }
        if (message instanceof Conversation conversation && conversation.waitsForClient()) {
            // It would keep its slot for as long as its client likes; what it does between has one.
            return Mono.from(command).contextWrite(context -> context.put(Slots.class, (Slots) work -> throttle(work, message, true)));
        }
        return throttle(command, message, message instanceof Conversation conversation && conversation.isNews());
    }

    private Mono<Void> throttle(Publisher<Void> work, ImapMessage message, boolean news) {
        return Mono.defer(() -> {
            Permit permit = enter(message, news);
            return permit.turn.asMono()
                .then(Mono.from(work))
                .doFinally(signal -> permit.giveBack());
        });
    }

    private synchronized Permit enter(ImapMessage message, boolean news) {
        Permit permit = new Permit(news);
        if (taken < slots) {
            taken++;
            permit.turn.tryEmitEmpty().orThrow();
        } else if (news || queued() < queueSize) {
            waiting.add(permit);
            waitingNews += news ? 1 : 0;
        } else {
            throw new RejectedException("The IMAP server has reached its maximum capacity (concurrent requests: " + slots
                + ", queue size: " + queueSize + ")", message);
        }
        return permit;
    }

    private synchronized boolean leaveQueue(Permit permit) {
        boolean left = waiting.remove(permit);
        waitingNews -= left && permit.news ? 1 : 0;
        return left;
    }

    private void passOn() {
        Permit next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                taken--;
                return;
            }
            waitingNews -= next.news ? 1 : 0;
        }
        // Outside the lock: the next command runs from here. One that was cancelled meanwhile hands its slot on itself.
        next.turn.tryEmitEmpty();
    }

    private synchronized int queued() {
        return waiting.size() - waitingNews;
    }
}
