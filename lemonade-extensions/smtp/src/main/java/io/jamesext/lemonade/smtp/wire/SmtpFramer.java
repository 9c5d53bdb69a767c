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


package io.jamesext.lemonade.smtp.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.apache.james.protocols.netty.HandlerConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Cuts what a client sends into lines, which go on to James, and chunks, which go to whom a command has named: RFC 3030 section 2.
 *
 * <p>It runs on the channel's event loop, as James's commands do, so a command is done before the next line is cut. A command that answers
 * later {@link #hold() holds} what follows it. Nothing is read while it does, nor while the client does not read its replies.
 */
final class SmtpFramer extends ByteToMessageDecoder {
    private static final Logger LOGGER = LoggerFactory.getLogger(SmtpFramer.class);

    /** Called in the place of a line that is too long. */
    private final Consumer<LongLine> longLine;
    private Optional<ChannelHandlerContext> context = Optional.empty();
    private Optional<ChunkReceiver> receiver = Optional.empty();
    private long chunkOctets;
    private boolean held;
    /** James's handler, once the connection has broken while it was held. */
    private Optional<ChannelHandlerContext> broken = Optional.empty();
    private boolean discarding;
    /** Of the line that is discarded: whether it began as BDAT does, and the last octet so far. */
    private boolean discardedChunk;
    private byte lastDiscarded;
    private boolean ended;
    /** Octets of the next line that are known to have no end in them. */
    private int scanned;
    private boolean greeting = true;

    SmtpFramer(Consumer<LongLine> longLine) {
        this.longLine = longLine;
    }

    /** The next octets, at least one, are a chunk. To be called while a line is processed. */
    void chunk(long octets, ChunkReceiver to) {
        chunkOctets = octets;
        receiver = Optional.of(to);
    }

    /** Cuts nothing more until {@link #release()}. To be called on the event loop. */
    void hold() {
        held = true;
        // At once: Exim closes its side behind the last octet, and Netty would close ours when it reads that, before the reply.
        context.ifPresent(ctx -> ctx.channel().config().setAutoRead(false));
    }

    /** Goes on behind a {@link #hold()}; on the event loop, and not while a line is processed. */
    void release() {
        held = false;
        broken.ifPresentOrElse(SmtpFramer::end, () -> context.ifPresent(this::goOn));
    }

    /** Cuts nothing any more. */
    void end() {
        ended = true;
    }

    /** Whether the client has sent more than the line that is processed. */
    boolean hasMore() {
        return actualReadableBytes() > 0;
    }

    /** Whether what is answered now is the connection or its EHLO or HELO. */
    boolean isGreeting() {
        return greeting;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = Optional.of(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        if (ctx.channel().isWritable()) {
            // Later: it may be the reply to the line that is processed that has made its own way.
            ctx.channel().eventLoop().execute(() -> {
                if (!held) {
                    goOn(ctx);
                }
            });
        }
        super.channelWritabilityChanged(ctx);
    }

    /** Netty's would ask for more octets whenever these have made no line, even while nothing shall be read. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        discardSomeReadBytes();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        if (held) {
            // What is done for the command still needs what James's session would throw away now, the message above all.
            broken = Optional.of(ctx.pipeline().context(HandlerConstants.CORE_HANDLER));
        } else {
            super.channelInactive(ctx);
        }
    }

    /** By now the pipeline of the broken connection is empty: no event would reach James. */
    private static void end(ChannelHandlerContext core) {
        try {
            ((ChannelInboundHandler) core.handler()).channelInactive(core);
        } catch (Exception e) {
            LOGGER.error("a session could not be ended", e);
        }
    }

    private void goOn(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(true);
        try {
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
        } catch (Exception e) {
            ctx.fireExceptionCaught(e);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (ended) {
            in.skipBytes(in.readableBytes());
        } else if (held || !ctx.channel().isWritable()) {
            ctx.channel().config().setAutoRead(false);
        } else if (receiver.isPresent()) {
            chunk(in, receiver.get());
        } else {
            line(in, out);
        }
    }

    private void chunk(ByteBuf in, ChunkReceiver to) {
        int octets = (int) Math.min(chunkOctets, in.readableBytes());
        chunkOctets -= octets;
        to.receive(in.readSlice(octets));
        if (chunkOctets == 0) {
            receiver = Optional.empty();
            to.complete();
        }
    }

    private void line(ByteBuf in, List<Object> out) {
        int end = in.indexOf(in.readerIndex() + scanned, in.writerIndex(), (byte) '\n');
        if (end < 0) {
            scanned = in.readableBytes();
            if (discarding || scanned >= SmtpConnection.MAX_LINE_OCTETS) {
                discard(in, scanned);
                scanned = 0;
            }
            return;
        }
        scanned = 0;
        int length = end + 1 - in.readerIndex();
        if (discarding || length > SmtpConnection.MAX_LINE_OCTETS) {
            discard(in, length - 1);
            in.skipBytes(1);
            discarding = false;
            longLine.accept(new LongLine(discardedChunk, lastDiscarded == '\r'));
            return;
        }
        greeting = hasVerb(in, "EHLO") || hasVerb(in, "HELO");
        out.add(in.readRetainedSlice(length));
    }

    private void discard(ByteBuf in, int octets) {
        if (!discarding) {
            discarding = true;
            discardedChunk = hasVerb(in, "BDAT");
        }
        if (octets > 0) {
            lastDiscarded = in.getByte(in.readerIndex() + octets - 1);
            in.skipBytes(octets);
        }
    }

    private static boolean hasVerb(ByteBuf line, String verb) {
        return line.readableBytes() >= verb.length()
            && line.toString(line.readerIndex(), verb.length(), StandardCharsets.US_ASCII).equalsIgnoreCase(verb);
    }
}
