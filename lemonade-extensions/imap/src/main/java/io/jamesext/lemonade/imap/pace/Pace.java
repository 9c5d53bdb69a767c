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

package io.jamesext.lemonade.imap.pace;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.channel.Channel;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Holds the next item of a long answer back while the client has not taken what is written already. No thread waits meanwhile.
 *
 * <p>A command finds the pace of its connection in the Reactor context, under this class. All state belongs to the event loop.
 */
public final class Pace {
    /** How long a client that is being answered may take nothing at all: a train stands in a tunnel for less. */
    static final int PATIENCE_SECONDS = 300;

    private static final Logger LOGGER = LoggerFactory.getLogger(Pace.class);

    private final Channel channel;
    private final Deque<MonoSink<Void>> waiting = new ArrayDeque<>();
    private @Nullable Future<?> closing;

    /** The pace of one connection. */
    public Pace(Channel channel) {
        this.channel = channel;
    }

    /** The same items, each as soon as the client of the command that subscribes has taken those before; all at once where no client is. */
    public static <T> Flux<T> paced(Publisher<T> items) {
        return Flux.deferContextual(context -> context.<Pace>getOrEmpty(Pace.class)
            .map(pace -> Flux.from(items).concatMap(pace::whenTaken, 1))
            .orElseGet(() -> Flux.from(items)));
    }

    /** To be called when the channel's writability or activity has changed. */
    public void changed() {
        stopTimer();
        while (!waiting.isEmpty() && (channel.isWritable() || !channel.isActive())) {
            decide(waiting.remove());
        }
        startTimer();
    }

    /** Closes the connection: its command is dead and will never be answered. */
    public void abandon() {
        channel.close();
    }

    private <T> Mono<T> whenTaken(T item) {
        if (!channel.eventLoop().inEventLoop()) {
            // What this thread has written is queued for the event loop: only behind it is known how much that was.
            return Mono.<Void>create(sink -> channel.eventLoop().execute(() -> decide(sink)))
                .publishOn(Schedulers.boundedElastic())
                .thenReturn(item);
        }
        return channel.isWritable() ? Mono.just(item) : Mono.create(this::decide).thenReturn(item);
    }

    private void decide(MonoSink<Void> sink) {
        if (!channel.isActive()) {
            sink.error(new ClosedChannelException());
        } else if (channel.isWritable()) {
            sink.success();
        } else {
            waiting.add(sink);
            startTimer();
        }
    }

    private void startTimer() {
        if (closing == null && !waiting.isEmpty()) {
            closing = channel.eventLoop().schedule(() -> {
                LOGGER.info("A client took nothing of its answer for {} seconds: the connection is closed", PATIENCE_SECONDS);
                channel.close();
            }, PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void stopTimer() {
        Future<?> timer = closing;
        if (timer != null) {
            timer.cancel(false);
            closing = null;
        }
    }
}
