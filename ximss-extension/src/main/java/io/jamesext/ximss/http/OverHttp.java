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

import java.util.function.Supplier;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.Connection;
import io.jamesext.ximss.reply.XimssReply;
import io.jamesext.ximss.xml.Element;
import io.netty.channel.ChannelHandler;
import reactor.core.publisher.Mono;

/** What a connection can do that others have and HTTP has not: nothing. */
interface OverHttp extends Connection<Element, XimssReply> {
    @Override
    default boolean canStartTls() {
        return false;
    }

    /** There is no decoder to tell: each request of HTTP says for itself whether it has a session. */
    @Override
    default void loggedIn() {
    }

    @Override
    default Mono<Element> nextFrame() {
        return Mono.error(() -> new ProtocolException(Failure.NOT_SUPPORTED, "over HTTP there is no exchange of challenges"));
    }

    @Override
    default Mono<Element> ask(XimssReply interim) {
        return nextFrame();
    }

    @Override
    default void startTls() {
        throw new ProtocolException(Failure.NOT_SUPPORTED, "TLS begins before HTTP does");
    }

    @Override
    default void startLayer(Supplier<ChannelHandler> layer) {
        throw new ProtocolException(Failure.NOT_SUPPORTED, "HTTP has its own layers");
    }
}
