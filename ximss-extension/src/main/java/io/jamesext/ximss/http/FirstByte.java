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

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.apache.james.protocols.netty.HandlerConstants;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;

/** Looks at the first byte of a connection: with {@code <} begins a message of XIMSS, and no request of HTTP. */
final class FirstByte extends ByteToMessageDecoder {
    /** The name of the handler that gives one message at a time. */
    static final String ONE_BY_ONE = "httpOneByOne";

    private final Duration idle;
    private final Consumer<ChannelPipeline> serveXimss;

    /**
     * @param idle how long nothing may move on a connection of HTTP
     * @param serveXimss makes the pipeline one of XIMSS over TCP, with another handler in the place of this
     */
    FirstByte(Duration idle, Consumer<ChannelPipeline> serveXimss) {
        this.idle = idle;
        this.serveXimss = serveXimss;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        ChannelPipeline pipeline = ctx.pipeline();
        if (in.getByte(in.readerIndex()) == '<') {
            serveXimss.accept(pipeline);
            return;
        }
        ctx.channel().config().setAutoRead(false);
        pipeline.addAfter(HandlerConstants.FRAMER, ONE_BY_ONE, new FlowControlHandler());
        pipeline.replace(HandlerConstants.TIMEOUT_HANDLER, HandlerConstants.TIMEOUT_HANDLER, new ProgressTimeout(idle));
        pipeline.read();
        pipeline.replace(this, HandlerConstants.FRAMER, new HttpServerCodec());
    }
}
