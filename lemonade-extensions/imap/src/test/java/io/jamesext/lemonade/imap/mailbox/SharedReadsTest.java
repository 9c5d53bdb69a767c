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
package io.jamesext.lemonade.imap.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class SharedReadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SharedReads<String, Integer> reads = new SharedReads<>();
    private final List<CompletableFuture<Integer>> begun = new ArrayList<>();

    private CompletableFuture<Integer> ask(String key) {
        return reads.of(key, Mono.defer(() -> {
            CompletableFuture<Integer> outcome = new CompletableFuture<>();
            synchronized (begun) {
                begun.add(outcome);
                begun.notifyAll();
            }
            return Mono.fromFuture(outcome);
        })).toFuture();
    }

    private CompletableFuture<Integer> begun(int number) throws InterruptedException {
        synchronized (begun) {
            for (long end = System.nanoTime() + PATIENCE.toNanos(); begun.size() <= number && System.nanoTime() < end;) {
                begun.wait(100);
            }
            return begun.get(number);
        }
    }

    @Test
    void whoComesDuringAReadShouldShareTheNextOne() throws Exception {
        CompletableFuture<Integer> first = ask("a");
        List<CompletableFuture<Integer>> during = List.of(ask("a"), ask("a"), ask("a"));
        assertThat(begun).hasSize(1);

        begun(0).complete(1);
        begun(1).complete(2);

        assertThat(first.get()).isEqualTo(1);
        assertThat(during).allSatisfy(later -> assertThat(later.get()).isEqualTo(2));
        assertThat(begun).hasSize(2);
    }

    @Test
    void whoComesAfterAReadShouldHaveOneOfHisOwn() throws Exception {
        for (int round = 0; round < 3; round++) {
            CompletableFuture<Integer> asked = ask("a");
            begun(round).complete(round);

            assertThat(asked.get()).isEqualTo(round);
        }
    }

    @Test
    void readsOfOtherThingsShouldNotWait() throws Exception {
        ask("a");
        CompletableFuture<Integer> other = ask("b");
        begun(1).complete(5);

        assertThat(other.get()).isEqualTo(5);
    }

    @Test
    void failureShouldBeThatOfThoseWhoAskedForIt() throws Exception {
        CompletableFuture<Integer> first = ask("a");
        CompletableFuture<Integer> second = ask("a");
        begun(0).completeExceptionally(new IllegalStateException("not read"));
        begun(1).complete(2);

        assertThatThrownBy(first::get).hasRootCauseMessage("not read");
        assertThat(second.get()).isEqualTo(2);
    }

    @Test
    void whoLeavesShouldLeaveTheReadToTheOthers() throws Exception {
        CompletableFuture<Integer> first = ask("a");
        CompletableFuture<Integer> second = ask("a");
        CompletableFuture<Integer> third = ask("a");
        first.cancel(true);
        second.cancel(true);
        begun(0).complete(1);
        begun(1).complete(2);

        assertThat(third.get()).isEqualTo(2);
    }

    /** What ends at once has no room on the stack for as many as come. */
    @Test
    void manyShouldBeServedAtOnce() {
        List<Integer> outcomes = Flux.range(0, 20_000)
            .flatMap(number -> reads.of("a", Mono.just(1).delayElement(Duration.ofNanos(number % 2))), 1_000)
            .collectList().block(PATIENCE);

        assertThat(outcomes).hasSize(20_000);
    }
}
