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

package io.jamesext.lemonade.imap.frame;

import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;

import io.jamesext.lemonade.imap.pace.Pace;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;

/** The pipeline of James's IMAP server with its two readers of the wire replaced by ours. */
public final class FramePipeline extends AbstractChannelPipelineFactory<SocketChannel> {
    private static final String FLUSH_HANDLER = "flushHandler";
    private static final String CORE_COMPANION = "coreCompanion";

    private final ChannelInitializer<SocketChannel> stock;
    private final ImapDecoder parser;
    private final FrameLimits limits;
    private final FramedSession.Settings sessions;

    /**
     * Replaces readers in what another factory builds.
     *
     * @param stock James's own pipeline
     * @param parser parses whole commands
     */
    public FramePipeline(ChannelInitializer<SocketChannel> stock, ImapDecoder parser, FrameLimits limits,
                         FramedSession.Settings sessions) {
        super(null, null);
        this.stock = stock;
        this.parser = parser;
        this.limits = limits;
        this.sessions = sessions;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        // A client that has sent its last command and says so still wants the answers.
        channel.config().setAllowHalfClosure(true);
        ChannelPipeline pipeline = channel.pipeline();
        // The channel is registered, so that James's initializer runs here and now.
        pipeline.addLast(stock);
        pipeline.remove(NettyConstants.FRAMER);
        pipeline.replace(NettyConstants.REQUEST_DECODER, NettyConstants.REQUEST_DECODER,
            new FrameDecoder(parser, limits, new Pace(channel)));
        // James flushes after every response: the answers to what came in one read leave in one write. Not before TLS and compression,
        // which make octets of every flush.
        pipeline.addBefore(NettyConstants.CHUNK_WRITE_HANDLER, FLUSH_HANDLER, new FlushConsolidationHandler());
        pipeline.addLast(CORE_COMPANION, new CoreCompanion(sessions));
    }

    @Override
    protected ChannelInboundHandlerAdapter createHandler() {
        // James's initializer makes the core handler.
        throw new UnsupportedOperationException();
    }
}
