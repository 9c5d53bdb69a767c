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
package io.jamesext.converter;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.util.concurrent.ThreadFactoryBuilder;

import io.jamesext.converter.Outcome.Result;

/**
 * Converts in other processes, a few at a time. Each thread of a small pool has a process, starts it with its first task, and ends it when
 * there has been nothing to do for a minute.
 */
public final class Converter implements AutoCloseable {
    /**
     * What conversions may cost.
     *
     * @param maxInputBytes of what is converted
     * @param maxOutputBytes of what is made
     * @param maxPixels of a picture, as it is and as it becomes
     * @param maxTime of one conversion; the process is killed then
     * @param processes that convert at a time
     * @param memoryMegabytes heap of each
     */
    public record Limits(int maxInputBytes, int maxOutputBytes, int maxPixels, Duration maxTime, int processes, int memoryMegabytes) {
        public static final Limits DEFAULT = new Limits(20 << 20, 20 << 20, 32_000_000, Duration.ofSeconds(20), 2, 384);
    }

    /** Tasks that wait for each process. */
    private static final int WAITING = 16;
    private static final Duration START_TIME = Duration.ofSeconds(60);
    private static final Duration CLOSE_TIME = Duration.ofSeconds(15);
    private static final Duration IDLE_TIME = Duration.ofMinutes(1);
    private static final Logger LOGGER = LoggerFactory.getLogger(Converter.class);

    private final Limits limits;
    private final Task.Bounds bounds;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<ConverterProcess> running = ConcurrentHashMap.newKeySet();

    /** One that has started no process yet. */
    public Converter(Limits limits) {
        this.limits = limits;
        this.bounds = new Task.Bounds(limits.maxOutputBytes(), limits.maxPixels());
        this.threads = new ThreadPoolExecutor(limits.processes(), limits.processes(), IDLE_TIME.toSeconds(), TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING * limits.processes()), Worker::new);
        threads.allowCoreThreadTimeOut(true);
        this.timer = new ScheduledThreadPoolExecutor(1,
            new ThreadFactoryBuilder().setNameFormat("converter-timer").setDaemon(true).build());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** What conversions may cost. */
    public Limits limits() {
        return limits;
    }

    /**
     * Does a task as soon as a process is free. Never fails: the outcome tells what went wrong. Who cancels it takes it out of the queue,
     * or ends the process that does it.
     */
    public CompletableFuture<Outcome> convert(Task task) {
        if (task.content().length > limits.maxInputBytes()) {
            return CompletableFuture.completedFuture(Outcome.failed(Result.TOO_LARGE));
        }
        Waiting waiting = new Waiting(task, new CompletableFuture<>());
        try {
            threads.execute(waiting);
        } catch (RejectedExecutionException e) {
            waiting.outcome.complete(Outcome.failed(Result.UNAVAILABLE));
        }
        waiting.outcome.whenComplete((outcome, gone) -> threads.remove(waiting));
        return waiting.outcome;
    }

    /** Ends all processes; what is being converted fails. */
    @Override
    public void close() {
        threads.shutdownNow().forEach(task -> ((Waiting) task).outcome.complete(Outcome.failed(Result.UNAVAILABLE)));
        timer.shutdownNow();
        running.forEach(ConverterProcess::kill);
        try {
            threads.awaitTermination(CLOSE_TIME.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Those whose threads have not come to it.
        running.forEach(ConverterProcess::close);
    }

    /** A task that waits for a thread. */
    private record Waiting(Task task, CompletableFuture<Outcome> outcome) implements Runnable {
        @Override
        public void run() {
            // Who waited may have gone.
            if (!outcome.isDone()) {
                try {
                    ((Worker) Thread.currentThread()).convert(task, outcome);
                } finally {
                    // Where an error ends the thread: nobody waits for ever.
                    outcome.complete(Outcome.failed(Result.UNAVAILABLE));
                }
            }
        }
    }

    /** A thread with its process. */
    private final class Worker extends Thread {
        private @Nullable ConverterProcess process;

        Worker(Runnable work) {
            super(work, "converter");
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                super.run();
            } finally {
                end();
            }
        }

        /** Whoever completes the outcome first, but this thread, has no use for the process any more, and kills it. */
        void convert(Task task, CompletableFuture<Outcome> outcome) {
            ConverterProcess ready;
            try {
                ready = process();
            } catch (IOException e) {
                LOGGER.error("No process can be started to convert with", e);
                end();
                return;
            }
            outcome.whenComplete((made, gone) -> {
                if (gone != null) {
                    ready.kill();
                }
            });
            Future<?> killing = killAfter(limits.maxTime(), ready, outcome);
            try {
                if (!outcome.complete(ready.convert(task, bounds))) {
                    end();
                }
            } catch (IOException e) {
                if (outcome.isDone()) {
                    LOGGER.warn("A conversion from {} to {} took too long, or is wanted no more: its process was ended", task.from(),
                        task.to());
                } else {
                    int code = ready.exitCode();
                    LOGGER.warn("The process of a conversion from {} to {} ended with code {}", task.from(), task.to(), code);
                    outcome.complete(Outcome.failed(code == ConverterMain.OUT_OF_MEMORY ? Result.FATAL : Result.UNAVAILABLE));
                }
                end();
            } finally {
                killing.cancel(false);
            }
        }

        private ConverterProcess process() throws IOException {
            ConverterProcess started = process;
            if (started == null || !started.isAlive()) {
                end();
                started = ConverterProcess.start(ClassPath.shared(), limits.memoryMegabytes());
                process = started;
                running.add(started);
                Future<?> killing = killAfter(START_TIME, started, new CompletableFuture<>());
                started.awaitReady();
                killing.cancel(false);
            }
            return started;
        }

        private void end() {
            ConverterProcess ended = process;
            process = null;
            if (ended != null) {
                ended.close();
                running.remove(ended);
            }
        }
    }

    private Future<?> killAfter(Duration time, ConverterProcess process, CompletableFuture<Outcome> outcome) {
        return timer.schedule(() -> {
            if (outcome.complete(Outcome.failed(Result.TIMED_OUT))) {
                process.kill();
            }
        }, time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
