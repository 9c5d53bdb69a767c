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
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;

/** The two ways a connection ends without LOGOUT, both behind everything that was written before. */
final class Farewell {
    /** How long a connection is still read, and what it sends thrown away, after our BYE. */
    private static final long LINGER_MILLIS = 1000;

    private Farewell() {
    }

    /** Tells a client that may still send why we close; RFC 3501 section 7.1.5. */
    static void bye(ChannelHandlerContext ctx, String why) {
        Channel channel = ctx.channel();
        ctx.writeAndFlush(Unpooled.copiedBuffer("* BYE " + why + "\r\n", StandardCharsets.US_ASCII)).addListener(written -> {
            if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
            // Closing with octets unread resets the connection, and a reset takes the answer away from the client: read on for a moment.
            ctx.executor().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        });
        channel.config().setAutoRead(true);
    }

    /** Closes after a client that sends no more. */
    static void close(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
