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
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * At most so many commands of a listener run at once, the next ones wait in their order, and further ones are refused: James's keys
 * {@code concurrentRequests} and {@code maxQueueSize}. In James's own class a command that queues up just as the last one ends may
 * wait for ever, and so does one whose own work fails after it has waited.
 */
final class CommandThrottler extends ReactiveThrottler {
    private final int slots;
    private final int queueSize;
    private final Deque<Permit> waiting = new ArrayDeque<>();
    private int taken;

    /** A slot, or the place in the queue for one. Given back once, whichever of end and cancellation comes first. */
    private final class Permit {
        private final Sinks.Empty<Void> turn = Sinks.empty();
        private final AtomicBoolean givenBack = new AtomicBoolean();

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
        // One that waits for its client would keep its slot for as long as that likes.
        if (slots < 0 || (message instanceof Conversation conversation && conversation.waitsForClient())) {
            return Mono.from(command);
        }
        return Mono.defer(() -> {
            Permit permit = enter(message);
            return permit.turn.asMono()
                .then(Mono.from(command))
                .doFinally(signal -> permit.giveBack());
        });
    }

    private synchronized Permit enter(ImapMessage message) {
        Permit permit = new Permit();
        if (taken < slots) {
            taken++;
            permit.turn.tryEmitEmpty().orThrow();
        } else if (waiting.size() < queueSize) {
            waiting.add(permit);
        } else {
            throw new RejectedException("The IMAP server has reached its maximum capacity (concurrent requests: " + slots
                + ", queue size: " + queueSize + ")", message);
        }
        return permit;
    }

    private synchronized boolean leaveQueue(Permit permit) {
        return waiting.remove(permit);
    }

    private void passOn() {
        Permit next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                taken--;
                return;
            }
        }
        // Outside the lock: the next command runs from here. One that was cancelled meanwhile hands its slot on itself.
        next.turn.tryEmitEmpty();
    }

    private synchronized int queued() {
        return waiting.size();
    }
}
