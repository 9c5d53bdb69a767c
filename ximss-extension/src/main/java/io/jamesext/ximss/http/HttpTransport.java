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

import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.protocols.netty.TimeoutHandler;

import io.jamesext.kernel.server.Protocol;
import io.jamesext.kernel.server.ServerConnections;
import io.jamesext.kernel.server.Transport;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.reply.XimssReply;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSessions;
import io.jamesext.ximss.xml.Element;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;

/** XIMSS over HTTP, WebSocket and, by its first byte, TCP, on one port. */
public final class HttpTransport implements Transport {
    private final ServerConnections connections;
    private final Protocol<Element, XimssSession, XimssReply> protocol;
    private final HttpSessions sessions;
    private final Router router;

    /**
     * @param connections the server's
     * @param protocol XIMSS
     * @param all the node's sessions, whatever they are spoken over
     * @param messages where parts are downloaded from
     * @param maxRequestBytes the longest request of a user, in octets
     */
    public HttpTransport(ServerConnections connections, Protocol<Element, XimssSession, XimssReply> protocol, XimssSessions all,
                         StoredMessages messages, int maxRequestBytes) {
        this.connections = connections;
        this.protocol = protocol;
        this.sessions = new HttpSessions(new SessionRuntime(protocol, connections, connections.dispatcher(protocol)));
        this.router = new Router(sessions, all, new Download(messages), maxRequestBytes, this::serveWebSocket);
    }

    @Override
    public ChannelHandler decoder() {
        return new FirstByte(connections.idleTimeout(), this::serveXimss);
    }

    @Override
    public ChannelInboundHandlerAdapter handler() {
        return new HttpConnection(connections, router);
    }

    @Override
    public void stop() {
        sessions.end();
    }

    private void serveXimss(ChannelPipeline pipeline) {
        beginSession(pipeline);
        pipeline.replace(HandlerConstants.FRAMER, HandlerConstants.FRAMER, protocol.decoder());
    }

    private void serveWebSocket(ChannelPipeline pipeline) {
        pipeline.addBefore(HandlerConstants.CHUNK_HANDLER, HandlerConstants.FRAMER, protocol.decoder());
        WebSocketFrames frames = new WebSocketFrames();
        pipeline.addBefore(HandlerConstants.FRAMER, "webSocketFrames", frames);
        pipeline.addBefore(pipeline.context(WebSocketFrameDecoder.class).name(), "webSocketMeter", frames.meter());
        // As over TCP: who sends no request for so long has no session any more.
        pipeline.replace(HandlerConstants.TIMEOUT_HANDLER, HandlerConstants.TIMEOUT_HANDLER,
            new TimeoutHandler((int) connections.idleTimeout().toSeconds()));
        beginSession(pipeline);
        pipeline.channel().config().setAutoRead(true);
    }

    /** The connection is one session now. */
    private void beginSession(ChannelPipeline pipeline) {
        pipeline.replace(HandlerConstants.CORE_HANDLER, HandlerConstants.CORE_HANDLER, connections.handler(protocol));
        try {
            // It has missed that the connection is there.
            ChannelHandlerContext context = pipeline.context(HandlerConstants.CORE_HANDLER);
            ((ChannelInboundHandler) context.handler()).channelActive(context);
        } catch (Exception e) {
            pipeline.fireExceptionCaught(e);
        }
    }
}
