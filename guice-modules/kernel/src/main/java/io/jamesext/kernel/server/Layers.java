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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.protocols.netty.TimeoutHandler;
import org.jspecify.annotations.Nullable;

import io.jamesext.kernel.auth.TlsChannel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;

/**
 * What stands between a connection's wire and its session: TLS, inside it a layer of the protocol's own such as compression, and the
 * decoder. A change renews all that is inside of it, so that nothing that was said outside can reach in. On the event loop, but for what is
 * asked.
 */
final class Layers {
    private static final String OWN = "ownLayer";

    private final Supplier<@Nullable Encryption> encryption;
    private final Supplier<ChannelHandler> decoder;
    private volatile boolean encrypted;
    private @Nullable Supplier<ChannelHandler> own;
    private boolean loggedIn;

    Layers(Supplier<@Nullable Encryption> encryption, Supplier<ChannelHandler> decoder) {
        this.encryption = encryption;
        this.decoder = decoder;
    }

    /** The connection was accepted. */
    void opened(ChannelPipeline pipeline) {
        encrypted = pipeline.get(SslHandler.class) != null;
    }

    boolean isEncrypted() {
        return encrypted;
    }

    /** What TLS knows; from any thread. */
    static Optional<TlsChannel> tls(ChannelPipeline pipeline) {
        return Optional.ofNullable(pipeline.get(SslHandler.class)).filter(tls -> tls.handshakeFuture().isSuccess())
            .map(tls -> TlsChannel.of(tls.engine().getSession()));
    }

    /** In whole seconds. */
    static void idleTimeout(ChannelPipeline pipeline, Duration limit) {
        int seconds = Math.toIntExact(limit.toSeconds());
        pipeline.replace(TimeoutHandler.class, HandlerConstants.TIMEOUT_HANDLER, new TimeoutHandler(seconds));
    }

    boolean canEncrypt() {
        Encryption tls = encryption.get();
        return tls != null && tls.isStartTLS() && !encrypted;
    }

    /** Takes out what a change renews. What it still holds goes to the last handler. */
    void remove(ChannelPipeline pipeline) {
        pipeline.remove(HandlerConstants.FRAMER);
        if (own != null) {
            pipeline.remove(OWN);
        }
    }

    /** Puts back what {@link #remove} has taken out, with TLS before it. */
    void encrypt(ChannelPipeline pipeline) {
        restore(pipeline);
        pipeline.addBefore(own == null ? HandlerConstants.FRAMER : OWN, HandlerConstants.SSL_HANDLER,
            Objects.requireNonNull(encryption.get()).sslHandler());
        encrypted = true;
    }

    /** Puts back what {@link #remove} has taken out, with this layer. */
    void insert(ChannelPipeline pipeline, Supplier<ChannelHandler> layer) {
        own = layer;
        restore(pipeline);
    }

    /** The client has proved who it is: the decoder hears of it, and each that follows. */
    void loggedIn(ChannelPipeline pipeline) {
        loggedIn = true;
        pipeline.fireUserEventTriggered(ConnectionEvent.LOGGED_IN);
    }

    private void restore(ChannelPipeline pipeline) {
        pipeline.addBefore(HandlerConstants.CHUNK_HANDLER, HandlerConstants.FRAMER, decoder.get());
        if (own != null) {
            pipeline.addBefore(HandlerConstants.FRAMER, OWN, own.get());
        }
        if (loggedIn) {
            pipeline.fireUserEventTriggered(ConnectionEvent.LOGGED_IN);
        }
    }
}
