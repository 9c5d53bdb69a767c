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

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Holds the next piece of a long answer back while the client has not taken what is written already. No thread waits meanwhile.
 *
 * <p>A command finds the pace of its connection in the Reactor context, under this class. All state belongs to the event loop.
 */
public final class Pace {
    /** How long a client that is being answered may take nothing at all: a train stands in a tunnel for less. */
    static final int PATIENCE_SECONDS = 300;

    /** Octets that are written at once: what a connection holds of a large answer, and few enough writes for it to be fast. */
    private static final int PIECE_BYTES = 1 << 18;

    private static final Logger LOGGER = LoggerFactory.getLogger(Pace.class);

    private final Channel channel;
    private final Deque<MonoSink<Void>> waiting = new ArrayDeque<>();
    private @Nullable Future<?> closing;

    /** The pace of one connection. */
    public Pace(Channel channel) {
        this.channel = channel;
    }

    /** Ends as soon as the client has taken what is written; the next one is then to be written. */
    public Mono<Void> taken() {
        return Mono.defer(() -> {
            if (!channel.eventLoop().inEventLoop()) {
                // What this thread has written is queued for the event loop: only behind it is known how much that was.
                return Mono.<Void>create(sink -> channel.eventLoop().execute(() -> decide(sink))).publishOn(Schedulers.boundedElastic());
            }
            return channel.isWritable() && channel.isActive() ? Mono.empty() : Mono.create(this::decide);
        });
    }

    /**
     * {@link #taken} for the command in whose context it runs. The event loop must not answer on while what another thread has written is
     * still queued for it.
     */
    public static Mono<Void> written() {
        return Mono.deferContextual(context -> context.get(Pace.class).taken());
    }

    /**
     * Writes octets behind what is written, piece by piece as the client takes them, and ends on the event loop. James's content is in
     * memory, so that reading it does not block.
     *
     * @param octets has at least {@code length} of them; not closed here
     */
    public Mono<Void> send(InputStream octets, long length) {
        return Mono.defer(() -> {
            Sending sending = new Sending(octets, length);
            return Mono.<Void>create(sink -> channel.eventLoop().execute(sink::success))
                .then(Mono.defer(this::taken).then(Mono.fromCallable(() -> sending.next(channel))).repeat(sending::hasNext).then());
        });
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

    /** What is left to be sent. */
    private static final class Sending {
        private final InputStream octets;
        private long left;

        Sending(InputStream octets, long left) {
            this.octets = octets;
            this.left = left;
        }

        boolean hasNext() {
            return left > 0;
        }

        ChannelFuture next(Channel channel) throws IOException {
            int size = (int) Math.min(left, PIECE_BYTES);
            ByteBuf piece = channel.alloc().heapBuffer(size);
            try {
                int read = octets.readNBytes(piece.array(), piece.arrayOffset(), size);
                if (read < size) {
                    throw new EOFException("content shorter than its size");
                }
                piece.writerIndex(size);
                left -= size;
                return channel.writeAndFlush(piece.retain());
            } finally {
                piece.release();
            }
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
