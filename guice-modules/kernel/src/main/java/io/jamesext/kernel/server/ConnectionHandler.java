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
package io.jamesext.kernel.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.james.metrics.api.MetricFactory;
import org.jspecify.annotations.Nullable;

import io.jamesext.kernel.auth.TlsChannel;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.operation.Reply;
import io.jamesext.kernel.operation.Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import reactor.core.publisher.Mono;

/** One connection: its frames, its running operation, its news. All fields but the final ones belong to the channel's event loop. */
final class ConnectionHandler<F, S extends Session, R extends Reply> extends ChannelInboundHandlerAdapter implements Connection<F, R> {
    private final Protocol<F, S, R> protocol;
    private final Dispatcher<F, S, R> dispatcher;
    private final Layers layers;
    private final Entrance<F, S, R> entrance;
    private final FrameQueue<F> frames = new FrameQueue<>();
    private final News<R> news;
    private volatile @Nullable ChannelHandlerContext context;
    /** What becomes of the connection once the running operation is answered. */
    private volatile @Nullable Consumer<ChannelPipeline> change;
    private volatile boolean closesAfter;
    private @Nullable ReplyWriter<R> writer;
    private @Nullable S session;
    private @Nullable Answer<F, R> running;
    private boolean inputEnded;
    private boolean stopping;
    private boolean closing;

    ConnectionHandler(Protocol<F, S, R> protocol, MetricFactory metrics, Layers layers, Entrance<F, S, R> entrance) {
        this.protocol = protocol;
        this.dispatcher = new Dispatcher<>(protocol, metrics);
        this.news = News.counted(protocol.name(), metrics);
        this.layers = layers;
        this.entrance = entrance;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        writer = new ReplyWriter<>(ctx, protocol::encode);
        layers.opened(ctx.pipeline());
        // A proxy says first who is behind it.
        if (ctx.pipeline().get(HAProxyMessageDecoder.class) == null) {
            welcome();
        }
    }

