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

import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;

/** The handshake of WebSocket: RFC 6455 section 4.2. */
final class WebSocketUpgrade {
    /** The subprotocol, for clients that name one. */
    private static final String SUBPROTOCOL = "ximss";
    /** A frame is held whole before it is looked at; a longer message comes in several. */
    private static final int MAX_FRAME = 1 << 20;

    private WebSocketUpgrade() {
    }

    static void answer(Exchange exchange, int maxRequestBytes, Consumer<ChannelPipeline> serve) {
        ChannelHandlerContext context = exchange.context();
        Channel channel = context.channel();
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, exchange.request().uri(),
            Unpooled.EMPTY_BUFFER);
        request.headers().set(exchange.headers());
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory("", SUBPROTOCOL,
            WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(Math.min(maxRequestBytes, MAX_FRAME)).allowExtensions(false).build())
            .newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(channel).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        ChannelPipeline pipeline = context.pipeline();
        pipeline.remove(FirstByte.ONE_BY_ONE);
        try {
            handshaker.handshake(channel, request).addListener(done -> {
                if (done.isSuccess()) {
                    serve.accept(pipeline);
                } else {
                    channel.close();
                }
            });
        } catch (WebSocketHandshakeException e) {
            channel.close();
        }
    }
}
