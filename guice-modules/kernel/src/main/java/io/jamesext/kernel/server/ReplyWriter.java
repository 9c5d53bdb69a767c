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

import java.util.function.BiConsumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;

/** Writes replies to a channel, on its event loop, with one flush for all that are written in one go. */
final class ReplyWriter<R> {
    private final ChannelHandlerContext context;
    private final BiConsumer<R, ByteBuf> encode;
    private boolean flushScheduled;

    ReplyWriter(ChannelHandlerContext context, BiConsumer<R, ByteBuf> encode) {
        this.context = context;
        this.encode = encode;
    }

    /** Writes a reply; one that cannot be encoded leaves nothing behind and throws. */
    void write(R reply) {
        ByteBuf out = context.alloc().buffer();
        try {
            encode.accept(reply, out);
        } catch (RuntimeException e) {
            out.release();
            throw e;
        }
        context.write(out);
        if (!flushScheduled) {
            flushScheduled = true;
            context.channel().eventLoop().execute(this::flush);
        }
    }

    void flush() {
        flushScheduled = false;
        context.flush();
    }

    /** Closes the channel once all that was written has gone out. */
    void close() {
        context.writeAndFlush(context.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }
}