    private void welcome() {
        session = entrance.open(this, opened().channel(), this::write).orElse(null);
        if (session == null) {
            close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        if (frame instanceof HAProxyMessage proxied) {
            ClientAddress.proxied(ctx.channel(), proxied);
            welcome();
            return;
        }
        if (frame instanceof ByteBuf || closing) {
            // Bytes come this far only when a layer was taken out with some left: they stood behind a request for another one.
            ReferenceCountUtil.release(frame);
            close();
            return;
        }
        frames.add(frame);
        proceed();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        stopping |= event == ConnectionEvent.SERVER_STOPS;
        inputEnded |= event instanceof ChannelInputShutdownEvent;
        entrance.event(event, closing);
        proceed();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            if (running != null) {
                running.resume();
            }
            proceed();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        frames.end();
        entrance.closed();
        if (running != null) {
            running.abandon();
        } else {
            endSession();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        entrance.log().failed(cause);
        ctx.close();
    }

    /** Takes the next step that is due. Called whenever something changed; does nothing while an operation runs. */
    private void proceed() {
        ChannelHandlerContext ctx = opened();
        if (closing || session == null) {
            return;
        }
        if (stopping) {
            frames.end();
        }
        if (frames.serve()) {
            closeAfterReply();
        }
        while (ctx.channel().isWritable() && !closing) {
            if (running == null || protocol.interleavesNews()) {
                news.drain(protocol.newsLost(session)).forEach(this::write);
            }
            if (running != null) {
                break;
            }
            if (stopping) {
                protocol.goodbye(session).ifPresent(this::write);
                close();
            } else if (closesAfter) {
                close();
            } else if (!frames.isEmpty()) {
                take(frames.remove());
            } else {
                break;
            }
        }
        if (inputEnded && frames.isEmpty()) {
            frames.fail();
            if (running == null) {
                close();
            }
        }
        ctx.channel().config().setAutoRead(!closing && frames.isEmpty() && change == null);
    }

    @SuppressWarnings("unchecked") // The decoder fires F or Malformed, by Protocol.decoder's contract.
    private void take(Object frame) {
        S open = Objects.requireNonNull(session);
        if (frame instanceof Malformed malformed) {
            write(protocol.failed(Optional.empty(), malformed.failure(), open));
            if (malformed.closes()) {
                close();
            }
            return;
        }
        F request = (F) frame;
        Optional<R> goAhead = protocol.goAhead(request);
        if (goAhead.isPresent()) {
            write(goAhead.get());
            return;
        }
        Answer<F, R> answer = new Answer<>(request, this::onLoop, this::write, this::answered);
        running = answer;
        dispatcher.dispatch(request, open, id()).subscribe(answer);
    }

    private void answered(Answer<F, R> ended, Optional<ProtocolException> failure) {
        running = null;
        if (closing) {
            endSession();
            return;
        }
        S open = Objects.requireNonNull(session);
        Consumer<ChannelPipeline> due = change;
        change = null;
        if (failure.isPresent()) {
            write(protocol.failed(Optional.of(ended.request()), failure.get(), open));
        } else if (!ended.completed()) {
            protocol.completed(ended.request(), open).ifPresent(this::write);
        }
        if (due != null && failure.isEmpty() && !stopping) {
            change(due);
        }
        proceed();
    }

    private void change(Consumer<ChannelPipeline> due) {
        ChannelHandlerContext ctx = opened();
        ctx.flush();
        if (frames.isEmpty()) {
            // What the old decoder still holds falls through to channelRead, which closes.
            layers.remove(ctx.pipeline());
        } else {
            close();
        }
        if (closing) {
            entrance.log().info(remoteAddress(), "bytes behind a request for TLS or another layer");
        } else {
            due.accept(ctx.pipeline());
        }
    }

    /** Tells whether the client keeps up. */
    private boolean write(R reply) {
        Objects.requireNonNull(writer).write(reply);
        if (change != null) {
            // The client may go on in the new layer as soon as it has this.
            opened().channel().config().setAutoRead(false);
        }
        return opened().channel().isWritable();
    }

    private void close() {
        if (!closing) {
            closing = true;
            Objects.requireNonNull(writer).close();
        }
    }

    private void endSession() {
        if (session != null) {
            S ended = session;
            session = null;
            entrance.log().info(remoteAddress(), "connection closed");
            Blocking.run(ended::close).subscribe(done -> { }, entrance.log()::failed);
        }
    }

    /** Does a step on the event loop, where nobody but we would see it fail: the connection must not wait for ever then. */
    private void onLoop(Runnable step) {
        ChannelHandlerContext ctx = opened();
        ctx.channel().eventLoop().execute(() -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                exceptionCaught(ctx, e);
            }
        });
    }

    private ChannelHandlerContext opened() {
        return Objects.requireNonNull(context);
    }

    @Override
    public String id() {
        return entrance.log().id();
    }

    @Override
    public InetAddress remoteAddress() {
        return ClientAddress.of(opened().channel());
    }

    @Override
    public boolean isEncrypted() {
        return layers.isEncrypted();
    }

    @Override
    public Optional<TlsChannel> tls() {
        return Layers.tls(opened().pipeline());
    }

    @Override
    public boolean canStartTls() {
        return layers.canEncrypt();
    }

    @Override
    public void loggedIn() {
        onLoop(() -> layers.loggedIn(opened().pipeline()));
    }

    @Override
    public Mono<F> nextFrame() {
        return Mono.<F>create(sink -> onLoop(() -> {
            frames.await(sink);
            proceed();
            if (closing) {
                frames.fail();
            }
        })).publishOn(Blocking.SCHEDULER);
    }

    @Override
    public Mono<F> ask(R interim) {
        return Mono.fromRunnable(() -> onLoop(() -> write(interim))).then(nextFrame());
    }

    @Override
    public void startTls() {
        change = layers::encrypt;
    }

    @Override
    public void startLayer(Supplier<ChannelHandler> layer) {
        change = pipeline -> layers.insert(pipeline, layer);
    }

    @Override
    public void idleTimeout(Duration limit) {
        onLoop(() -> Layers.idleTimeout(opened().pipeline(), limit));
    }

    @Override
    public void closeAfterReply() {
        closesAfter = true;
    }

    @Override
    public void push(Object key, R reply) {
        if (news.add(key, reply)) {
            onLoop(this::proceed);
        }
    }
}
