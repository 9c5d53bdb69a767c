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

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.CompressRequest;
import org.apache.james.imap.message.request.StartTLSRequest;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.protocols.netty.LineHandlerAware;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.lemonade.imap.pace.Pace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps the octets of a connection until the previous command has ended, then cuts, parses and sends on the next one.
 *
 * <p>It stands where James has its own decoder, under the same name, because the session looks for it there when AUTHENTICATE or IDLE
 * want the next line.
 */
final class FrameDecoder extends ChannelInboundHandlerAdapter implements LineHandlerAware {
    private static final Logger LOGGER = LoggerFactory.getLogger(FrameDecoder.class);
    /** Octets kept while they cannot be used; above it the socket is not read, so that a client that only sends cannot fill the heap. */
    private static final int MAX_PENDING_BYTES = 256 << 10;
    /** Longest answer to AUTHENTICATE: a SASL token. RFC 4422 has no limit; OAuth tokens reach some kilobytes. */
    private static final int MAX_LINE_BYTES = 64 << 10;
    private static final String CONTINUATION = "+ Ready for literal data\r\n";

    private final ImapDecoder parser;
    private final CommandCutter cutter;
    private final Pace pace;
    private final LineHandlers lineHandlers = new LineHandlers();
    private ByteBuf pending = Unpooled.EMPTY_BUFFER;
    private @Nullable Frame running;
    private String lastTag = "*";
    private boolean busy;
    private boolean upgrading;
    private boolean inputEnded;
    private boolean closing;

    FrameDecoder(ImapDecoder parser, FrameLimits limits, Pace pace) {
        this.parser = parser;
        this.cutter = new CommandCutter(limits);
        this.pace = pace;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf arrived = (ByteBuf) msg;
        if (closing) {
            arrived.release();
            return;
        }
        pending = pending.isReadable() ? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), pending, arrived) : replace(arrived);
        proceed(ctx);
    }

    private ByteBuf replace(ByteBuf arrived) {
        pending.release();
        return arrived;
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

    @Override
    public void pushLineHandler(ChannelInboundHandlerAdapter lineHandler) {
        lineHandlers.push(lineHandler);
    }

    @Override
    public void popLineHandler() {
        lineHandlers.pop();
    }

    private void proceed(ChannelHandlerContext ctx) {
        boolean more = true;
        while (more && !busy && !closing && pending.isReadable() && ctx.channel().isActive() && ctx.channel().isWritable()) {
            ImapSession session = ctx.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get();
            ChannelInboundHandlerAdapter lineHandler = lineHandlers.next();
            if (session == null || session.getState() == ImapSessionState.LOGOUT) {
                // The core handler closes when LOGOUT has been answered; nothing behind it counts.
                pending.skipBytes(pending.readableBytes());
                more = false;
            } else if (lineHandler != null && !cutter.isWithinCommand()) {
                more = line(ctx, lineHandler);
            } else {
                more = command(ctx, session);
            }
        }
        if (!closing) {
            if (inputEnded && !busy && (!more || !pending.isReadable())) {
                // Everything the client wanted is answered, and what is left is no whole command.
                stop();
                Farewell.close(ctx);
                return;
            }
            boolean full = pending.readableBytes() >= MAX_PENDING_BYTES;
            if (ctx.channel().config().isAutoRead() == full) {
                ctx.channel().config().setAutoRead(!full);
            }
        }
    }

    private boolean command(ChannelHandlerContext ctx, ImapSession session) {
        CommandCutter.Cut cut = cutter.next(pending, session.getState() != ImapSessionState.NON_AUTHENTICATED);
        if (cut instanceof CommandCutter.Cut.Whole whole) {
            run(ctx, session, whole.frame());
        } else if (cut instanceof CommandCutter.Cut.Continue) {
            write(ctx, CONTINUATION);
        } else if (cut instanceof CommandCutter.Cut.Store store) {
            store(ctx, store.action());
        } else if (cut instanceof CommandCutter.Cut.Refused refused) {
            write(ctx, refused.tag() + " " + refused.why().answer() + "\r\n");
            if (refused.close()) {
                sayBye(ctx, "Too much to read over");
            }
        } else {
            return false;
        }
        return true;
    }

    private void store(ChannelHandlerContext ctx, CommandCutter.StoreAction action) {
        busy = true;
        Schedulers.boundedElastic().schedule(() -> {
            boolean stored = false;
            try {
                action.run();
                stored = true;
            } catch (IOException e) {
                LOGGER.error("A literal could not be written to its temporary file", e);
            } finally {
                boolean refuse = !stored;
                ctx.executor().execute(() -> stored(ctx, refuse));
            }
        });
    }

    private void stored(ChannelHandlerContext ctx, boolean refuse) {
        if (refuse) {
            cutter.refuse(Refusal.NOT_STORED);
        }
        busy = false;
        if (closing) {
            // The connection went away while the file was written.
            cutter.discard();
        }
        proceed(ctx);
    }

    private void run(ChannelHandlerContext ctx, ImapSession session, Frame frame) {
        busy = true;
        running = frame;
        lastTag = frame.tag();
        ImapMessage message = frame.parse(parser, session);
        upgrading = message instanceof StartTLSRequest && session.supportStartTLS()
            || message instanceof CompressRequest && session.isCompressionSupported();
        if (closedForInjection(ctx)) {
            return;
        }
        // James runs these by tasks of the event loop that it queues while the command is processed: ended means behind them.
        boolean queued = message instanceof AuthenticateRequest || message instanceof StartTLSRequest || message instanceof CompressRequest;
        Run run = new Run();
        ctx.fireChannelRead(new FramedCommand(lastTag, message, pace, () -> {
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
     * what is
     * behind COMPRESS, RFC 4978 section 3: the client must not send it.
     */
    private boolean closedForInjection(ChannelHandlerContext ctx) {
        if (upgrading && pending.isReadable()) {
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

    private boolean line(ChannelHandlerContext ctx, ChannelInboundHandlerAdapter lineHandler) {
        int lineFeed = pending.bytesBefore((byte) '\n');
        if (lineFeed > MAX_LINE_BYTES || lineFeed < 0 && pending.readableBytes() > MAX_LINE_BYTES) {
            write(ctx, lastTag + " BAD Line is too long\r\n");
            sayBye(ctx, "Line is too long");
            return false;
        }
        if (lineFeed < 0) {
            return false;
        }
        byte[] octets = new byte[lineFeed + 1];
        pending.readBytes(octets);
        busy = true;
        lineHandlers.run(ctx, lineHandler, octets, lastTag, () -> ended(ctx));
        return true;
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
        pending.release();
        pending = Unpooled.EMPTY_BUFFER;
        cutter.discard();
        Frame frame = running;
        if (frame != null) {
            frame.discard();
        }
    }
}
