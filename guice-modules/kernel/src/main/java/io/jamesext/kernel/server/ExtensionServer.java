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
import java.util.concurrent.TimeUnit;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.AbstractSSLAwareChannelPipelineFactory;
import org.apache.james.protocols.netty.ChannelHandlerFactory;
import org.jspecify.annotations.Nullable;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * A server of any of our protocols on James's own server class, which brings binding, TLS, connection limits, idle time-outs and
 * its configuration keys.
 */
public final class ExtensionServer extends AbstractConfigurableAsyncServer implements ExtensionServerMBean {
    /** A client that does not read keeps at most about this many bytes of answers waiting. */
    private static final WriteBufferWaterMark WRITE_BUFFER = new WriteBufferWaterMark(64 * 1024, 256 * 1024);
    /** How long a stop waits for running operations. */
    private static final long STOP_SECONDS = 5;

    private final ProtocolFactory factory;
    private final MetricFactory metrics;
    private final GaugeRegistry gauges;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile @Nullable Transport transport;

    ExtensionServer(ProtocolFactory factory, MetricFactory metrics, GaugeRegistry gauges) {
        this.factory = factory;
        this.metrics = metrics;
        this.gauges = gauges;
    }

    @Override
    public void doConfigure(HierarchicalConfiguration<ImmutableNode> configuration) {
        int idleSeconds = configuration.getInt("connectiontimeout", (int) factory.idleTimeout().toSeconds());
        transport = factory.transport(ServerSettings.of(getHelloName(), configuration),
            new ServerConnections(metrics, this::getEncryption, connections, new Admission(connectionLimit, connPerIP),
                Duration.ofSeconds(idleSeconds)));
        setTimeout(idleSeconds);
    }

    @Override
    public void preInit() {
        gauges.register(jmxName + "Connections", connections::size);
    }

    @Override
    public int getOpenConnections() {
        return connections.size();
    }

    @Override
    public String getServiceType() {
        return factory.serverName() + " service";
    }

    @Override
    public int getDefaultPort() {
        return factory.defaultPort();
    }

    @Override
    public String getDefaultJMXName() {
        return factory.serverName();
    }

    @Override
    public ChannelHandlerFactory createFrameHandlerFactory() {
        return pipeline -> configured().decoder();
    }

    @Override
    public ChannelInboundHandlerAdapter createCoreHandler() {
        return configured().handler();
    }

    @Override
    public AbstractChannelPipelineFactory<SocketChannel> createPipelineFactory() {
        boolean limited = configured().limitsConnections();
        // No executor group: decoder and connection state share the channel's event loop, so they need no locks.
        return new AbstractSSLAwareChannelPipelineFactory<>(getTimeout(), limited ? 0 : connectionLimit,
                limited ? 0 : connPerIP, proxyRequired, this::getEncryption, getFrameHandlerFactory(), null) {
            @Override
            public ChannelInboundHandlerAdapter createHandler() {
                return createCoreHandler();
            }

            @Override
            public void initChannel(SocketChannel channel) throws Exception {
                super.initChannel(channel);
                negotiate(channel);
            }
        };
    }

    /** RFC 7301 section 3.2: who offers names and not ours has come to the wrong server; who offers none is let in. */
    private void negotiate(SocketChannel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            factory.tlsName().ifPresent(name -> tls.engine().setHandshakeApplicationProtocolSelector(
                (engine, offered) -> offered.contains(name) ? name : null));
        }
    }

    @Override
    public void configureBootstrap(ServerBootstrap bootstrap) {
        super.configureBootstrap(bootstrap);
        // A client may send its commands, close its side, and still read the answers.
        bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        bootstrap.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER);
    }

    /** Lets running operations end and says goodbye to every client before James's server class closes the sockets. */
    @Override
    public synchronized void unbind() {
        configured().stop();
        connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(ConnectionEvent.SERVER_STOPS));
        try {
            connections.newCloseFuture().await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        super.unbind();
    }

    private Transport configured() {
        return Objects.requireNonNull(transport, "configure() comes first");
    }
}
