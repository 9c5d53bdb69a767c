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

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.server.ClientAddress;
import io.jamesext.kernel.server.ConnectionEvent;
import io.jamesext.kernel.server.ServerConnections;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/** One connection: a request is read only when the one before it has been answered. All fields belong to the event loop. */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(HttpConnection.class);
    /** How long a client has to read the last answer while it still sends what nobody takes. */
    private static final int LINGER_SECONDS = 3;

    private final ServerConnections connections;
    private final Router router;
    private @Nullable Exchange exchange;
    private @Nullable Body body;
    private boolean stopping;
    private boolean lingering;

    HttpConnection(ServerConnections connections, Router router) {
        this.connections = connections;
        this.router = router;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connections.opened(ctx.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HAProxyMessage proxied) {
            ClientAddress.proxied(ctx.channel(), proxied);
            return;
        }
        if (lingering) {
            ReferenceCountUtil.release(message);
            return;
        }
        try {
            if (message instanceof HttpRequest request) {
                begin(ctx, request);
            }
            if (message instanceof HttpContent content) {
                take(ctx, content);
            } else if (body != null) {
                ctx.read();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        try {
            Client client = new Client(ClientAddress.of(ctx.channel()), ctx.pipeline().get(SslHandler.class) != null);
            Exchange begun = new Exchange(ctx, request, client, ended -> answered(ctx, ended));
            exchange = begun;
            if (request.decoderResult().isFailure()) {
                begun.refuse(HttpResponseStatus.BAD_REQUEST, "this is not HTTP");
                return;
            }
            body = router.route(begun);
            if (HttpUtil.is100ContinueExpected(request) && body != Body.REFUSED) {
                ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
            }
        } catch (IllegalArgumentException e) {
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST);
            HttpUtil.setContentLength(response, 0);
            HttpUtil.setKeepAlive(response, false);
            ctx.writeAndFlush(response).addListener(written -> linger(ctx));
        }
    }

    private void take(ChannelHandlerContext ctx, HttpContent content) {
        Body taking = body;
        Exchange asked = exchange;
        if (taking == null || asked == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            asked.refuse(HttpResponseStatus.BAD_REQUEST, "this is not HTTP");
            return;
        }
        boolean last = content instanceof LastHttpContent;
        taking.add(content.content(), () -> ctx.executor().execute(() -> taken(ctx, taking, last)));
    }

    private void taken(ChannelHandlerContext ctx, Body taking, boolean last) {
        if (!last) {
            ctx.read();
            return;
        }
        body = null;
        try {
            taking.end();
        } catch (RuntimeException e) {
            LOGGER.error("a request could not be answered", e);
            ctx.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ConnectionEvent.SERVER_STOPS || event instanceof ChannelInputShutdownEvent) {
            stopping = true;
            if (exchange == null) {
                ctx.close();
            }
        }
    }

    private void answered(ChannelHandlerContext ctx, Exchange ended) {
        exchange = null;
        if (ended.isLast() || body != null) {
            linger(ctx);
        } else if (stopping) {
            ctx.close();
        } else {
            ctx.read();
        }
    }

    /** RFC 9112 section 9.6: closed at once, a connection on which octets still come is reset, and the answer may be lost. */
    private void linger(ChannelHandlerContext ctx) {
        lingering = true;
        ((DuplexChannel) ctx.channel()).shutdownOutput();
        ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.caughtUp();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (body != null) {
            body.abandon();
            body = null;
        }
        if (exchange != null) {
            exchange.caughtUp();
            exchange = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connections.failed(ctx.channel(), cause);
        ctx.close();
    }
}
