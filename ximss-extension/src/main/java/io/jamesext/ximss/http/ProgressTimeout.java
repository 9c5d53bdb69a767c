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
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;

/**
 * Closes a connection on which nothing moves, in either direction: a client that reads a long answer sends nothing meanwhile, and one that
 * takes none of it is as good as gone.
 */
final class ProgressTimeout extends IdleStateHandler {
    /** @param idle how long nothing may move; zero is for ever */
    ProgressTimeout(Duration idle) {
        // Netty looks for octets that went out only from the second event in a row on.
        super(true, 0, 0, idle.toMillis() / 2, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
        if (!event.isFirst()) {
            ctx.close();
        }
    }
}
