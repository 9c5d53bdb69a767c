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

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * What a server does with the connections that it accepts. Most protocols have one session on one connection, which is
 * {@link ServerConnections#of}; HTTP, where a session outlives its connections, brings a transport of its own.
 */
public interface Transport {
    /** The handler of a new connection that is next to the wire, behind TLS and James's limits. */
    ChannelHandler decoder();

    /** The last handler of a new connection. */
    ChannelInboundHandlerAdapter handler();

    /**
     * True when its handlers keep to the limits of connections, and tell who is one too many; else James's handlers close without a word.
     */
    default boolean limitsConnections() {
        return false;
    }

    /** The server stops: sessions without a connection of their own end. The connections are told after this, and it does not wait. */
    default void stop() {
    }
}
