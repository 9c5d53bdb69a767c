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
package io.jamesext.kernel.operation;

import java.util.concurrent.Callable;

import org.apache.james.util.ReactorUtils;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The one wrapper for James's blocking calls. */
public final class Blocking {
    /** Where blocking is allowed: James's own pool for it. */
    public static final Scheduler SCHEDULER = ReactorUtils.BLOCKING_CALL_WRAPPER;

    /** Work that gives nothing back and may throw. */
    @FunctionalInterface
    public interface Action {
        /** Does the work. */
        void run() throws Exception;
    }

    private Blocking() {
    }

    /** The value of a blocking call, computed on {@link #SCHEDULER} once for each subscriber. */
    public static <T> Mono<T> call(Callable<T> work) {
        return Mono.fromCallable(() -> survive(work)).subscribeOn(SCHEDULER);
    }

    /** A blocking call without a value, done on {@link #SCHEDULER} once for each subscriber. */
    public static Mono<Void> run(Action work) {
        return call(() -> {
            work.run();
            return null;
        });
    }

    /** Work that goes on to its end once it has begun, when who waits for it leaves: half of it would be worse than all or nothing. */
    public static <T> Mono<T> toItsEnd(Mono<T> work) {
        // What comes of it comes on its own threads still: an answer written on another one could overtake what was written before.
        return Mono.defer(work::cache);
    }

    /**
     * Does the work; an overflowing stack or a missing class becomes an ordinary exception. Reactor lets these errors through, no
     * subscriber would ever hear of them, and a connection would wait for its answer for ever.
     */
    public static <T> T survive(Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (StackOverflowError | LinkageError e) {
            throw new IllegalStateException("the operation broke down", e);
        }
    }
}
