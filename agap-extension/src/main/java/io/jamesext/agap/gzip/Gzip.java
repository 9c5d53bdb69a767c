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
package io.jamesext.agap.gzip;

import java.util.zip.DataFormatException;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * The layer that SGZP puts between wire, or TLS, and lines. AGAP section 4.8. What the client sends is inflated in pieces, and the next
 * piece only when the connection reads: commands are answered as slowly as without compression, however many fit into a few octets. Each
 * reply can be read by itself.
 */
public final class Gzip extends ChannelDuplexHandler {
    /** As long as a line, so that what is cut of a piece before the connection stops reading is little. */
    private static final int PIECE_OCTETS = 1024;

    private final GzipDecoder decoder = new GzipDecoder();
    private final GzipEncoder encoder = new GzipEncoder();
    private ByteBuf wire = Unpooled.EMPTY_BUFFER;
    /** The last piece was full, so that the next one may be there without another octet from the client. */
    private boolean more;
    private boolean passing;
    private boolean broken;
    private boolean ended;
    private volatile boolean flushed;

    /** True when nothing that the client has sent so far can still be on its way: it has flushed. May be asked from any thread. */
    public boolean isFlushed() {
        return flushed;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object octets) {
        if (broken) {
            ((ByteBuf) octets).release();
            return;
        }
        wire = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), wire, (ByteBuf) octets);
        pass(ctx);
    }

    /** The connection is ready for more. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (passing) {
            return;
        }
        if (hasMore()) {
            pass(ctx);
            ctx.fireChannelReadComplete();
        }
        if (!hasMore() && ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
    }

    private boolean hasMore() {
        return more || wire.isReadable();
    }

    /** Inflates as long as the connection reads. */
    private void pass(ChannelHandlerContext ctx) {
        if (passing) {
            return;
        }
        passing = true;
        while (hasMore() && ctx.channel().config().isAutoRead() && !ctx.isRemoved()) {
            ByteBuf piece = ctx.alloc().heapBuffer(PIECE_OCTETS, PIECE_OCTETS);
            boolean good = decode(piece);
            // Also what came before the octets that are bad.
            ctx.fireChannelRead(piece);
            if (!good) {
                ctx.fireChannelRead(new Malformed(new ProtocolException(Failure.SYNTAX, "INVALID line (not gzip)"), true));
            }
        }
        passing = false;
    }

    private boolean decode(ByteBuf piece) {
        try {
            decoder.decode(wire, piece);
            more = !piece.isWritable();
            flushed = !hasMore() && decoder.isFlushed();
        } catch (DataFormatException e) {
            broken = true;
            more = false;
            wire.skipBytes(wire.readableBytes());
        }
        if (!wire.isReadable()) {
            wire.release();
            wire = Unpooled.EMPTY_BUFFER;
        }
        return !broken;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object text, ChannelPromise promise) {
        ByteBuf octets = (ByteBuf) text;
        if (octets.isReadable() && !ended) {
            try {
                ctx.write(encoder.encode(octets, ctx.alloc()), promise);
            } finally {
                octets.release();
            }
        } else {
            ctx.write(octets, promise);
        }
    }

    /** Ends the stream as RFC 1952 wants it, unless that would have to wait for a client that does not read. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!ended) {
            ended = true;
            ctx.writeAndFlush(encoder.end(ctx.alloc()));
        }
        ctx.close(promise);
    }

    /** What is left stands behind a request for TLS; the connection closes for it. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ByteBuf left = wire;
        wire = Unpooled.EMPTY_BUFFER;
        decoder.close();
        encoder.close();
        if (left.isReadable() && ctx.channel().isActive()) {
            ctx.fireChannelRead(left);
        } else {
            left.release();
        }
    }
}
