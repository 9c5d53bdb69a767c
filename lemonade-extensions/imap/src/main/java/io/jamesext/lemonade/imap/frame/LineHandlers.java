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
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import reactor.core.scheduler.Schedulers;

/** James's handlers of the lines that belong to a command: the answers to AUTHENTICATE, the end of IDLE. */
final class LineHandlers {
    private static final Logger LOGGER = LoggerFactory.getLogger(LineHandlers.class);

    private final Deque<ChannelInboundHandlerAdapter> handlers = new ConcurrentLinkedDeque<>();

    void push(ChannelInboundHandlerAdapter handler) {
        handlers.addFirst(handler);
    }

    void pop() {
        handlers.pollFirst();
    }

    /** The handler of the next line, if that is no command. */
    @Nullable ChannelInboundHandlerAdapter next() {
        return handlers.peekFirst();
    }

    /** Hands a line to its handler, on a thread that may block: these authenticate and provision mailboxes right away. */
    void run(ChannelHandlerContext ctx, ChannelInboundHandlerAdapter handler, byte[] octets, String tag, Runnable ended) {
        // James's handlers cut two octets off, whatever they are.
        ByteBuf line = Unpooled.wrappedBuffer((new String(octets, StandardCharsets.ISO_8859_1).stripTrailing() + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
        Schedulers.boundedElastic().schedule(() -> {
            try {
                handler.channelRead(ctx, line);
            } catch (Exception e) {
                LOGGER.error("The line behind {} could not be handled", tag, e);
                handlers.remove(handler);
                ctx.writeAndFlush(Unpooled.copiedBuffer(tag + " BAD processing failed\r\n", StandardCharsets.US_ASCII));
            } catch (Error e) {
                ctx.close();
                throw e;
            } finally {
                ctx.executor().execute(ended);
            }
        });
    }
}
