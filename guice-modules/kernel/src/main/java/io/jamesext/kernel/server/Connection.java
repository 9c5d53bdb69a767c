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
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import io.jamesext.kernel.auth.TlsChannel;
import io.jamesext.kernel.operation.Reply;
import io.netty.channel.ChannelHandler;
import reactor.core.publisher.Mono;

/**
 * A connection as sessions and operations see it. Every method may be called from any thread.
 *
 * @param <F> the protocol's frames
 * @param <R> the protocol's replies
 */
public interface Connection<F, R extends Reply> {
    /** Short and unique in this server's life; in every log line. */
    String id();

    /** The client's address. */
    InetAddress remoteAddress();

    /** True when the bytes cross the wire under TLS. */
    boolean isEncrypted();

    /** What TLS knows of this connection; empty without it, and before its handshake has ended. */
    default Optional<TlsChannel> tls() {
        return Optional.empty();
    }

    /** True when {@link #startTls()} would work now. */
    boolean canStartTls();

    /**
     * The client has proved who it is. Tells the decoder, by {@link ConnectionEvent#LOGGED_IN}, before the running operation's
     * later replies are written, and every decoder that follows it under TLS.
     */
    void loggedIn();

    /**
     * The next frame from the client, for the running operation only: SASL responses, bodies that follow a go-ahead. Continues
     * where blocking is allowed. Fails with what the decoder refused, or when the client has gone.
     */
    Mono<F> nextFrame();

    /** Sends an interim reply at once, then gives {@link #nextFrame()}: a challenge, or the go-ahead for a body. */
    Mono<F> ask(R interim);

    /**
     * Begins TLS as soon as the running operation has been answered. Frames or bytes that the client sent before that answer
     * close the connection, for somebody on the path may have put them there.
     */
    void startTls();

    /**
     * Puts a layer of the protocol's own between wire, or TLS, and decoder as soon as the running operation has been answered. Frames or
     * bytes that the client sent before that answer close the connection. When TLS begins under it, a new one takes its place.
     *
     * @param layer makes one; it takes and passes on bytes in both directions, and when it is removed it passes on what it still holds
     */
    void startLayer(Supplier<ChannelHandler> layer);

    /** How long the client may be silent from now on, in the place of the key {@code connectiontimeout}; in whole seconds, at least one. */
    void idleTimeout(Duration limit);

    /** Closes the connection as soon as the running operation has been answered. */
    void closeAfterReply();

    /** Ends the connection from elsewhere: with these last news, and as soon as an operation that runs has been answered. */
    default void end(R goodbye) {
        closeAfterReply();
        push(goodbye, goodbye);
    }

    /**
     * Sends news that no request asked for, between two answers. A later one of an equal key replaces an earlier one that was
     * not sent yet; when too many wait for a client that does not read, they are dropped and {@link Protocol#newsLost} is sent
     * once.
     */
    void push(Object key, R news);
}
