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
package io.jamesext.ximss.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.server.Answer;
import io.jamesext.kernel.server.Dispatcher;
import io.jamesext.kernel.server.News;
import io.jamesext.kernel.server.Protocol;
import io.jamesext.ximss.reply.XimssReply;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;

/**
 * A session of XIMSS that HTTP requests come and go for. Requests run one after the other, as on a connection. All fields but the
 * final ones belong to one event loop.
 */
final class HttpSession implements OverHttp {
    private static final Logger LOGGER = LoggerFactory.getLogger(HttpSession.class);
    /** POSTs that wait for their turn: a client that counts them sends one at a time. */
    private static final int MAX_WAITING = 16;

    private final String id;
    private final Client client;
    private final EventLoop loop;
    private final Protocol<Element, XimssSession, XimssReply> protocol;
    private final Dispatcher<Element, XimssSession, XimssReply> dispatcher;
    private final News<XimssReply> news;
    private final Consumer<HttpSession> closed;
    private final XimssSession session;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private final LongPoll poll = new LongPoll();

    private volatile boolean ending;
    private Duration idle;
    private boolean hasEnded;
    private volatile long lastUsed = System.nanoTime();
    private @Nullable Batch last;
    private @Nullable ScheduledFuture<?> idleTimer;
    private @Nullable ScheduledFuture<?> pollTimer;
    private @Nullable Answer<Element, XimssReply> answer;

    /**
     * @param runtime what the server's sessions share
     * @param loop where its state lives
     * @param closed told when it has ended
     */
    HttpSession(SessionRuntime runtime, String id, Client client, EventLoop loop, Consumer<HttpSession> closed) {
        this.id = id;
        this.client = client;
        this.loop = loop;
        this.idle = runtime.idle();
        this.protocol = runtime.protocol();
        this.dispatcher = runtime.dispatcher();
        this.news = runtime.newNews();
        this.closed = closed;
        this.session = protocol.open(this);
        watch(idle.toNanos());
    }

