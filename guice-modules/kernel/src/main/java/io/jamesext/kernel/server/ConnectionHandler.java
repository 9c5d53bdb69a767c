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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.util.MDCBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.operation.Reply;
import io.jamesext.kernel.operation.Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import reactor.core.publisher.Mono;

/**
 * One connection: its queue of frames, its running operation, its news. All fields but the final ones belong to the channel's
 * event loop.
 */
final class ConnectionHandler<F, S extends Session, R extends Reply> extends ChannelInboundHandlerAdapter implements Connection<F, R> {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectionHandler.class);

    /** Sent down the pipeline when the server stops. */
    enum Stop { STOP }

    /** What happens to the connection once the running operation is answered. */
    private enum After { GO_ON, START_TLS, CLOSE, SAY_GOODBYE }

    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final Protocol<F, S, R> protocol;
    private final Dispatcher<F, S, R> dispatcher;
    private final Supplier<@Nullable Encryption> encryption;
    private final ChannelGroup connections;
    private final FrameQueue<F> frames = new FrameQueue<>();
    private final News<R> news = new News<>();

    private volatile @Nullable ChannelHandlerContext context;
    private volatile boolean encrypted;
    private volatile After after = After.GO_ON;
    private @Nullable ReplyWriter<R> writer;
    private @Nullable S session;
    private @Nullable Answer<F, R> running;
    private boolean inputEnded;
    private boolean closing;

    ConnectionHandler(Protocol<F, S, R> protocol, MetricFactory metrics, Supplier<@Nullable Encryption> encryption,
                      ChannelGroup connections) {
        this.protocol = protocol;
        this.dispatcher = new Dispatcher<>(protocol, metrics);
        this.encryption = encryption;
        this.connections = connections;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        writer = new ReplyWriter<>(ctx, protocol::encode);
        encrypted = ctx.pipeline().get(SslHandler.class) != null;
        connections.add(ctx.channel());
        session = protocol.open(this);
        log("connection opened");
        protocol.greeting(session).ifPresent(this::write);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        if (frame instanceof ByteBuf || closing) {
            // Bytes come this far only when a decoder was taken out with some left: clear text behind a request for TLS.
            ReferenceCountUtil.release(frame);
            close();
            return;
        }
        frames.add(frame);
        proceed();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Stop.STOP) {
            frames.clear();
            frames.fail();
            after = After.SAY_GOODBYE;
            proceed();
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            proceed();
        }
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
        frames.clear();
        frames.fail();
        if (running != null) {
            running.abandon();
        } else {
            endSession();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof IOException) {
            // Resets, failed handshakes and the like: the client's or the network's doing, and nothing to answer.
            LOGGER.debug("connection {} failed", id, cause);
        } else {
            LOGGER.error("connection {} failed", id, cause);
        }
        ctx.close();
    }

    /** Takes the next step that is due. Called whenever something changed; does nothing while an operation runs. */
    private void proceed() {
        ChannelHandlerContext ctx = opened();
        if (closing || session == null) {
            return;
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
            if (after == After.SAY_GOODBYE) {
                protocol.goodbye(session).ifPresent(this::write);
                close();
            } else if (after == After.CLOSE) {
                close();
            } else if (!frames.isEmpty()) {
                take(frames.remove());
            } else {
                break;
            }
        }
        endOfInput();
        ctx.channel().config().setAutoRead(!closing && frames.hasRoom() && after != After.START_TLS);
    }

    private void endOfInput() {
        if (inputEnded && frames.isEmpty()) {
            frames.fail();
            if (running == null) {
                close();
            }
        }
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
        Answer<F, R> answer = new Answer<>(request, opened().channel().eventLoop(), this::deliver, this::answered);
        running = answer;
        dispatcher.dispatch(request, open, id).subscribe(answer);
    }

    /** Writes a running operation's reply; false when the client should catch up first. */
    private boolean deliver(R reply) {
        write(reply);
        return opened().channel().isWritable();
    }

    private void answered(Answer<F, R> ended, Optional<ProtocolException> failure) {
        if (closing) {
            running = null;
            endSession();
            return;
        }
        proceed();
        running = null;
        S open = Objects.requireNonNull(session);
        if (failure.isPresent()) {
            after = after == After.START_TLS ? After.GO_ON : after;
            write(protocol.failed(Optional.of(ended.request()), failure.get(), open));
        } else if (!ended.completed()) {
            protocol.completed(ended.request(), open).ifPresent(this::write);
        }
        if (after == After.START_TLS) {
            after = After.GO_ON;
            encrypt();
        }
        proceed();
    }

    private void encrypt() {
        ChannelHandlerContext ctx = opened();
        ctx.flush();
        Encryption tls = encryption.get();
        if (tls == null || !frames.isEmpty()) {
            log("bytes behind a request for TLS");
            close();
            return;
        }
        // A new decoder: what the old one still holds arrived in the clear. It falls through to channelRead, which closes.
        ctx.pipeline().remove(HandlerConstants.FRAMER);
        if (!closing) {
            ctx.pipeline().addBefore(HandlerConstants.CHUNK_HANDLER, HandlerConstants.FRAMER, protocol.decoder());
            ctx.pipeline().addBefore(HandlerConstants.FRAMER, HandlerConstants.SSL_HANDLER, tls.sslHandler());
            encrypted = true;
        }
    }

    private void write(R reply) {
        try {
            Objects.requireNonNull(writer).write(reply);
        } catch (RuntimeException e) {
            LOGGER.error("connection {}: a reply cannot be written", id, e);
            close();
        }
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
            log("connection closed");
            Blocking.run(ended::close).subscribe(done -> { }, error -> LOGGER.error("session of connection {} not closed", id, error));
        }
    }

    private void log(String event) {
        MDCBuilder mdc = MDCBuilder.create()
            .addToContext(MDCBuilder.PROTOCOL, protocol.name())
            .addToContext(MDCBuilder.SESSION_ID, id)
            .addToContext(MDCBuilder.IP, remoteAddress().getHostAddress());
        MDCBuilder.withMdc(mdc, () -> LOGGER.info("{} {} {}", protocol.name(), id, event));
    }

    private ChannelHandlerContext opened() {
        return Objects.requireNonNull(context);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public InetAddress remoteAddress() {
        return ((InetSocketAddress) opened().channel().remoteAddress()).getAddress();
    }

    @Override
    public boolean isEncrypted() {
        return encrypted;
    }

    @Override
    public boolean canStartTls() {
        Encryption tls = encryption.get();
        return tls != null && tls.isStartTLS() && !encrypted;
    }

    @Override
    public Mono<F> nextFrame() {
        return Mono.<F>create(sink -> opened().channel().eventLoop().execute(() -> {
            frames.await(sink);
            proceed();
            if (closing) {
                frames.fail();
            }
        })).publishOn(Blocking.SCHEDULER);
    }

    @Override
    public Mono<F> ask(R interim) {
        return Mono.fromRunnable(() -> opened().channel().eventLoop().execute(() -> write(interim))).then(nextFrame());
    }

    @Override
    public void startTls() {
        after = After.START_TLS;
    }

    @Override
    public void closeAfterReply() {
        after = After.CLOSE;
    }

    @Override
    public void push(Object key, R reply) {
        if (news.add(key, reply)) {
            opened().channel().eventLoop().execute(this::proceed);
        }
    }
}
