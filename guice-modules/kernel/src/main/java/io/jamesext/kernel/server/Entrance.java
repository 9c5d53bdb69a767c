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

import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.jamesext.kernel.operation.Reply;
import io.jamesext.kernel.operation.Session;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/** The beginning and the end of a connection: the client gets a session and a greeting, or is refused. On the event loop. */
final class Entrance<F, S extends Session, R extends Reply> {
    private final Protocol<F, S, R> protocol;
    private final Admission admission;
    private final ChannelGroup connections;
    private final ConnectionLog log;
    private @Nullable InetAddress admitted;
    private @Nullable Runnable greeting;

    /** Adds the channel to {@code connections} when the client is let in. */
    Entrance(Protocol<F, S, R> protocol, Admission admission, ChannelGroup connections) {
        this.protocol = protocol;
        this.admission = admission;
        this.connections = connections;
        this.log = new ConnectionLog(protocol.name(), UUID.randomUUID().toString().substring(0, 8));
    }

    ConnectionLog log() {
        return log;
    }

    /** The session of a client who is greeted, or will be, or empty for one who is refused, to whom that is written. */
    Optional<S> open(Connection<F, R> connection, Channel channel, Consumer<R> write) {
        InetAddress client = connection.remoteAddress();
        if (protocol.refuses(client)) {
            return refuse(Refusal.ADDRESS_REFUSED, client, channel, write);
        }
        if (!admission.enter(client)) {
            return refuse(Refusal.TOO_MANY_CONNECTIONS, client, channel, write);
        }
        admitted = client;
        connections.add(channel);
        try {
            S session = protocol.open(connection);
            log.info(client, "connection opened");
            greeting = () -> protocol.greeting(session).ifPresent(write);
            if (channel.pipeline().get(SslHandler.class) == null || Layers.tls(channel.pipeline()).isPresent()) {
                greet();
            }
            return Optional.of(session);
        } catch (RuntimeException e) {
            log.failed(e);
            return refuse(Refusal.BROKEN, client, channel, write);
        }
    }

    /** When TLS is there, the greeting may go. It waits until then, for what it offers may hang on the certificates. */
    void event(Object event, boolean closing) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess() && !closing) {
            greet();
        }
    }

    private void greet() {
        if (greeting != null) {
            Runnable due = greeting;
            greeting = null;
            due.run();
        }
    }

    private Optional<S> refuse(Refusal refusal, InetAddress client, Channel channel, Consumer<R> write) {
        log.info(client, "connection refused: " + refusal);
        // Where nothing is said, TLS need not begin first.
        protocol.refused(refusal, client).ifPresentOrElse(write, channel::close);
        return Optional.empty();
    }

    /** The connection is there no more. */
    void closed() {
        if (admitted != null) {
            admission.leave(admitted);
            admitted = null;
        }
    }
}
