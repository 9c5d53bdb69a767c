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

package io.jamesext.kernel.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class TurnsTest {
    private final Turns<String> turns = new Turns<>();

    @Test
    void workShouldBeDoneOneByOne() {
        AtomicInteger running = new AtomicInteger();
        List<Integer> most = Flux.range(0, 2000)
            .flatMap(i -> turns.inTurn("key", Mono.fromCallable(() -> {
                int now = running.incrementAndGet();
                running.decrementAndGet();
                return now;
            })).subscribeOn(Schedulers.boundedElastic()), 2000)
            .collectList().block(Duration.ofSeconds(30));
        assertThat(most).hasSize(2000).containsOnly(1);
    }

    @Test
    void failureShouldPassTheTurnOn() {
        assertThat(turns.inTurn("key", Mono.error(new IllegalStateException())).onErrorResume(e -> Mono.just("failed")).block())
            .isEqualTo("failed");
        assertThat(turns.inTurn("key", Mono.just("next")).block(Duration.ofSeconds(5))).isEqualTo("next");
    }

    @Test
    void whoeverGivesUpWaitingShouldLetNobodyPassTheOneBefore() {
        Sinks.Empty<Void> first = Sinks.empty();
        List<String> done = new ArrayList<>();
        turns.inTurn("key", first.asMono().doOnTerminate(() -> done.add("first"))).subscribe();
        Disposable second = turns.inTurn("key", Mono.fromRunnable(() -> done.add("second"))).subscribe();
        Mono<Void> third = turns.inTurn("key", Mono.<Void>fromRunnable(() -> done.add("third"))).cache();
        third.subscribe();
        second.dispose();
        assertThat(done).isEmpty();
        first.tryEmitEmpty();
        third.block(Duration.ofSeconds(5));
        assertThat(done).containsExactly("first", "third");
    }
}
