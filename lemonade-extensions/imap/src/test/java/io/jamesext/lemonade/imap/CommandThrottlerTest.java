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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imapserver.netty.ReactiveThrottler;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.frame.Conversation;
import io.jamesext.lemonade.imap.frame.Slots;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class CommandThrottlerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ImapMessage MESSAGE = new ImapMessage() { };

    private static CommandThrottler throttler(int slots, int queueSize) {
        return new CommandThrottler(new NoopGaugeRegistry(), slots, queueSize);
    }

    @Test
    void everyCommandShouldRunAndNeverMoreThanTheSlots() {
        for (int slots = 1; slots <= 3; slots++) {
            CommandThrottler throttler = throttler(slots, 100_000);
            AtomicInteger running = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            long ended = Flux.range(0, 20_000)
                .flatMap(i -> throttler.throttle(command(running, most, i % 7 == 0), MESSAGE)
                    .subscribeOn(Schedulers.parallel())
                    .onErrorResume(IllegalStateException.class, e -> Mono.empty())
                    .thenReturn(i), 64)
                .count()
                .block(PATIENCE);
            assertThat(ended).isEqualTo(20_000);
            assertThat(most.get()).isLessThanOrEqualTo(slots);
            assertThat(running).hasValue(0);
        }
    }

    @Test
    void cancelledCommandsShouldGiveTheirSlotsBack() throws Exception {
        Random random = new Random(7);
        CommandThrottler throttler = throttler(1, 1000);
        for (int i = 0; i < 2000; i++) {
            Disposable command = throttler.throttle(Mono.delay(Duration.ofMillis(1)).then(), MESSAGE)
                .subscribeOn(Schedulers.parallel()).subscribe();
            if (random.nextBoolean()) {
                Thread.sleep(0, random.nextInt(200_000));
            }
            command.dispose();
        }
        assertThat(throttler.throttle(Mono.empty(), MESSAGE).thenReturn("ran").block(PATIENCE)).isEqualTo("ran");
    }

    @Test
    void aFullQueueShouldRefuse() {
        CommandThrottler throttler = throttler(1, 1);
        throttler.throttle(Mono.never(), MESSAGE).subscribe();
        throttler.throttle(Mono.never(), MESSAGE).subscribe();
        assertThatThrownBy(() -> throttler.throttle(Mono.empty(), MESSAGE).block(PATIENCE))
            .isInstanceOf(ReactiveThrottler.RejectedException.class);
    }

    private record News() implements ImapMessage, Conversation {
        @Override
        public boolean waitsForClient() {
            return false;
        }

        @Override
        public boolean isNews() {
            return true;
        }
    }

    private record Idle() implements ImapMessage, Conversation {
        @Override
        public boolean waitsForClient() {
            return true;
        }

        @Override
        public boolean isNews() {
            return false;
        }
    }

    @Test
    void newsShouldWaitAndNeverBeRefused() {
        CommandThrottler throttler = throttler(1, 1);
        Sinks.Empty<Void> running = Sinks.empty();
        throttler.throttle(running.asMono(), MESSAGE).subscribe();
        List<String> ran = new ArrayList<>();
        throttler.throttle(Mono.fromRunnable(() -> ran.add("news")), new News()).subscribe();
        throttler.throttle(Mono.fromRunnable(() -> ran.add("other news")), new News()).subscribe();
        throttler.throttle(Slots.within(Mono.fromRunnable(() -> ran.add("news in IDLE"))), new Idle()).subscribe();
        throttler.throttle(Mono.fromRunnable(() -> ran.add("command")), MESSAGE).subscribe();
        assertThat(ran).isEmpty();
        running.tryEmitEmpty();
        assertThat(ran).containsExactly("news", "other news", "news in IDLE", "command");
    }

    @Test
    void noLimitShouldBePossible() {
        CommandThrottler throttler = throttler(-1, 0);
        throttler.throttle(Mono.never(), MESSAGE).subscribe();
        assertThat(throttler.throttle(Mono.empty(), MESSAGE).thenReturn("ran").block(PATIENCE)).isEqualTo("ran");
    }

    private static Mono<Void> command(AtomicInteger running, AtomicInteger most, boolean fails) {
        return Mono.fromRunnable(() -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            running.decrementAndGet();
            if (fails) {
                throw new IllegalStateException("fails");
            }
        });
    }
}
