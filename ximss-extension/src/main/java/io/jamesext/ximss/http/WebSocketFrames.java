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
package io.jamesext.ximss.http;

import io.jamesext.kernel.server.ConnectionEvent;
import io.jamesext.ximss.frame.NulFrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Between the messages of a WebSocket (RFC 6455) and the octets of XIMSS: one message of text is one of XIMSS, whose zero is left out
 * on the wire and added behind it here. So limits and errors are those of XIMSS over TCP.
 */
final class WebSocketFrames extends ChannelDuplexHandler {
    /** A frame is held whole before it is looked at. With its head: RFC 6455 section 5.2. */
    private static final int MAX_STRANGERS_OCTETS = NulFrameDecoder.MAX_STRANGERS_FRAME_BYTES + 14;

    private final ChannelInboundHandlerAdapter meter = new Meter();
    private boolean loggedIn;
    private int held;

    /** What stands before the decoder of frames, and counts what this holds of one that is not whole yet. */
    private final class Meter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            held += ((ByteBuf) message).readableBytes();
            ctx.fireChannelRead(message);
            if (held > MAX_STRANGERS_OCTETS && !loggedIn) {
                close(ctx.channel(), WebSocketCloseStatus.MESSAGE_TOO_BIG);
            }
        }
    }

    ChannelInboundHandlerAdapter meter() {
        return meter;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        loggedIn |= event == ConnectionEvent.LOGGED_IN;
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        held = 0;
        if (message instanceof TextWebSocketFrame || message instanceof ContinuationWebSocketFrame) {
            WebSocketFrame frame = (WebSocketFrame) message;
            ctx.fireChannelRead(frame.content());
            if (frame.isFinalFragment()) {
                ctx.fireChannelRead(Unpooled.wrappedBuffer(new byte[1]));
            }
        } else if (message instanceof PingWebSocketFrame ping) {
            pong(ctx, ping);
        } else {
            ReferenceCountUtil.release(message);
            if (message instanceof CloseWebSocketFrame) {
                close(ctx.channel(), WebSocketCloseStatus.NORMAL_CLOSURE);
            } else if (!(message instanceof PongWebSocketFrame)) {
                close(ctx.channel(), WebSocketCloseStatus.INVALID_MESSAGE_TYPE);
            }
        }
    }

    /** An empty buffer is the last: the connection closes behind it. */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf octets)) {
            ctx.write(message, promise);
        } else if (octets.isReadable()) {
            ctx.write(new TextWebSocketFrame(octets.writerIndex(octets.writerIndex() - 1)), promise);
        } else {
            octets.release();
            ctx.write(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE), promise);
        }
    }

    /** RFC 6455 section 5.5.3: not every ping needs an answer. Who does not read gets none, or pongs would fill the memory. */
    private static void pong(ChannelHandlerContext ctx, PingWebSocketFrame ping) {
        if (ctx.channel().isWritable()) {
            ctx.writeAndFlush(new PongWebSocketFrame(ping.content()));
        } else {
            ping.release();
        }
    }

    private static void close(Channel channel, WebSocketCloseStatus status) {
        channel.writeAndFlush(new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
    }
}
