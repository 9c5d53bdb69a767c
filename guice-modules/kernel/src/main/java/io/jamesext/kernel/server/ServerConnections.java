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

import java.time.Duration;
import java.util.function.Supplier;

import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.netty.Encryption;
import org.jspecify.annotations.Nullable;

import io.jamesext.kernel.operation.Reply;
import io.jamesext.kernel.operation.Session;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;

/** The connections of one server, and what a {@link Transport} needs to serve them. */
public final class ServerConnections {
    private final MetricFactory metrics;
    private final Supplier<@Nullable Encryption> encryption;
    private final ChannelGroup open;
    private final Admission admission;
    private final Duration idleTimeout;

    ServerConnections(MetricFactory metrics, Supplier<@Nullable Encryption> encryption, ChannelGroup open, Admission admission,
                      Duration idleTimeout) {
        this.metrics = metrics;
        this.encryption = encryption;
        this.open = open;
        this.admission = admission;
        this.idleTimeout = idleTimeout;
    }

    /** One session of the protocol on each connection, from its first byte to its last. */
    public Transport of(Protocol<?, ?, ?> protocol) {
        return new Transport() {
            @Override
            public ChannelHandler decoder() {
                return protocol.decoder();
            }

            @Override
            public ChannelInboundHandlerAdapter handler() {
                return ServerConnections.this.handler(protocol, admission);
            }

            @Override
            public boolean limitsConnections() {
                return true;
            }
        };
    }

    /**
     * The last handler of a connection that James's limits have let in: it is one session of the protocol, which begins when the connection
     * is active.
     */
    public <F, S extends Session, R extends Reply> ChannelInboundHandlerAdapter handler(Protocol<F, S, R> protocol) {
        return handler(protocol, new Admission(0, 0));
    }

    private <F, S extends Session, R extends Reply> ChannelInboundHandlerAdapter handler(Protocol<F, S, R> protocol, Admission limits) {
        return new ConnectionHandler<>(protocol, metrics, new Layers(encryption, protocol::decoder),
            new Entrance<>(protocol, limits, open));
    }

    /** Runs the protocol's operations for a transport that has connections of its own. */
    public <F, S extends Session, R extends Reply> Dispatcher<F, S, R> dispatcher(Protocol<F, S, R> protocol) {
        return new Dispatcher<>(protocol, metrics);
    }

    /** What waits for one client of such a transport. */
    public <R extends Reply> News<R> news(Protocol<?, ?, R> protocol) {
        return News.counted(protocol.name(), metrics);
    }

    /** How long a client may be silent: the key {@code connectiontimeout}. */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /** Logs what a connection of such a transport failed with: what the client or the network did is no error. */
    public void failed(Channel channel, Throwable cause) {
        ConnectionLog.failed(channel.id().asShortText(), cause);
    }

    /** Counts a connection among the open ones, and sends it {@link ConnectionEvent#SERVER_STOPS} when that is due. */
    public void opened(Channel channel) {
        open.add(channel);
    }
}
