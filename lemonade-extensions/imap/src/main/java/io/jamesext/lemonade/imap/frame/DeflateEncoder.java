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

import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.UnsupportedMessageTypeException;
import io.netty.handler.codec.compression.ZlibEncoder;
import io.netty.util.ReferenceCountUtil;

/**
 * Compresses what is written, RFC 4978: raw deflate, made readable to the client when the pipeline is flushed and not before, so that
 * the answers of one batch share one flush.
 *
 * <p>A write is done when the flush that carries it is: a connection that closes behind its last answer does not lose the end of it.
 * It is a {@link ZlibEncoder} because James's writer looks for one before it sends a file past the pipeline.
 */
final class DeflateEncoder extends ZlibEncoder {
    /** RFC 4978 section 4: 1 to 5 serve IMAP well. What is above costs more time than it saves. */
    private static final int LEVEL = 5;
    private static final int PIECE_BYTES = 16 << 10;
    private static final int FIRST_BYTES = 512;

    private final Deflater deflater = new Deflater(LEVEL, true);
    private List<ChannelPromise> waiting = new ArrayList<>();
    private ByteBuf out = Unpooled.EMPTY_BUFFER;
    private boolean unflushed;
    private boolean ended;

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf octets)) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new UnsupportedMessageTypeException(message, ByteBuf.class));
            return;
        }
        try {
            if (octets.isReadable()) {
                deflater.setInput(octets.nioBuffer());
                deflate(ctx, Deflater.NO_FLUSH);
                unflushed = true;
            }
            if (!promise.isVoid()) {
                waiting.add(promise);
            }
        } finally {
            octets.release();
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        pass(ctx);
        ctx.flush();
    }

    /** Ends the compression behind what has been written: what is written next goes out as it is. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            pass(ctx);
            ctx.flush();
        }
        ended = true;
        waiting.forEach(promise -> promise.tryFailure(new ClosedChannelException()));
        deflater.end();
        out.release();
        out = Unpooled.EMPTY_BUFFER;
    }

    private void pass(ChannelHandlerContext ctx) {
        if (unflushed) {
            deflate(ctx, Deflater.SYNC_FLUSH);
            unflushed = false;
        }
        if (waiting.isEmpty() && !out.isReadable()) {
            return;
        }
        List<ChannelPromise> done = waiting;
        waiting = new ArrayList<>();
        ByteBuf flushed = out;
        out = Unpooled.EMPTY_BUFFER;
        ctx.write(flushed).addListener((ChannelFuture written) -> done.forEach(promise -> {
            if (written.isSuccess()) {
                promise.trySuccess();
            } else {
                promise.tryFailure(written.cause());
            }
        }));
    }

    /** Deflates until the deflater has no more to give; what fills a piece is passed on, so that the channel knows how much is written. */
    private void deflate(ChannelHandlerContext ctx, int flush) {
        int length;
        do {
            if (!out.isWritable()) {
                out = room(ctx);
            }
            length = deflater.deflate(out.array(), out.arrayOffset() + out.writerIndex(), out.writableBytes(), flush);
            out.writerIndex(out.writerIndex() + length);
        } while (!out.isWritable() || (length > 0 && flush == Deflater.NO_FLUSH));
    }

    private ByteBuf room(ChannelHandlerContext ctx) {
        if (out.capacity() == 0) {
            out.release();
            return ctx.alloc().heapBuffer(FIRST_BYTES, PIECE_BYTES);
        }
        if (out.capacity() < PIECE_BYTES) {
            return out.capacity(PIECE_BYTES);
        }
        ctx.write(out);
        return ctx.alloc().heapBuffer(FIRST_BYTES, PIECE_BYTES);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, ByteBuf octets, ByteBuf to) {
        throw new UnsupportedOperationException("write does it");
    }

    @Override
    public boolean isClosed() {
        return ended;
    }

    @Override
    public ChannelFuture close() {
        throw new UnsupportedOperationException("removed, not closed");
    }

    @Override
    public ChannelFuture close(ChannelPromise promise) {
        throw new UnsupportedOperationException("removed, not closed");
    }
}
