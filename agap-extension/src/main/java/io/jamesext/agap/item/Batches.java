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

package io.jamesext.agap.item;

import java.util.List;
import java.util.Optional;

import org.apache.james.mailbox.MessageUid;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Does something to many items, some at a time, so that neither a big folder fills the heap nor a failure undoes what was done. A batch
 * that does not fit in the user's quota is tried in halves, down to one item: as many are done as there is room for. The rest is only
 * counted.
 */
final class Batches {
    /**
     * Items that James is asked to take at once. It takes so many whole or not at all; where it is configured to take fewer at once, it
     * takes parts of a batch at the same time, and looks at the quota for each of them by itself.
     */
    static final int SIZE = 200;

    private final Work work;
    private long found;
    private long done;
    private Optional<ProtocolException> stopped = Optional.empty();

    private Batches(Work work) {
        this.work = work;
    }

    /** What is done. */
    @FunctionalInterface
    interface Work {
        /** Does it to some items and tells, perhaps piece by piece, to how many of them: others may be there no more. */
        Flux<Long> on(List<MessageUid> items);
    }

    /**
     * What came of it.
     *
     * @param found how many items were meant
     * @param done how many it was done to
     * @param stopped why it ended before the last of them; empty when all others are there no more
     */
    record Outcome(long found, long done, Optional<ProtocolException> stopped) {
    }

    /** Does it to one batch after the other. A fault of ours is an error, whatever was done before. */
    static Mono<Outcome> run(Flux<List<MessageUid>> all, Work work) {
        return Mono.defer(() -> {
            Batches batches = new Batches(work);
            return all
                .concatMap(batch -> {
                    batches.found += batch.size();
                    return batches.on(batch);
                }, 1)
                .then(Mono.fromSupplier(() -> new Outcome(batches.found, batches.done, batches.stopped)));
        });
    }

    private Mono<Void> on(List<MessageUid> batch) {
        long doneBefore = done;
        return stopped.isPresent() ? Mono.empty() : Flux.defer(() -> work.on(batch))
            .doOnNext(count -> done += count)
            .then()
            .onErrorResume(error -> failed(MailboxFailures.of(error), error, done == doneBefore ? batch : List.of()));
    }

    /**
     * Stops, or tries again.
     *
     * @param untouched the batch, when nothing of it was done: nobody knows which of the others were, and none must be done twice
     */
    private Mono<Void> failed(ProtocolException failure, Throwable error, List<MessageUid> untouched) {
        if (failure.failure() == Failure.OVER_QUOTA && untouched.size() > 1) {
            int half = untouched.size() / 2;
            return on(untouched.subList(0, half)).then(Mono.defer(() -> on(untouched.subList(half, untouched.size()))));
        }
        if (failure.failure() == Failure.INTERNAL) {
            return Mono.error(error);
        }
        stopped = Optional.of(failure);
        return Mono.empty();
    }
}