    /** As with connections, zero is for ever. */
    private void watch(long nanos) {
        if (!idle.isZero()) {
            idleTimer = loop.schedule(this::endIfIdle, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Something was asked for in it. */
    void used() {
        lastUsed = System.nanoTime();
    }

    /** The time of the last {@link #used()}, by {@link System#nanoTime()}. */
    long lastUsed() {
        return lastUsed;
    }

    /** Whether it still takes requests. */
    boolean isOpen() {
        return !ending;
    }

    /** What its requests work with. */
    XimssSession session() {
        return session;
    }

    /** Runs the requests of a POST. One whose number comes again is answered again, and never done again. */
    void post(Post post, Outlet outlet) {
        loop.execute(() -> {
            used();
            outlet.onReady(() -> loop.execute(this::resume));
            if (ending) {
                outlet.gone();
            } else if (last != null && last.number().equals(post.number())) {
                last.again(outlet);
                resume();
            } else if (last != null && !post.isNextTo(last.number())) {
                Batch.refuse(outlet, new ProtocolException(Failure.WRONG_STATE, "XIMSS request sequence error"), protocol);
            } else {
                begin(new Batch(post, outlet, poll, protocol), post);
            }
        });
    }

    private void begin(Batch batch, Post post) {
        if (post.number().isPresent()) {
            last = batch;
        }
        if (post.failure().isPresent()) {
            batch.refused(post.failure().get());
        } else if (batches.size() >= MAX_WAITING) {
            batch.refused(new ProtocolException(Failure.BUSY, "too many requests wait"));
        } else {
            batch.accepted();
            batches.add(batch);
            proceed();
        }
    }

    /** Answers with what no sync request has told, as soon as there is some; acknowledged is the respSeq that the client has got. */
    void get(Optional<Long> acknowledged, Duration patience, Outlet outlet) {
        loop.execute(() -> {
            used();
            cancel(pollTimer);
            poll.await(outlet, acknowledged);
            tell();
            if (ending) {
                poll.end();
            } else if (poll.isWaiting()) {
                pollTimer = loop.schedule(() -> giveUp(outlet), patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    @Override
    public void end(XimssReply goodbye) {
        push(goodbye, goodbye);
        end();
    }

    /** Ends the session once the running request has been answered. */
    void end() {
        ending = true;
        loop.execute(() -> {
            poll.end();
            Batch running = batches.peek();
            if (answer != null && running != null && !running.isReady()) {
                answer.abandon();
            }
            proceed();
        });
    }

    private static void cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void giveUp(Outlet outlet) {
        if (poll.giveUp(outlet)) {
            used();
        }
    }

    private void proceed() {
        while (answer == null) {
            Batch batch = batches.peek();
            if (batch == null) {
                if (ending) {
                    close();
                }
                return;
            }
            if (!batch.isReady() && !ending) {
                return;
            }
            Element request = batch.next();
            if (request == null || ending) {
                used();
                tell();
                batches.remove();
                if (request == null) {
                    batch.end();
                } else {
                    batch.breakOff();
                }
                continue;
            }
            Answer<Element, XimssReply> running = new Answer<>(request, loop, reply -> write(batch, reply), this::answered);
            answer = running;
            dispatcher.dispatch(request, session, id).subscribe(running);
        }
    }

    private boolean write(Batch batch, XimssReply reply) {
        boolean ready = batch.write(reply);
        if (!ready) {
            // A GET may be waiting for just this.
            loop.execute(this::tell);
        }
        return ready;
    }

    private void answered(Answer<Element, XimssReply> ended, Optional<ProtocolException> failure) {
        answer = null;
        Batch batch = batches.element();
        if (failure.isPresent()) {
            batch.write(protocol.failed(Optional.of(ended.request()), failure.get(), session));
        } else if (!ended.completed()) {
            protocol.completed(ended.request(), session).ifPresent(batch::write);
        }
        proceed();
    }

    private void resume() {
        used();
        Batch running = batches.peek();
        if (answer == null) {
            proceed();
        } else if (running != null && running.isReady()) {
            answer.resume();
        }
    }

    /** Gives the news to whoever takes them: the running request that asked for them, or a GET that waits. */
    private void tell() {
        Batch running = batches.peek();
        boolean taken = running != null && running.takesNews();
        if (taken) {
            news.drain(protocol.newsLost(session)).forEach(running::write);
        }
        if (poll.tell(() -> taken ? Unpooled.EMPTY_BUFFER : drain())) {
            cancel(pollTimer);
            loop.execute(this::resume);
        }
    }

    private ByteBuf drain() {
        ByteBuf octets = Unpooled.buffer();
        news.drain(protocol.newsLost(session)).forEach(reply -> octets.writeBytes(Batch.octets(reply, protocol)));
        return octets;
    }

    private void endIfIdle() {
        long left = idle.toNanos() - (System.nanoTime() - lastUsed);
        // A client that does not take its answers is as good as gone.
        boolean used = poll.isWaiting() || !batches.isEmpty() && batches.element().isReady();
        if (!hasEnded && left <= 0 && !used) {
            end();
        } else if (!hasEnded) {
            watch(used ? idle.toNanos() : left);
        }
    }

    private void close() {
        if (!hasEnded) {
            hasEnded = true;
            cancel(idleTimer);
            cancel(pollTimer);
            last = null;
            poll.end();
            closed.accept(this);
            Blocking.run(session::close).subscribe(done -> { }, e -> LOGGER.error("a session could not be ended", e));
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public InetAddress remoteAddress() {
        return client.address();
    }

    @Override
    public boolean isEncrypted() {
        return client.encrypted();
    }

    @Override
    public void idleTimeout(Duration limit) {
        loop.execute(() -> {
            cancel(idleTimer);
            idle = limit;
            endIfIdle();
        });
    }

    @Override
    public void closeAfterReply() {
        ending = true;
    }

    @Override
    public void push(Object key, XimssReply reply) {
        if (news.add(key, reply)) {
            loop.execute(this::tell);
        }
    }
}
