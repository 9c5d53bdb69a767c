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

import org.apache.james.imapserver.netty.Linearalizer;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.imapserver.netty.ReactiveThrottler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Stands behind James's core handler, puts our session in the place of the one that it makes, and takes what it fires but does not
 * handle: a command the throttler would not queue gets its answer here, anything else ends the connection.
 */
final class CoreCompanion extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(CoreCompanion.class);

    private final FramedSession.Settings sessions;

    CoreCompanion(FramedSession.Settings sessions) {
        this.sessions = sessions;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        FramedSession.install(ctx.channel(), sessions);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof ReactiveThrottler.RejectedException rejected && rejected.getImapMessage() instanceof FramedCommand command) {
            // RFC 5530 section 3: INUSE and the like do not fit; LIMIT says that a server's limit was hit.
            ctx.channel().writeAndFlush(Unpooled.copiedBuffer(command.tag() + " NO [LIMIT] The server is too busy\r\n",
                StandardCharsets.US_ASCII));
            // James's waits for the end of the command, which never began; here they run one after the other anyway.
            ctx.channel().attr(NettyConstants.LINEARALIZER_ATTRIBUTE_KEY).set(new Linearalizer());
            command.ended();
            return;
        }
        LOGGER.warn("The connection is closed", cause);
        ctx.close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // The core handler fires one per command; nobody is behind us.
    }
}
