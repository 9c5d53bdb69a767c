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

package io.jamesext.lemonade.imap.frame;

import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.message.request.CompressRequest;
import org.apache.james.imap.message.request.StartTLSRequest;
import org.apache.james.imapserver.netty.NettyConstants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.lemonade.imap.pace.Pace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Keeps the octets of a connection until the previous command has ended, then cuts, parses and sends on the next one. A command that is
 * a conversation (AUTHENTICATE, IDLE) is given the lines that belong to it. It stands where James has its own decoder, under the same
 * name: sessions look for it there.
 */
final class FrameDecoder extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(FrameDecoder.class);
    /** Octets kept while they cannot be used; above it the socket is not read, so that a client that only sends cannot fill the heap. */
    private static final int MAX_PENDING_BYTES = 256 << 10;
    /** What is cut of inflated octets before other connections of the event loop have their turn. */
    private static final int FAIR_SHARE_BYTES = 128 << 10;
    private static final String CONTINUATION = "+ Ready for literal data\r\n";

    private final ImapDecoder parser;
    private final CommandCutter cutter;
    private final Pace pace;
    private final Stranger stranger = new Stranger();
    private final Octets pending = new Octets();
    private @Nullable MonoSink<String> awaited;
    private @Nullable Frame running;
    private String lastTag = "*";
    private boolean busy;
    private boolean turnWanted;
    private boolean turnTaken;
    private boolean storing;
    private boolean upgrading;
    private boolean inputEnded;
    private boolean closing;

    FrameDecoder(ImapDecoder parser, FrameLimits limits, Pace pace) {
        this.parser = parser;
        this.cutter = new CommandCutter(limits);
        this.pace = pace;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        stranger.mustLogInSoon(ctx.executor(), () -> {
            if (!closing && isStranger(session(ctx))) {
                sayBye(ctx, "Log in sooner");
            }
        });
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf arrived = (ByteBuf) msg;
        if (closing) {
            arrived.release();
            return;
        }
        pending.add(ctx.alloc(), arrived);
        proceed(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            proceed(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pace.changed();
        proceed(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        // James's core handler cancels the command that runs; one that it does not know of yet ends with the pace.
        ctx.fireChannelInactive();
        pace.changed();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    /** The next line, which belongs to the command that runs; without its end. A command with literals is given as if it were one. */
    Mono<String> nextLine(ChannelHandlerContext ctx) {
        return Mono.create(sink -> ctx.executor().execute(() -> {
            awaited = sink;
            sink.onDispose(() -> ctx.executor().execute(() -> awaited = awaited == sink ? null : awaited));
            proceed(ctx);
        }));
    }

    /** Has the client told what is new as soon as no command runs and what was written is taken. */
    void turn(ChannelHandlerContext ctx) {
        turnWanted = true;
        proceed(ctx);
    }

    /** What the client sends from here on is compressed. */
    void startInflating() {
        pending.startInflating();
    }

    /** The client is logged in no more, and what it sends behind the command that runs is not compressed. RFC 8437 section 4.1. */
    void unauthenticated(ChannelHandlerContext ctx) {
        stranger.again();
        if (!pending.stopInflating()) {
            sayBye(ctx, "Compressed octets may not follow this command");
        }
    }

    private static @Nullable ImapSession session(ChannelHandlerContext ctx) {
        return ctx.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get();
    }

    private static boolean isStranger(@Nullable ImapSession session) {
        return session == null || session.getState() == ImapSessionState.NON_AUTHENTICATED;
    }

    private void proceed(ChannelHandlerContext ctx) {
        try {
            boolean more = work(ctx);
            if (closing) {
                return;
            }
            if (inputEnded && !storing && (!busy || awaited != null) && (!more || pending.size() == 0)) {
                // Everything the client wanted is answered, and what is left is no whole command.
                stop();
                Farewell.close(ctx);
                return;
            }
            boolean full = pending.size() >= MAX_PENDING_BYTES;
            if (ctx.channel().config().isAutoRead() == full) {
                ctx.channel().config().setAutoRead(!full);
            }
        } catch (DataFormatException e) {
            LOGGER.info("Compressed octets cannot be read: {}", e.getMessage());
            sayBye(ctx, "Compressed octets cannot be read");
        }
    }

    /** Uses what has arrived, as far as the running command allows; answers false when that ends within a command. */
    private boolean work(ChannelHandlerContext ctx) throws DataFormatException {
        int inflated = 0;
        while (!closing && !storing && (!busy || awaited != null) && ctx.channel().isActive() && ctx.channel().isWritable()) {
            ByteBuf octets = pending.next(ctx.alloc());
            int before = octets.readableBytes();
            // A client that sends one command after the other is told too, and one that is told much is answered: in turns.
            if (turnWanted && !busy && (before == 0 || !turnTaken)) {
                turnWanted = false;
                turnTaken = true;
                busy = true;
                start(ctx, "*", new Turn());
                continue;
            }
            if (before == 0) {
                return false;
            }
            ImapSession session = session(ctx);
            if (session == null || session.getState() == ImapSessionState.LOGOUT) {
                // The core handler closes when LOGOUT has been answered; nothing behind it counts.
                octets.skipBytes(before);
                return false;
            }
            boolean known = !isStranger(session);
            cut(ctx, session, octets);
            int taken = closing ? 0 : before - octets.readableBytes();
            if (!known && stranger.saysTooMuch(taken)) {
                sayBye(ctx, "Too much before log-in");
            }
            inflated += pending.isCompressed() ? taken : 0;
            if (inflated >= FAIR_SHARE_BYTES) {
                ctx.executor().execute(() -> proceed(ctx));
                return true;
            }
        }
        return true;
    }

    private void cut(ChannelHandlerContext ctx, ImapSession session, ByteBuf octets) {
        CommandCutter.Cut cut = cutter.next(octets, session.getState() != ImapSessionState.NON_AUTHENTICATED);
        MonoSink<String> line = awaited;
        if (cut instanceof CommandCutter.Cut.Continue) {
            write(ctx, CONTINUATION);
        } else if (cut instanceof CommandCutter.Cut.Store store) {
            store(ctx, store.action());
        } else if (line != null) {
            if (cut instanceof CommandCutter.Cut.Whole whole) {
                awaited = null;
                whole.frame().discard();
                line.success(whole.frame().line());
            } else if (cut instanceof CommandCutter.Cut.Refused || cutter.isRefusing()) {
                write(ctx, lastTag + " BAD Line is too long\r\n");
                sayBye(ctx, "Line is too long");
            }
        } else if (cut instanceof CommandCutter.Cut.Whole whole) {
            run(ctx, session, whole.frame());
        } else if (cut instanceof CommandCutter.Cut.Refused refused) {
            write(ctx, refused.tag() + " " + refused.why().answer() + "\r\n");
            if (refused.close()) {
                sayBye(ctx, "Too much to read over");
            }
        }
    }

    private void store(ChannelHandlerContext ctx, CommandCutter.StoreAction action) {
        storing = true;
        action.runAside(stored -> ctx.executor().execute(() -> stored(ctx, !stored)));
    }

    private void stored(ChannelHandlerContext ctx, boolean refuse) {
        if (refuse) {
            cutter.refuse(Refusal.NOT_STORED);
        }
        storing = false;
        if (closing) {
            // The connection went away while the file was written.
            cutter.discard();
        }
        proceed(ctx);
    }

    private void run(ChannelHandlerContext ctx, ImapSession session, Frame frame) {
        busy = true;
        turnTaken = false;
        running = frame;
        lastTag = frame.tag();
        if (isStranger(session) && stranger.asksTooMuch()) {
            write(ctx, lastTag + " BAD Log in first\r\n");
            sayBye(ctx, "Too many commands before log-in");
            return;
        }
        ImapMessage message = frame.parse(parser, session);
        upgrading = (message instanceof StartTLSRequest && session.supportStartTLS())
            || (message instanceof CompressRequest && session.isCompressionSupported() && !session.isCompressionActive());
        if (closedForInjection(ctx)) {
            return;
        }
        start(ctx, lastTag, message);
    }

    private void start(ChannelHandlerContext ctx, String tag, ImapMessage message) {
        // The session runs these by tasks of the event loop that it queues while the command is processed: ended means behind them.
        boolean queued = message instanceof StartTLSRequest || message instanceof CompressRequest;
        Run run = new Run();
        ctx.fireChannelRead(new FramedCommand(tag, message, pace, () -> {
            if (queued || !ctx.executor().inEventLoop() || !run.endsAtOnce()) {
                ctx.executor().execute(() -> ended(ctx));
            }
        }));
        if (run.hasEnded()) {
            finish(ctx);
        }
    }

    /**
     * What stands behind STARTTLS in the clear must not be read as if it had come through TLS, RFC 7817 and CVE-2011-0411; the same with
     * what is behind COMPRESS, RFC 4978 section 3: the client must not send it.
     */
    private boolean closedForInjection(ChannelHandlerContext ctx) {
        if (upgrading && pending.size() > 0) {
            LOGGER.info("Octets behind STARTTLS or COMPRESS: the connection is closed");
            sayBye(ctx, "Nothing may follow this command");
            return true;
        }
        return false;
    }

    private void ended(ChannelHandlerContext ctx) {
        finish(ctx);
        proceed(ctx);
    }

    private void finish(ChannelHandlerContext ctx) {
        Frame frame = running;
        if (frame != null) {
            frame.discard();
            running = null;
        }
        if (closing || closedForInjection(ctx)) {
            return;
        }
        upgrading = false;
        busy = false;
    }

    private void write(ChannelHandlerContext ctx, String answer) {
        ctx.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII));
    }

    private void sayBye(ChannelHandlerContext ctx, String why) {
        stop();
        Farewell.bye(ctx, why);
    }

    private void stop() {
        if (closing) {
            return;
        }
        closing = true;
        stranger.leaves();
        pending.release();
        cutter.discard();
        Frame frame = running;
        if (frame != null) {
            frame.discard();
        }
    }
}
